import {useSyncExternalStore} from 'react';
import type {Watched, Watching} from '../polling/watching.ts';
import {useSource} from './use-source.ts';

export type PollingProps = {
	readonly watching: Watching;
	readonly subscribe: (listener: () => void) => () => void;
};

const Source = ({watched}: {readonly watched: Watched}) => {
	useSource(watched);
	return null;
};

/** Polls each source that is to be watched for as long as it is mounted. Draws nothing. */
export const Polling = ({watching, subscribe}: PollingProps) =>
	useSyncExternalStore(subscribe, watching.wanted).map(watched => <Source key={watched.key} watched={watched} />);

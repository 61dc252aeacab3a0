import {statusOf} from '../../output/status/status.ts';
import {statusLine} from '../../output/status/status-line.ts';
import {type Clock, coalesce} from '../../polling/clock.ts';
import type {Store} from '../../polling/store.ts';
import {overview} from '../../state/overview.ts';
import type {Action, State} from '../../state/state.ts';
import {removeStatusFile, writeStatusFile} from './status-file.ts';

type Keeping = {
	readonly store: Store<State, Action>;
	readonly clock: Clock;
	/** Where the file is kept; undefined: nowhere, for runs that are not about this machine. */
	readonly directory: string | undefined;
	readonly pid: number;
};

const leastMs = 2000;
/** A line that is three minutes old counts as left behind: looking twice a minute writes it at least once in each. */
const mostMs = 30_000;

/**
 * Keeps what `bedtop status` shows on disk for as long as the program runs: when the line would read otherwise, at most
 * every 2 s, and once a minute in any case. The result stops that and removes the file; it is synchronous, because it
 * runs while the process ends.
 */
export const keepStatus = ({store, clock, directory, pid}: Keeping): (() => void) => {
	if (directory === undefined) return () => undefined;
	let isOver = false;
	let kept: {readonly line: string; readonly at: number} | undefined;
	const look = () => {
		const at = clock.now();
		const status = statusOf(overview(store.getState(), at));
		if (isOver || (status.spent === undefined && !status.isUnread)) return;
		const line = statusLine(status, {format: 'plain', hasColour: false, now: at});
		if (line === kept?.line && Math.abs(at - kept.at) < mostMs) return;
		writeStatusFile(directory, status, {pid, at});
		kept = {line, at};
	};
	const soon = coalesce(clock, leastMs, look);
	const unsubscribe = store.subscribe(soon);
	let rest: (() => void) | undefined;
	const beat = () => {
		soon();
		rest = clock.after(mostMs, beat);
	};
	beat();
	return () => {
		isOver = true;
		unsubscribe();
		rest?.();
		removeStatusFile(directory, pid);
	};
};

import {useEffect} from 'react';
import type {Watched} from '../polling/watching.ts';

/**
 * Polls one source for as long as the component is mounted; unmounting stops its timers, its request and its watchers.
 * Keep the object stable: another one is another source.
 */
export const useSource = (watched: Watched): void => {
	useEffect(() => watched.start().stop, [watched]);
};

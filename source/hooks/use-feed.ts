import {useCallback, useEffect, useRef} from 'react';
import {type Clock, coalesce} from '../polling/clock.ts';
import {createPoller, type Poller} from '../polling/poller.ts';
import type {Feed} from '../sources/feed.ts';
import type {Action} from '../state/state.ts';

/** What every polling hook needs from outside; keep the object stable, since a new one restarts the poller. */
export type Wiring = {
	readonly clock: Clock;
	readonly random: () => number;
	readonly dispatch: (action: Action) => void;
	/** Tells when the person asks for fresh data. Returns the way to stop listening. */
	readonly onRefresh: (refresh: () => void) => () => void;
};

export type Pace = {
	/** The wait after a success, ms; asked anew each time. */
	readonly everyMs: () => number;
	/** The longest wait after failures, ms. */
	readonly maxDelayMs: number;
};

/** Bursts of file changes become one reading. */
const watchMs = 50;

const pollerOf = (feed: Feed, pace: Pace, {clock, random, dispatch}: Wiring): Poller =>
	createPoller({
		fetch: signal => feed.read(dispatch, signal),
		explain: feed.explain,
		onResult: () => undefined,
		onStatus: status => dispatch({type: 'status', status: {...status, name: feed.name, region: feed.region}}),
		...pace,
		clock,
		random,
	});

/**
 * Polls a feed for as long as the component is mounted; unmounting stops its timers, its request and its watchers.
 * Returns the way to have it asked before its time.
 */
export const useFeed = (feed: Feed | undefined, pace: Pace, wiring: Wiring): (() => void) => {
	const current = useRef<Poller | undefined>(undefined);
	useEffect(() => {
		if (feed === undefined) return;
		const poller = pollerOf(feed, pace, wiring);
		const unwatch = feed.watch?.(coalesce(wiring.clock, watchMs, poller.refresh));
		const unlisten = wiring.onRefresh(() => {
			feed.refreshNow?.();
			poller.refresh();
		});
		current.current = poller;
		poller.start();
		return () => {
			unlisten();
			unwatch?.();
			poller.stop();
		};
	}, [feed, pace, wiring]);
	return useCallback(() => current.current?.refresh(), []);
};

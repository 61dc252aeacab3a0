import {useMemo} from 'react';
import type {Feed} from '../sources/feed.ts';
import {useFeed, type Wiring} from './use-feed.ts';

const maxDelayMs = 2 * 60_000;

/** Follows CloudTrail in one region. LookupEvents is free, and records are minutes late however often one asks. */
export const useTrail = (feed: Feed | undefined, refreshMs: number, wiring: Wiring): void => {
	const pace = useMemo(() => ({everyMs: () => refreshMs, maxDelayMs: Math.max(maxDelayMs, refreshMs)}), [refreshMs]);
	useFeed(feed, pace, wiring);
};

import {useMemo} from 'react';
import type {Feed} from '../sources/feed.ts';
import {useFeed, type Wiring} from './use-feed.ts';

const leastMs = 60_000;
const maxDelayMs = 6 * 3_600_000;

/** Follows the bill, where the person asked for it: each look costs money, so the source itself says when it is due. */
export const useBill = (feed: Feed | undefined, wiring: Wiring): void => {
	const pace = useMemo(() => ({everyMs: () => Math.max(leastMs, feed?.dueInMs?.() ?? 0), maxDelayMs}), [feed]);
	useFeed(feed, pace, wiring);
};

import {useEffect, useMemo, useRef} from 'react';
import type {Feed} from '../sources/feed.ts';
import {useFeed, type Wiring} from './use-feed.ts';

const maxDelayMs = 2 * 60_000;

type Options = {
	readonly refreshMs: number;
	/** What was called from here within the last minutes; the first of it after a pause is worth a look at once. */
	readonly calledJustNow: string;
};

/** Follows CloudWatch in one region, never faster than the refresh interval, and else as seldom as its source allows. */
export const useMetrics = (feed: Feed | undefined, {refreshMs, calledJustNow}: Options, wiring: Wiring): void => {
	const pace = useMemo(
		() => ({
			everyMs: () => Math.max(refreshMs, feed?.dueInMs?.() ?? 0),
			maxDelayMs: Math.max(maxDelayMs, refreshMs),
		}),
		[refreshMs, feed],
	);
	const wake = useFeed(feed, pace, wiring);
	const known = useRef(calledJustNow);
	useEffect(() => {
		const isNews = calledJustNow !== '' && calledJustNow !== known.current;
		known.current = calledJustNow;
		if (isNews && feed?.dueInMs?.() === 0) wake();
	}, [calledJustNow, feed, wake]);
};

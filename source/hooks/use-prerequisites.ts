import {useMemo} from 'react';
import type {Feed} from '../sources/feed.ts';
import {useFeed, type Wiring} from './use-feed.ts';

const hourMs = 3_600_000;
/** Every refused question is an event in somebody's audit, and the answers hardly change. */
const pace = {everyMs: () => hourMs, maxDelayMs: hourMs};

/** Asks once an hour whether the models that are called may be called. */
export const usePrerequisites = (
	open: ((region: string) => Feed) | undefined,
	region: string | undefined,
	wiring: Wiring,
): void => {
	const feed = useMemo(() => (region === undefined ? undefined : open?.(region)), [open, region]);
	useFeed(feed, pace, wiring);
};

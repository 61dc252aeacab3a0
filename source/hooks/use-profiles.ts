import {useMemo} from 'react';
import type {Feed} from '../sources/feed.ts';
import {useFeed, type Wiring} from './use-feed.ts';

const everyMs = 10 * 60_000;
const pace = {everyMs: () => everyMs, maxDelayMs: everyMs};

/** Asks what application profiles stand for while some are unexplained, and at once when another is called. */
export const useProfiles = (open: (() => Feed) | undefined, wanted: string, wiring: Wiring): void => {
	const feed = useMemo(() => (wanted === '' ? undefined : open?.()), [open, wanted]);
	useFeed(feed, pace, wiring);
};

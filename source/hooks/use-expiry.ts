import type {Feed} from '../sources/feed.ts';
import {type Pace, useFeed, type Wiring} from './use-feed.ts';

/** A file or two; renewed credentials are to be seen soon. */
const pace: Pace = {everyMs: () => 30_000, maxDelayMs: 5 * 60_000};

/** Follows when the credentials end. */
export const useExpiry = (feed: Feed | undefined, wiring: Wiring): void => {
	useFeed(feed, pace, wiring);
};

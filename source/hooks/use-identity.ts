import type {Feed} from '../sources/feed.ts';
import {type Pace, useFeed, type Wiring} from './use-feed.ts';

/** An identity hardly changes, but credentials that expired are to be seen healed soon. */
const pace: Pace = {everyMs: () => 10 * 60_000, maxDelayMs: 30_000};

/** Asks whose credentials these are. */
export const useIdentity = (feed: Feed | undefined, wiring: Wiring): void => {
	useFeed(feed, pace, wiring);
};

import type {Feed} from '../sources/feed.ts';
import {type Pace, useFeed, type Wiring} from './use-feed.ts';

/** Changes are watched; the slow sweep finds what a watcher missed (network folders, limits, new machines). */
const pace: Pace = {everyMs: () => 5000, maxDelayMs: 30_000};

/** Follows Claude Code's transcripts on this machine: a reply is known well within a second of its line. */
export const useTranscripts = (feed: Feed | undefined, wiring: Wiring): void => {
	useFeed(feed, pace, wiring);
};

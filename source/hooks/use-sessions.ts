import type {Feed} from '../sources/feed.ts';
import {type Pace, useFeed, type Wiring} from './use-feed.ts';

/** A session that dies leaves its file behind, so the pids are looked at again even when no file changes. */
const pace: Pace = {everyMs: () => 5000, maxDelayMs: 30_000};

/** Follows the running Claude Code sessions and the settings that apply to their folders. */
export const useSessions = (feed: Feed | undefined, wiring: Wiring): void => {
	useFeed(feed, pace, wiring);
};

import {useMemo} from 'react';
import type {Feed} from '../sources/feed.ts';
import {useFeed, type Wiring} from './use-feed.ts';

const maxDelayMs = 2 * 60_000;
/** While no reply arrives here the account is looked at this seldom: each question may cost money. */
const quietMs = 5 * 60_000;

type Options = {
	readonly refreshMs: number;
	/** Whether replies have arrived lately. */
	readonly isBusy: () => boolean;
};

/** Follows CloudWatch in one region: quickly while replies arrive, slowly while nothing happens here. */
export const useMetrics = (feed: Feed | undefined, {refreshMs, isBusy}: Options, wiring: Wiring): void => {
	const pace = useMemo(
		() => ({
			everyMs: () => (isBusy() ? refreshMs : Math.max(quietMs, refreshMs)),
			maxDelayMs: Math.max(maxDelayMs, refreshMs),
		}),
		[refreshMs, isBusy],
	);
	useFeed(feed, pace, wiring);
};

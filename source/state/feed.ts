import {type FeedRow, foldBursts} from '../domain/calls/bursts.ts';
import type {FeedCall} from '../domain/refusals/unaudited.ts';
import {unauditedCalls} from './explained-refusals.ts';
import {createSelector} from './selector.ts';
import type {State} from './state.ts';

/** A refused call was seen to come 85 minutes late: what is so old can still be news. */
const latestMs = 90 * 60_000;

/** The calls that the feed shows at that moment (epoch ms), the newest first. */
export const feedCalls: (state: State, now: number) => readonly FeedCall[] = createSelector(
	[({log}: State) => log.calls, unauditedCalls, ({feedMs}: State, now: number) => now - Math.max(feedMs, latestMs)],
	(calls, unaudited, since) => {
		const shown = calls.filter(({at}) => at >= since);
		const own = unaudited.filter(({at}) => at >= since);
		return own.length === 0 ? shown : [...shown, ...own].sort((a, b) => b.at - a.at);
	},
);

/** The same as rows. */
export const feedRows: (state: State, now: number) => readonly FeedRow[] = createSelector([feedCalls], foldBursts);

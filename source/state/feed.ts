import {type FeedRow, foldBursts} from '../domain/calls/bursts.ts';
import type {Call} from '../domain/calls/call.ts';
import {createSelector} from './selector.ts';
import type {State} from './state.ts';

/** A refused call was seen to come 85 minutes late: what is so old can still be news. */
const latestMs = 90 * 60_000;

/** The calls that the feed shows at that moment (epoch ms), the newest first. */
export const feedCalls: (state: State, now: number) => readonly Call[] = createSelector(
	[({log}: State) => log.calls, ({feedMs}: State, now: number) => now - Math.max(feedMs, latestMs)],
	(calls, since) => calls.filter(({at}) => at >= since),
);

/** The same as rows. */
export const feedRows: (state: State, now: number) => readonly FeedRow[] = createSelector([feedCalls], foldBursts);

import type {Limits} from '../spend/budget.ts';
import {localDay, localMonth} from './calendar.ts';

/** From when on things count. */
export type Window = {
	/** Start of the spend window, epoch ms. */
	readonly spendSince: number;
	/** Replies back to then are kept, epoch ms: the spend window, and what a budget is judged by. */
	readonly historySince: number;
	/** Length of the feed window, ms. */
	readonly feedMs: number;
	/** The length that was chosen, ms; undefined: the local day for spend, an hour for the feed. */
	readonly spanMs?: number | undefined;
	/** The longest that has been chosen so far, ms: what was read for it is kept, so that it is not read twice. */
	readonly longestMs?: number | undefined;
};

type Choice = Pick<Window, 'spanMs' | 'longestMs'> & {readonly limits: Limits};

const hourMs = 3_600_000;

/**
 * The window at that moment. Spend counts from local midnight and the feed an hour back unless a length is chosen, which
 * then goes along with the time; history reaches back further where a budget or the day's projection needs it.
 */
export const windowAt = (now: number, {limits, spanMs, longestMs}: Choice): Window => {
	const spendSince = spanMs === undefined ? localDay(now) : now - spanMs;
	const ofBudget = limits.month === undefined ? localDay(now) : localMonth(now);
	const longest = Math.max(spanMs ?? 0, longestMs ?? 0);
	return {
		spendSince,
		historySince: Math.min(spendSince, ofBudget, now - longest),
		feedMs: spanMs ?? hourMs,
		...(spanMs !== undefined && {spanMs}),
		...(longest > 0 && {longestMs: longest}),
	};
};

const dayMs = 24 * hourMs;

/** The lengths one can step through, ms; undefined is the local day. */
const spans: readonly (number | undefined)[] = [undefined, dayMs, 7 * dayMs, hourMs];

/** The next length after this one; one that is none of them, such as --since gave, goes to the first. */
export const nextSpan = (spanMs: number | undefined): number | undefined => {
	const index = spans.indexOf(spanMs);
	return spans[(index + 1) % spans.length];
};

import type {Limits} from '../spend/budget.ts';
import {localDay, localMonth} from './calendar.ts';

/** What a window begins with: the local day or month that it is, or a moment, epoch ms. */
export type Beginning = 'day' | 'month' | number;

/** The window that a person chose: so long back, or since something began. */
export type ChosenWindow = {readonly spanMs: number} | {readonly begins: Beginning};

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
	/** What was chosen to begin with, in place of a length. */
	readonly begins?: Beginning | undefined;
	/** The longest that has been chosen so far, ms: what was read for it is kept, so that it is not read twice. */
	readonly longestMs?: number | undefined;
};

type Choice = Pick<Window, 'spanMs' | 'begins' | 'longestMs'> & {readonly limits: Limits};

const hourMs = 3_600_000;

const beginningAt = (now: number, begins: Beginning): number => {
	if (typeof begins === 'number') return Math.min(begins, now);
	return begins === 'day' ? localDay(now) : localMonth(now);
};

/**
 * The window at that moment. Spend counts from local midnight and the feed an hour back unless one is chosen: a length
 * goes along with the time, the day and the month turn into the next one at midnight. History reaches back further where
 * a budget or the day's projection needs it.
 */
export const windowAt = (now: number, {limits, spanMs, begins, longestMs}: Choice): Window => {
	const spendSince = begins === undefined && spanMs !== undefined ? now - spanMs : beginningAt(now, begins ?? 'day');
	const ofBudget = limits.month === undefined ? localDay(now) : localMonth(now);
	const chosenMs = begins === undefined ? spanMs : now - spendSince;
	const longest = Math.max(chosenMs ?? 0, longestMs ?? 0);
	return {
		spendSince,
		historySince: Math.min(spendSince, ofBudget, now - longest),
		feedMs: chosenMs ?? hourMs,
		...(begins === undefined ? spanMs !== undefined && {spanMs} : {begins}),
		...(longest > 0 && {longestMs: longest}),
	};
};

/** Whether the local day or month that a window began with is over at that moment (epoch ms): the machine may have slept. */
export const isWindowOver = ({spendSince, spanMs, begins}: Window, now: number): boolean => {
	if (spanMs !== undefined || typeof begins === 'number') return false;
	const beginningOf = begins === 'month' ? localMonth : localDay;
	return beginningOf(spendSince) === spendSince && beginningOf(now) > spendSince;
};

const dayMs = 24 * hourMs;

/** The lengths one can step through, ms; undefined is the local day. */
const spans: readonly (number | undefined)[] = [undefined, dayMs, 7 * dayMs, hourMs];

/** The next length after this one; one that is none of them, such as --since gave, goes to the first. */
export const nextSpan = (spanMs: number | undefined): number | undefined => {
	const index = spans.indexOf(spanMs);
	return spans[(index + 1) % spans.length];
};

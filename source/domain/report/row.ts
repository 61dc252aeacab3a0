import type {Amount} from '../money/amount.ts';
import {type PicoUsd, usdNumber} from '../money/money.ts';
import type {Usage} from '../money/usage.ts';
import {type Dimension, isTime} from './dimension.ts';

/** Who says it: transcripts of this machine, CloudWatch's sums of the account, CloudTrail's records. Never added together. */
export type ReportClock = 'local' | 'cloudwatch' | 'cloudtrail';

/** Dollars of a row, discounts taken off. */
export type ReportMoney = Pick<Amount, 'amount' | 'low' | 'high'>;

/** One line of a report. What its clock cannot tell is not there. */
export type ReportRow = {
	/** Undefined for all that this clock cannot tell apart. */
	readonly key: string | undefined;
	/** What people call it: a folder for a session, a type for an agent, a name for an ARN. */
	readonly name?: string | undefined;
	readonly clock: ReportClock;
	/** Undefined where the clock has no tokens, or no price is known for any of them. */
	readonly money?: ReportMoney | undefined;
	/** There is more, by an unknown amount. */
	readonly lowerBound: boolean;
	readonly calls: number;
	readonly refusals?: number | undefined;
	readonly usage?: Usage | undefined;
	readonly unpricedTokens?: number | undefined;
};

const moneyOf = ({money}: ReportRow): PicoUsd => money?.amount ?? -1n;

const byKey = ({key: a}: ReportRow, {key: b}: ReportRow): number => {
	if (a === b) return 0;
	if (a === undefined || b === undefined) return a === undefined ? 1 : -1;
	return a < b ? -1 : 1;
};

/** Time in its order; all else the dearest first, then what was called most. What cannot be told apart stands last. */
export const sortRows = (rows: readonly ReportRow[], dimension: Dimension): readonly ReportRow[] =>
	rows.toSorted((a, b) => {
		const isOpen = a.key === undefined || b.key === undefined;
		if (isTime(dimension) || isOpen) return byKey(a, b);
		const difference = moneyOf(b) - moneyOf(a);
		if (difference !== 0n) return difference > 0n ? 1 : -1;
		return b.calls - a.calls || byKey(a, b);
	});

/** What a bar shows: dollars, or calls where a clock has none. */
export const weightOf = ({money, clock, calls}: ReportRow): number => {
	if (clock === 'cloudtrail') return calls;
	return money === undefined ? 0 : usdNumber(money.amount);
};

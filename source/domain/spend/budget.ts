import type {Amount} from '../money/amount.ts';
import type {PicoUsd} from '../money/money.ts';

/** What may be spent in a local day or month, pico-dollars. */
export type Limits = {readonly day?: PicoUsd | undefined; readonly month?: PicoUsd | undefined};

/** How much of a limit is used. */
export type Budget = {
	readonly period: 'day' | 'month';
	readonly limit: PicoUsd;
	readonly spent: PicoUsd;
	/** Spent of limit, 1 being all of it; only for display. */
	readonly share: number;
	readonly level: 'ok' | 'near' | 'over';
	/** Replies without a price: what was spent is more than this by an unknown amount. */
	readonly unpricedCalls: number;
};

const near = 80n;

/** Compares a sum of replies with its limit; from 80 % on it is near, from 100 % on over. */
export const budgetOf = (period: Budget['period'], limit: PicoUsd, {amount, unpricedCalls}: Amount): Budget => {
	const isOver = amount >= limit;
	const isNear = amount * 100n >= limit * near;
	return {
		...{period, limit, spent: amount, unpricedCalls},
		share: limit === 0n ? 1 : Number((amount * 10_000n) / limit) / 10_000,
		level: isOver ? 'over' : isNear ? 'near' : 'ok',
	};
};

import {type Amount, isUnpriced} from '../../domain/money/amount.ts';
import {type PicoUsd, usdNumber} from '../../domain/money/money.ts';

/** A moment as the contract writes it; null for one that is not known. */
export const iso = (at: number | undefined) => (at === undefined ? null : new Date(at).toISOString());

export const money = (amount: PicoUsd) => ({usd: usdNumber(amount), picoUsd: String(amount)});

export const range = ({low, high}: {readonly low: PicoUsd; readonly high: PicoUsd}) =>
	low === high ? null : [usdNumber(low), usdNumber(high)];

/** The sum before negotiated discounts; null where nothing was taken off. */
export const listUsd = ({amount, list}: {readonly amount: PicoUsd; readonly list: PicoUsd}) =>
	amount === list ? null : usdNumber(list);

/** The money of a sum; null where nothing in it has a price. */
export const pricedMoney = (amount: Amount) =>
	isUnpriced(amount) ? {usd: null, picoUsd: null, usdRange: null} : {...money(amount.amount), usdRange: range(amount)};

/** A sum with what is not known of it. */
export const figures = (amount: Amount) => ({
	...pricedMoney(amount),
	listUsd: listUsd(amount),
	calls: amount.calls,
	unpricedCalls: amount.unpricedCalls,
	unpricedTokens: amount.unpricedTokens,
	lowerBound: amount.lowerBound,
});

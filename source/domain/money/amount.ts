import type {Posting} from '../spend/posting.ts';
import type {PicoUsd} from './money.ts';
import {addUsage, noUsage, totalTokens, type Usage} from './usage.ts';

/** A sum of money with what is not known about it. `low` and `high` equal `amount` where it is exact. */
export type Amount = {
	readonly amount: PicoUsd;
	readonly low: PicoUsd;
	readonly high: PicoUsd;
	/** The same sum before negotiated discounts. */
	readonly list: PicoUsd;
	readonly calls: number;
	readonly usage: Usage;
	/** Replies that no price is known for, and their tokens; they are in no dollar figure. */
	readonly unpricedCalls: number;
	readonly unpricedTokens: number;
	/** Some reply comes from a client that wrote placeholder output: the sum is at least this. */
	readonly lowerBound: boolean;
	/** The part of `amount`, and its tokens, that no reply line was written for. */
	readonly unlogged: PicoUsd;
	readonly unloggedTokens: number;
};

export const noAmount: Amount = {
	amount: 0n,
	low: 0n,
	high: 0n,
	list: 0n,
	calls: 0,
	usage: noUsage,
	unpricedCalls: 0,
	unpricedTokens: 0,
	lowerBound: false,
	unlogged: 0n,
	unloggedTokens: 0,
};

/** The sum with one more reply. */
export const addPosting = (sum: Amount, {turn, quote}: Posting): Amount => {
	const replies = turn.unlogged ? 0 : 1;
	const common = {
		calls: sum.calls + replies,
		usage: addUsage(sum.usage, turn.usage),
		lowerBound: sum.lowerBound || turn.lowerBound,
		unloggedTokens: sum.unloggedTokens + (turn.unlogged ? totalTokens(turn.usage) : 0),
	};
	if (quote.state === 'unpriced') {
		const unpricedTokens = sum.unpricedTokens + totalTokens(turn.usage);
		return {...sum, ...common, unpricedCalls: sum.unpricedCalls + replies, unpricedTokens};
	}
	return {
		...common,
		amount: sum.amount + quote.amount,
		low: sum.low + quote.low,
		high: sum.high + quote.high,
		list: sum.list + quote.list,
		unlogged: sum.unlogged + (turn.unlogged ? quote.amount : 0n),
		unpricedCalls: sum.unpricedCalls,
		unpricedTokens: sum.unpricedTokens,
	};
};

/** Two sums as one. */
export const addAmounts = (a: Amount, b: Amount): Amount => ({
	amount: a.amount + b.amount,
	low: a.low + b.low,
	high: a.high + b.high,
	list: a.list + b.list,
	calls: a.calls + b.calls,
	usage: addUsage(a.usage, b.usage),
	unpricedCalls: a.unpricedCalls + b.unpricedCalls,
	unpricedTokens: a.unpricedTokens + b.unpricedTokens,
	lowerBound: a.lowerBound || b.lowerBound,
	unlogged: a.unlogged + b.unlogged,
	unloggedTokens: a.unloggedTokens + b.unloggedTokens,
});

/**
 * Nothing in the sum has a price: there is no dollar figure to show. What was billed without a reply line counts as no
 * call, but may have a price, or be all that has none.
 */
export const isUnpriced = ({
	amount,
	calls,
	unpricedCalls,
	unpricedTokens,
}: Pick<Amount, 'amount' | 'calls' | 'unpricedCalls' | 'unpricedTokens'>): boolean => {
	const isPriced = amount !== 0n || calls > unpricedCalls;
	return !isPriced && (unpricedCalls > 0 || unpricedTokens > 0);
};

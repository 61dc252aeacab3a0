import {describe, expect, test} from 'vitest';
import {addPosting, isUnpriced, noAmount} from '../../../source/domain/money/amount.ts';
import type {Quote} from '../../../source/domain/money/quote.ts';
import {posting, reply, usageOf} from '../../support/builders.ts';

const usage = usageOf({input: 10, output: 5, cacheRead: 3});
const base = posting(reply('one', {usage}));
const priced = (amount: bigint, low: bigint, high: bigint, list: bigint) => {
	const {quote} = base;
	if (quote.state !== 'priced') throw new Error('the builder replies are priced');
	return {...base, quote: {...quote, amount, low, high, list} satisfies Quote};
};
const unpriced = posting(reply('two', {usage, requestedModel: 'us.anthropic.claude-nobody-knows'}));

describe('a sum of replies', () => {
	test('adds the figure, its range and its list price, each to its own', () => {
		const once = addPosting(noAmount, priced(5n, 3n, 7n, 10n));
		expect(once).toEqual({
			...{amount: 5n, low: 3n, high: 7n, list: 10n},
			...{calls: 1, usage, unpricedCalls: 0, unpricedTokens: 0, lowerBound: false, unlogged: 0n, unloggedTokens: 0},
		});
		expect(addPosting(once, priced(1n, 2n, 4n, 8n))).toMatchObject({
			...{amount: 6n, low: 5n, high: 11n, list: 18n, calls: 2},
			usage: usageOf({input: 20, output: 10, cacheRead: 6}),
		});
	});

	test('counts a reply without a price and its tokens, in no dollar figure', () => {
		expect(addPosting(addPosting(noAmount, priced(5n, 3n, 7n, 10n)), unpriced)).toMatchObject({
			...{amount: 5n, low: 3n, high: 7n, list: 10n, calls: 2},
			...{unpricedCalls: 1, unpricedTokens: 18, usage: usageOf({input: 20, output: 10, cacheRead: 6})},
		});
	});

	test('keeps what was unpriced when a priced reply follows', () => {
		expect(addPosting(addPosting(noAmount, unpriced), priced(5n, 3n, 7n, 10n))).toMatchObject({
			...{amount: 5n, unpricedCalls: 1, unpricedTokens: 18},
		});
	});

	test('is a lower bound from the first reply that is one, for good', () => {
		const bound = posting(reply('three', {usage, lowerBound: true}));
		const sum = addPosting(addPosting(noAmount, base), bound);
		expect(sum.lowerBound).toBe(true);
		expect(addPosting(sum, base).lowerBound).toBe(true);
	});
});

const nothing = {amount: 0n, calls: 0, unpricedCalls: 0, unpricedTokens: 0};

test.each([
	['nothing at all has no price to miss', {}, false],
	['all of it has no price', {calls: 2, unpricedCalls: 2, unpricedTokens: 9}, true],
	['some of it has one', {calls: 2, unpricedCalls: 1, unpricedTokens: 9, amount: 5n}, false],
	['some of it is free of charge', {calls: 2, unpricedCalls: 1, unpricedTokens: 9}, false],
	['what has no reply line has no price', {unpricedTokens: 9}, true],
	['only what has no reply line has one', {calls: 2, unpricedCalls: 2, unpricedTokens: 9, amount: 5n}, false],
])('%s', (_, sum, expected) => expect(isUnpriced({...nothing, ...sum})).toBe(expected));

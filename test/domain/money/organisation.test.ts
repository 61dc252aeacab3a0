import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
	mergePricing,
	type OrganisationPricing,
	organisationCost,
	organisationTotal,
	readOrganisationPricing,
} from '../../../source/domain/money/organisation.ts';
import {usageOf} from '../../support/builders.ts';

const opus = 'anthropic.claude-opus-5-5';
const fable = {input: 8, output: 40, cacheRead: 0.2, cacheWrite: 10};
const pricingOf = (value: unknown): OrganisationPricing => readOrganisationPricing(value).pricing;
const row = {
	...{model: opus, profile: `us.${opus}`, usage: usageOf({input: 1000, cacheWrite5m: 10, cacheWrite1h: 10})},
	...{list: 4_400_000_000n, unpricedTokens: 0, lowerBound: false},
};

describe('a multiplier', () => {
	test.each([
		[0.85, 3_740_000_000n],
		[1.1, 4_840_000_000n],
		[10, 44_000_000_000n],
		[0, undefined],
		[-1, undefined],
		[10.01, undefined],
		['0.5', undefined],
		[null, undefined],
		[Number.NaN, undefined],
	])('of %s makes of 0.0044 $ %s p$', (multiplier, amount) => {
		const {pricing, faults} = readOrganisationPricing({multiplier});
		expect(faults).toEqual(amount === undefined ? [{key: 'multiplier', kind: 'not-a-multiplier'}] : []);
		expect(organisationCost(pricing, row)?.amount).toBe(amount ?? row.list);
	});

	test('leaves sums exact to half a pico-dollar, however large', () => {
		fc.assert(
			fc.property(fc.bigInt({min: 0n, max: 10n ** 24n}), fc.integer({min: 1, max: 10_000}), (list, thousandths) => {
				const cost = organisationCost(pricingOf({multiplier: thousandths / 1000}), {...row, list});
				const off = (cost?.amount ?? 0n) * 1000n - list * BigInt(thousandths);
				expect(off >= -500n && off <= 500n).toBe(true);
			}),
		);
	});
});

describe('an override', () => {
	const usage = usageOf({
		input: 1_000_000,
		output: 0,
		cacheRead: 1_000_000,
		cacheWrite5m: 1_000_000,
		cacheWrite1h: 1_000_000,
	});

	test.each([
		['the model as transcripts name it', 'claude-opus-5-5', undefined, 28_200_000_000_000n],
		['its canonical id', opus, undefined, 28_200_000_000_000n],
		['the very profile', `us.${opus}`, undefined, 28_200_000_000_000n],
		['scaled by the multiplier', opus, 0.5, 14_100_000_000_000n],
		['another profile of it', `eu.${opus}`, undefined, row.list],
		['another model', 'claude-opus-5', undefined, row.list],
	])('of %s', (_, id, multiplier, amount) => {
		const pricing = pricingOf({...(multiplier === undefined ? {} : {multiplier}), overrides: {[id]: fable}});
		expect(organisationCost(pricing, {...row, usage})).toEqual({amount, lowerBound: false});
	});

	test.each([
		['an alias', {opus: fable}, 'not-a-model'],
		['a rate left out', {[opus]: {...fable, cacheWrite: undefined}}, 'not-rates'],
		['a negative rate', {[opus]: {...fable, input: -1}}, 'not-rates'],
		['a rate beyond 10,000', {[opus]: {...fable, input: 10_001}}, 'not-rates'],
		['a rate as text', {[opus]: {...fable, input: '8'}}, 'not-rates'],
		['nothing', {[opus]: null}, 'not-rates'],
	])('%s is named and left out', (_, overrides, kind) => {
		const {pricing, faults} = readOrganisationPricing({overrides});
		expect(faults).toMatchObject([{kind}]);
		expect(pricing.overrides.size).toBe(0);
	});

	test('prices what the list does not, and what neither does is a lower bound or nothing', () => {
		const open = {...row, list: 1000n, unpricedTokens: 500};
		expect(organisationCost(pricingOf({overrides: {[opus]: fable}}), open)?.lowerBound).toBe(false);
		expect(organisationCost(pricingOf({multiplier: 0.5}), open)).toEqual({amount: 500n, lowerBound: true});
		const none = {...row, list: 0n, unpricedTokens: 1020};
		expect(organisationCost(pricingOf({multiplier: 0.5}), none)).toBeUndefined();
		expect(organisationTotal(pricingOf({multiplier: 0.5}), [none])).toBeUndefined();
		expect(organisationTotal(pricingOf({multiplier: 0.5}), [row, none])).toEqual({
			...{amount: 2_200_000_000n, lowerBound: true},
		});
	});
});

test('of two files the first counts, key by key', () => {
	const first = pricingOf({overrides: {[opus]: fable}});
	const second = pricingOf({multiplier: 0.5, overrides: {[opus]: {...fable, input: 1}, 'claude-opus-5': fable}});
	const merged = mergePricing(first, second);
	expect(merged.multiplier).toBe(second.multiplier);
	expect(merged.overrides.get(opus)?.input).toBe(8_000_000n);
	expect(merged.overrides.size).toBe(2);
});

test('whatever else stands there is no price and no fault of the program', () => {
	fc.assert(fc.property(fc.anything(), value => void readOrganisationPricing(value)));
	fc.assert(
		fc.property(fc.dictionary(fc.string(), fc.anything()), overrides => void readOrganisationPricing({overrides})),
	);
});

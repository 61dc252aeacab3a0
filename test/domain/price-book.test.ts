import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {defaultBook, quote} from '../../source/domain/price-book.ts';
import {noUsage, type Usage} from '../../source/domain/usage.ts';

const day = (iso: string) => Date.parse(`${iso}T12:00:00Z`);
const today = day('2026-11-23');

type Scope = 'global' | 'geo' | 'in-region' | 'unknown';

const amountOf = (model: string, scope: Scope, usage: Partial<Usage>, at = today): bigint | string => {
	const quoted = quote(defaultBook, {...noUsage, ...usage}, {model, scope, at});
	return quoted.state === 'priced' ? quoted.amount : quoted.reason;
};

/** One million tokens of each kind in turn; the expected figures are the price lists' dollars, in pico-dollars. */
const million = 1_000_000;
const dollars = 1_000_000_000_000n;

describe('a million tokens of each kind cost what the price list says (in, out, 5 m, 1 h, read)', () => {
	test.each([
		['global.anthropic.claude-fable-5-1', 'global', '10', '50', '12.5', '20', '0.25'],
		['us.anthropic.claude-fable-5-1', 'geo', '11', '55', '13.75', '22', '0.275'],
		['global.anthropic.claude-fable-5', 'global', '10', '50', '12.5', '20', '1'],
		['us.anthropic.claude-fable-5', 'geo', '11', '55', '13.75', '22', '1.1'],
		['anthropic.claude-mythos-5-1', 'in-region', '11', '55', '13.75', '22', '0.275'],
		['global.anthropic.claude-mythos-5', 'global', '10', '50', '12.5', '20', '1'],
		['global.anthropic.claude-opus-5-5', 'global', '4', '20', '5', '8', '0.2'],
		['us.anthropic.claude-opus-5-5', 'geo', '4.4', '22', '5.5', '8.8', '0.22'],
		['anthropic.claude-opus-5-5', 'in-region', '4.4', '22', '5.5', '8.8', '0.22'],
		['global.anthropic.claude-opus-5', 'global', '5', '25', '6.25', '10', '0.5'],
		['eu.anthropic.claude-opus-5', 'geo', '5.5', '27.5', '6.875', '11', '0.55'],
		['jp.anthropic.claude-opus-4-8', 'geo', '5.5', '27.5', '6.875', '11', '0.55'],
		['global.anthropic.claude-opus-4-7', 'global', '5', '25', '6.25', '10', '0.5'],
		['us.anthropic.claude-opus-4-6-v1', 'geo', '5.5', '27.5', '6.875', '11', '0.55'],
		['us.anthropic.claude-opus-4-5-20251101-v1:0', 'geo', '5.5', '27.5', '6.875', '11', '0.55'],
		['us.anthropic.claude-opus-4-1-20250805-v1:0', 'geo', '15', '75', '18.75', '30', '1.5'],
		['us.anthropic.claude-opus-4-20250514-v1:0', 'geo', '15', '75', '18.75', '30', '1.5'],
		['global.anthropic.claude-sonnet-5-5', 'global', '2', '10', '2.5', '4', '0.1'],
		['us.anthropic.claude-sonnet-5-5', 'geo', '2.2', '11', '2.75', '4.4', '0.11'],
		['global.anthropic.claude-sonnet-5', 'global', '2', '10', '2.5', '4', '0.2'],
		['au.anthropic.claude-sonnet-5', 'geo', '2.2', '11', '2.75', '4.4', '0.22'],
		['global.anthropic.claude-sonnet-4-6', 'global', '3', '15', '3.75', '6', '0.3'],
		['us.anthropic.claude-sonnet-4-6', 'geo', '3.3', '16.5', '4.125', '6.6', '0.33'],
		['us.anthropic.claude-sonnet-4-5-20250929-v1:0', 'geo', '3.3', '16.5', '4.125', '6.6', '0.33'],
		['apac.anthropic.claude-sonnet-4-20250514-v1:0', 'geo', '3', '15', '3.75', '6', '0.3'],
		['global.anthropic.claude-haiku-4-5-20251001-v1:0', 'global', '1', '5', '1.25', '2', '0.1'],
		['us.anthropic.claude-haiku-4-5-20251001-v1:0', 'geo', '1.1', '5.5', '1.375', '2.2', '0.11'],
		['us.anthropic.claude-3-5-haiku-20241022-v1:0', 'geo', '0.8', '4', '1', '1.6', '0.08'],
	] as const)('%s (%s)', (model, scope, input, output, write5m, write1h, read) => {
		const exact = (usd: string) => (BigInt(Math.round(Number(usd) * 10_000)) * dollars) / 10_000n;
		expect([
			amountOf(model, scope, {input: million}),
			amountOf(model, scope, {output: million}),
			amountOf(model, scope, {cacheWrite5m: million}),
			amountOf(model, scope, {cacheWrite1h: million}),
			amountOf(model, scope, {cacheRead: million}),
		]).toEqual([input, output, write5m, write1h, read].map(exact));
	});

	test.each([
		['haiku 5.5 below its step, global', 'global', 100_000n, 500_000n, 125_000n, 200_000n, 10_000n],
		['haiku 5.5 below its step, geo', 'geo', 110_000n, 550_000n, 137_500n, 220_000n, 11_000n],
	] as const)('%s, per token', (_, scope, ...prices) => {
		const kinds = ['input', 'output', 'cacheWrite5m', 'cacheWrite1h', 'cacheRead'] as const;
		expect(kinds.map(kind => amountOf('anthropic.claude-haiku-5-5', scope, {[kind]: 1}))).toEqual(prices);
	});
});

describe('whole replies, worked out by hand', () => {
	test.each([
		// 10×4.4 + 42×22 + 2000×5.5 + 100×0.22 = 44 + 924 + 11000 + 22 = 11990 µ$
		['a real reply of Opus 5.5', 'us.anthropic.claude-opus-5-5', 'geo', [10, 42, 100, 2000, 0], 11_990_000_000n],
		// 10×2.2 + 500×11 + 50000×0.11 + 1000×4.4 = 22 + 5500 + 5500 + 4400 = 15422 µ$
		['1-hour writes', 'us.anthropic.claude-sonnet-5-5', 'geo', [10, 500, 50_000, 0, 1000], 15_422_000_000n],
		// exactly 100,000 prompt tokens: still the low price. 10×0.1 + 1×0.5 + 99990×0.01 = 1 + 0.5 + 999.9 = 1001.4 µ$
		['at the step', 'global.anthropic.claude-haiku-5-5', 'global', [10, 1, 99_990, 0, 0], 1_001_400_000n],
		// one more: the whole request reprices. 11×0.5 + 1×2.5 + 99990×0.05 = 5.5 + 2.5 + 4999.5 = 5007.5 µ$
		['above the step', 'global.anthropic.claude-haiku-5-5', 'global', [11, 1, 99_990, 0, 0], 5_007_500_000n],
		// cache writes count towards the step: 1×0.55 + 100000×0.6875 = 0.55 + 68750 = 68750.55 µ$
		['writes over the step', 'us.anthropic.claude-haiku-5-5', 'geo', [1, 0, 0, 100_000, 0], 68_750_550_000n],
		// output does not count: 1×0.11 + 200000×0.55 = 0.11 + 110000 = 110000.11 µ$
		['output alone', 'us.anthropic.claude-haiku-5-5', 'geo', [1, 200_000, 0, 0, 0], 110_000_110_000n],
	] as const)('%s', (_, model, scope, [input, output, cacheRead, cacheWrite5m, cacheWrite1h], amount) => {
		expect(amountOf(model, scope, {input, output, cacheRead, cacheWrite5m, cacheWrite1h})).toBe(amount);
	});
});

describe('prices have dates', () => {
	test.each([
		['Sonnet 5.5 before it existed', 'anthropic.claude-sonnet-5-5', '2026-09-27', 'no price is known for 2026-09-27'],
		['Sonnet 5.5 cache reads at launch', 'anthropic.claude-sonnet-5-5', '2026-10-06', 220_000n],
		['Sonnet 5.5 cache reads since the cut', 'anthropic.claude-sonnet-5-5', '2026-10-07', 110_000n],
		['3.5 Sonnet before extended access', 'anthropic.claude-3-5-sonnet-20241022-v2:0', '2025-11-30', 300_000n],
		['3.5 Sonnet in extended access', 'anthropic.claude-3-5-sonnet-20241022-v2:0', '2025-12-01', 600_000n],
		['3.5 Sonnet v1 in extended access', 'anthropic.claude-3-5-sonnet-20240620-v1:0', '2026-01-01', 600_000n],
	])('%s', (_, model, date, expected) => {
		expect(amountOf(model, 'in-region', {cacheRead: 1}, day(date))).toBe(expected);
	});

	test('the long-context price of Sonnet 4.5 ended with the beta', () => {
		const long = {input: 200_001};
		const model = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
		expect(amountOf(model, 'geo', long, day('2026-04-29'))).toBe(1_320_006_600_000n);
		expect(amountOf(model, 'geo', long, day('2026-04-30'))).toBe(660_003_300_000n);
	});
});

describe('what is not known is unpriced, with the reason', () => {
	test.each([
		['an unknown model', 'us.anthropic.claude-opus-9', 'geo', {input: 1}, 'no price is known for this model'],
		['a likeness', 'us.anthropic.claude-opus-5-5-preview', 'geo', {input: 1}, 'no price is known for this model'],
		['another vendor', 'us.amazon.nova-pro-v1:0', 'geo', {input: 1}, 'no price is known for this model'],
		['Mythos 5.2', 'anthropic.claude-mythos-5-2', 'geo', {input: 1}, 'no price is known for this model'],
		[
			'Fable 5.2 with cache',
			'us.anthropic.claude-fable-5-2',
			'geo',
			{cacheRead: 1},
			'no price is known for its cache reads',
		],
		[
			'1-hour writes of 3.5 Sonnet',
			'anthropic.claude-3-5-sonnet-20241022-v2:0',
			'in-region',
			{cacheWrite1h: 1},
			'no price is known for its 1-hour cache writes',
		],
		[
			'a global Opus 4.1',
			'global.anthropic.claude-opus-4-1-20250805-v1:0',
			'global',
			{input: 1},
			'this model is not sold as a global profile',
		],
	] as const)('%s', (_, model, scope, usage, reason) => expect(amountOf(model, scope, usage)).toBe(reason));

	test('Fable 5.2 without cache has a price', () => {
		expect(amountOf('us.anthropic.claude-fable-5-2', 'geo', {input: 1, output: 1})).toBe(52_800_000n);
	});
});

test('an unknown scope is a range from global to regional, and the amount is the regional one', () => {
	const quoted = quote(defaultBook, {...noUsage, input: 100}, {model: 'claude-opus-5', scope: 'unknown', at: today});
	expect(quoted).toMatchObject({state: 'priced', low: 500_000_000n, high: 550_000_000n, amount: 550_000_000n});
});

test('a model with one price has no range even without a scope', () => {
	const quoted = quote(defaultBook, {...noUsage, input: 1}, {model: 'claude-opus-4-1', scope: 'unknown', at: today});
	expect(quoted).toMatchObject({low: 15_000_000n, high: 15_000_000n});
});

test('every price says since when, from where, and which step applied', () => {
	const usage = {...noUsage, input: 100_001};
	const quoted = quote(defaultBook, usage, {model: 'us.anthropic.claude-haiku-5-5', scope: 'geo', at: today});
	expect(quoted).toMatchObject({price: {from: '2026-10-07', tier: '> 100,000 prompt tokens'}});
	expect(quoted.state === 'priced' && quoted.price.source).toMatch(/^https:/);
});

test('never negative, never throws, and two replies cost what they cost apart', () => {
	const tokens = fc.nat({max: 1_000_000});
	const usages = fc.record({
		input: tokens,
		output: tokens,
		cacheRead: tokens,
		cacheWrite5m: tokens,
		cacheWrite1h: tokens,
	});
	const models = fc.oneof(fc.constantFrom(...defaultBook.keys()), fc.string());
	fc.assert(
		fc.property(
			models,
			usages,
			fc.constantFrom<Scope>('global', 'geo', 'in-region', 'unknown'),
			(model, usage, scope) => {
				const amount = amountOf(model, scope, usage);
				if (typeof amount === 'bigint') expect(amount).toBeGreaterThanOrEqual(0n);
				if (model === 'anthropic.claude-opus-5-5' && typeof amount === 'bigint') {
					const parts = Object.entries(usage).map(([kind, count]) => amountOf(model, scope, {[kind]: count}) as bigint);
					expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(amount);
				}
			},
		),
	);
});

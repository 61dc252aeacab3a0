import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {createBook, defaultBook} from '../../../source/domain/money/price-book.ts';
import {priceTable} from '../../../source/domain/money/price-table.ts';
import {type Quote, quote} from '../../../source/domain/money/quote.ts';
import {noUsage, promptTokens, type Usage} from '../../../source/domain/money/usage.ts';
import {unpricedWords} from '../../../source/screen/words/unpriced-reason.ts';

const day = (iso: string) => Date.parse(`${iso}T12:00:00Z`);
const today = day('2026-11-23');

type Scope = 'global' | 'geo' | 'in-region' | 'unknown';

const amountOf = (model: string, scope: Scope, usage: Partial<Usage>, at = today, batch = false): bigint | string => {
	const quoted = quote(defaultBook, {...noUsage, ...usage}, {model, scope, at, batch});
	return quoted.state === 'priced' ? quoted.amount : unpricedWords(quoted.reason);
};

const kinds = ['input', 'output', 'cacheWrite5m', 'cacheWrite1h', 'cacheRead'] as const;
type Kind = (typeof kinds)[number];

/** Every figure of the price lists (facts/aws.md, section 6) in pico-dollars per token: $1 per million is 1,000,000. */
const prices: readonly (readonly [string, Scope, bigint, bigint, bigint, bigint, bigint])[] = [
	// model, scope, input, output, 5-minute write, 1-hour write, cache read
	['global.anthropic.claude-fable-5-2', 'global', 8_000_000n, 40_000_000n, 10_000_000n, 16_000_000n, 200_000n],
	['us.anthropic.claude-fable-5-2', 'geo', 8_800_000n, 44_000_000n, 11_000_000n, 17_600_000n, 220_000n],
	[
		'anthropic.claude-3-7-sonnet-20250219-v1:0',
		'in-region',
		...([3_000_000n, 15_000_000n, 3_750_000n, 6_000_000n, 300_000n] as const),
	],
	['anthropic.claude-3-haiku-20240307-v1:0', 'in-region', 250_000n, 1_250_000n, 300_000n, 500_000n, 30_000n],
	['global.anthropic.claude-fable-5-1', 'global', 10_000_000n, 50_000_000n, 12_500_000n, 20_000_000n, 250_000n],
	['us.anthropic.claude-fable-5-1', 'geo', 11_000_000n, 55_000_000n, 13_750_000n, 22_000_000n, 275_000n],
	['global.anthropic.claude-fable-5', 'global', 10_000_000n, 50_000_000n, 12_500_000n, 20_000_000n, 1_000_000n],
	['us.anthropic.claude-fable-5', 'geo', 11_000_000n, 55_000_000n, 13_750_000n, 22_000_000n, 1_100_000n],
	['global.anthropic.claude-mythos-5-1', 'global', 10_000_000n, 50_000_000n, 12_500_000n, 20_000_000n, 250_000n],
	['anthropic.claude-mythos-5-1', 'in-region', 11_000_000n, 55_000_000n, 13_750_000n, 22_000_000n, 275_000n],
	['global.anthropic.claude-mythos-5', 'global', 10_000_000n, 50_000_000n, 12_500_000n, 20_000_000n, 1_000_000n],
	['us.anthropic.claude-mythos-5', 'geo', 11_000_000n, 55_000_000n, 13_750_000n, 22_000_000n, 1_100_000n],
	['global.anthropic.claude-opus-5-5', 'global', 4_000_000n, 20_000_000n, 5_000_000n, 8_000_000n, 200_000n],
	['us.anthropic.claude-opus-5-5', 'geo', 4_400_000n, 22_000_000n, 5_500_000n, 8_800_000n, 220_000n],
	['anthropic.claude-opus-5-5', 'in-region', 4_400_000n, 22_000_000n, 5_500_000n, 8_800_000n, 220_000n],
	['global.anthropic.claude-opus-5', 'global', 5_000_000n, 25_000_000n, 6_250_000n, 10_000_000n, 500_000n],
	['eu.anthropic.claude-opus-5', 'geo', 5_500_000n, 27_500_000n, 6_875_000n, 11_000_000n, 550_000n],
	['jp.anthropic.claude-opus-4-8', 'geo', 5_500_000n, 27_500_000n, 6_875_000n, 11_000_000n, 550_000n],
	['global.anthropic.claude-opus-4-8', 'global', 5_000_000n, 25_000_000n, 6_250_000n, 10_000_000n, 500_000n],
	['global.anthropic.claude-opus-4-7', 'global', 5_000_000n, 25_000_000n, 6_250_000n, 10_000_000n, 500_000n],
	['au.anthropic.claude-opus-4-7', 'geo', 5_500_000n, 27_500_000n, 6_875_000n, 11_000_000n, 550_000n],
	['us.anthropic.claude-opus-4-6-v1', 'geo', 5_500_000n, 27_500_000n, 6_875_000n, 11_000_000n, 550_000n],
	['global.anthropic.claude-opus-4-6', 'global', 5_000_000n, 25_000_000n, 6_250_000n, 10_000_000n, 500_000n],
	['us.anthropic.claude-opus-4-5-20251101-v1:0', 'geo', 5_500_000n, 27_500_000n, 6_875_000n, 11_000_000n, 550_000n],
	['global.anthropic.claude-opus-4-5', 'global', 5_000_000n, 25_000_000n, 6_250_000n, 10_000_000n, 500_000n],
	['us.anthropic.claude-opus-4-1-20250805-v1:0', 'geo', 15_000_000n, 75_000_000n, 18_750_000n, 30_000_000n, 1_500_000n],
	[
		'anthropic.claude-opus-4-20250514-v1:0',
		'in-region',
		15_000_000n,
		75_000_000n,
		18_750_000n,
		30_000_000n,
		1_500_000n,
	],
	['global.anthropic.claude-sonnet-5-5', 'global', 2_000_000n, 10_000_000n, 2_500_000n, 4_000_000n, 100_000n],
	['us.anthropic.claude-sonnet-5-5', 'geo', 2_200_000n, 11_000_000n, 2_750_000n, 4_400_000n, 110_000n],
	['global.anthropic.claude-sonnet-5', 'global', 2_000_000n, 10_000_000n, 2_500_000n, 4_000_000n, 200_000n],
	['au.anthropic.claude-sonnet-5', 'geo', 2_200_000n, 11_000_000n, 2_750_000n, 4_400_000n, 220_000n],
	['global.anthropic.claude-sonnet-4-6', 'global', 3_000_000n, 15_000_000n, 3_750_000n, 6_000_000n, 300_000n],
	['us.anthropic.claude-sonnet-4-6', 'geo', 3_300_000n, 16_500_000n, 4_125_000n, 6_600_000n, 330_000n],
	['global.anthropic.claude-sonnet-4-5', 'global', 3_000_000n, 15_000_000n, 3_750_000n, 6_000_000n, 300_000n],
	['us.anthropic.claude-sonnet-4-5-20250929-v1:0', 'geo', 3_300_000n, 16_500_000n, 4_125_000n, 6_600_000n, 330_000n],
	[
		'global.anthropic.claude-sonnet-4-20250514-v1:0',
		'global',
		3_000_000n,
		15_000_000n,
		3_750_000n,
		6_000_000n,
		300_000n,
	],
	['apac.anthropic.claude-sonnet-4-20250514-v1:0', 'geo', 3_000_000n, 15_000_000n, 3_750_000n, 6_000_000n, 300_000n],
	['global.anthropic.claude-haiku-5-5', 'global', 100_000n, 500_000n, 125_000n, 200_000n, 10_000n],
	['us.anthropic.claude-haiku-5-5', 'geo', 110_000n, 550_000n, 137_500n, 220_000n, 11_000n],
	['global.anthropic.claude-haiku-4-5', 'global', 1_000_000n, 5_000_000n, 1_250_000n, 2_000_000n, 100_000n],
	['us.anthropic.claude-haiku-4-5-20251001-v1:0', 'geo', 1_100_000n, 5_500_000n, 1_375_000n, 2_200_000n, 110_000n],
	['us.anthropic.claude-3-5-haiku-20241022-v1:0', 'geo', 800_000n, 4_000_000n, 1_000_000n, 1_600_000n, 80_000n],
];

describe('a token of each kind costs what the price list says', () => {
	const cases = prices.flatMap(([model, scope, ...row]) =>
		kinds.map((kind, column) => [kind, model, scope, row[column]] as const),
	);
	test.each(cases)('%s of %s (%s) costs %s p$', (kind, model, scope, amount) => {
		expect(amountOf(model, scope, {[kind]: 1})).toBe(amount);
	});

	test.each([
		['input', 'anthropic.claude-3-sonnet-20240229-v1:0', 3_000_000n],
		['output', 'anthropic.claude-3-sonnet-20240229-v1:0', 15_000_000n],
		['input', 'anthropic.claude-3-opus-20240229-v1:0', 15_000_000n],
		['output', 'anthropic.claude-3-opus-20240229-v1:0', 75_000_000n],
	] as const)('%s of %s, which has no other known price, costs %s p$', (kind, model, amount) => {
		expect(amountOf(model, 'in-region', {[kind]: 1})).toBe(amount);
	});
});

describe('whole replies, worked out by hand', () => {
	test.each([
		// 10×4.4 + 42×22 + 2000×5.5 + 100×0.22 = 44 + 924 + 11000 + 22 = 11990 µ$
		['a real reply of Opus 5.5', 'us.anthropic.claude-opus-5-5', 'geo', [10, 42, 100, 2000, 0], 11_990_000_000n],
		// 10×2.2 + 500×11 + 50000×0.11 + 1000×4.4 = 22 + 5500 + 5500 + 4400 = 15422 µ$
		['1-hour writes', 'us.anthropic.claude-sonnet-5-5', 'geo', [10, 500, 50_000, 0, 1000], 15_422_000_000n],
		// 3×5 + 700×25 + 120000×0.5 + 900×6.25 + 0 = 15 + 17500 + 60000 + 5625 = 83140 µ$
		['a global profile', 'global.anthropic.claude-opus-5', 'global', [3, 700, 120_000, 900, 0], 83_140_000_000n],
		// 1×11 + 2×55 + 4×0.275 + 5×13.75 + 6×22 = 11 + 110 + 1.1 + 68.75 + 132 = 322.85 µ$
		['all five kinds', 'us.anthropic.claude-fable-5-1', 'geo', [1, 2, 4, 5, 6], 322_850_000n],
		// no step today: 900000×3.3 = 2970000 µ$
		['a long prompt', 'us.anthropic.claude-sonnet-4-6', 'geo', [900_000, 0, 0, 0, 0], 2_970_000_000_000n],
		['no tokens at all', 'us.anthropic.claude-opus-5-5', 'geo', [0, 0, 0, 0, 0], 0n],
		// exactly 100,000 prompt tokens: still the low price. 10×0.1 + 1×0.5 + 99990×0.01 = 1 + 0.5 + 999.9 = 1001.4 µ$
		['at the step', 'global.anthropic.claude-haiku-5-5', 'global', [10, 1, 99_990, 0, 0], 1_001_400_000n],
		// one more: the whole request reprices. 11×0.5 + 1×2.5 + 99990×0.05 = 5.5 + 2.5 + 4999.5 = 5007.5 µ$
		['above the step', 'global.anthropic.claude-haiku-5-5', 'global', [11, 1, 99_990, 0, 0], 5_007_500_000n],
		// cache writes count towards the step: 1×0.55 + 100000×0.6875 = 0.55 + 68750 = 68750.55 µ$
		['writes over the step', 'us.anthropic.claude-haiku-5-5', 'geo', [1, 0, 0, 100_000, 0], 68_750_550_000n],
		// so do 1-hour ones: 1×0.5 + 100000×1 = 0.5 + 100000 = 100000.5 µ$
		['1-hour writes over it', 'global.anthropic.claude-haiku-5-5', 'global', [1, 0, 0, 0, 100_000], 100_000_500_000n],
		// 100001×0.55 + 10×2.75 = 55000.55 + 27.5 = 55028.05 µ$
		['input over the step', 'us.anthropic.claude-haiku-5-5', 'geo', [100_001, 10, 0, 0, 0], 55_028_050_000n],
		// 100001×0.055 = 5500.055 µ$
		['cache reads over it', 'us.anthropic.claude-haiku-5-5', 'geo', [0, 0, 100_001, 0, 0], 5_500_055_000n],
		// 1×0.55 + 100000×1.1 = 0.55 + 110000 = 110000.55 µ$
		['geo 1-hour writes over it', 'us.anthropic.claude-haiku-5-5', 'geo', [1, 0, 0, 0, 100_000], 110_000_550_000n],
		// output does not count: 1×0.11 + 200000×0.55 = 0.11 + 110000 = 110000.11 µ$
		['output alone', 'us.anthropic.claude-haiku-5-5', 'geo', [1, 200_000, 0, 0, 0], 110_000_110_000n],
	] as const)('%s', (_, model, scope, [input, output, cacheRead, cacheWrite5m, cacheWrite1h], amount) => {
		expect(amountOf(model, scope, {input, output, cacheRead, cacheWrite5m, cacheWrite1h})).toBe(amount);
	});
});

describe('prices have dates', () => {
	const sonnet55 = 'anthropic.claude-sonnet-5-5';
	const sonnet35 = 'anthropic.claude-3-5-sonnet-20241022-v2:0';
	const sonnet35v1 = 'anthropic.claude-3-5-sonnet-20240620-v1:0';

	test.each([
		['Sonnet 5.5 before it existed', sonnet55, 'cacheRead', '2026-09-27', 'no price is known for 2026-09-27'],
		['Sonnet 5.5 cache reads at launch', sonnet55, 'cacheRead', '2026-09-28', 220_000n],
		['Sonnet 5.5 cache reads before the cut', sonnet55, 'cacheRead', '2026-10-06', 220_000n],
		['Sonnet 5.5 cache reads since the cut', sonnet55, 'cacheRead', '2026-10-07', 110_000n],
		['Sonnet 5.5 input at launch', sonnet55, 'input', '2026-09-28', 2_200_000n],
		['Haiku 5.5 before it existed', 'claude-haiku-5-5', 'input', '2026-10-06', 'no price is known for 2026-10-06'],
		['Haiku 5.5 on its first day', 'claude-haiku-5-5', 'input', '2026-10-07', 110_000n],
		['Fable 5.2 before it existed', 'claude-fable-5-2', 'input', '2026-11-08', 'no price is known for 2026-11-08'],
		['Fable 5.2 on its first day', 'claude-fable-5-2', 'input', '2026-11-09', 8_800_000n],
		['3.5 Sonnet input before extended access', sonnet35, 'input', '2025-11-30', 3_000_000n],
		['3.5 Sonnet output before extended access', sonnet35, 'output', '2025-11-30', 15_000_000n],
		['3.5 Sonnet writes before extended access', sonnet35, 'cacheWrite5m', '2025-11-30', 3_750_000n],
		['3.5 Sonnet reads before extended access', sonnet35, 'cacheRead', '2025-11-30', 300_000n],
		['3.5 Sonnet input in extended access', sonnet35, 'input', '2025-12-01', 6_000_000n],
		['3.5 Sonnet output in extended access', sonnet35, 'output', '2025-12-01', 30_000_000n],
		['3.5 Sonnet writes in extended access', sonnet35, 'cacheWrite5m', '2025-12-01', 7_500_000n],
		['3.5 Sonnet reads in extended access', sonnet35, 'cacheRead', '2025-12-01', 600_000n],
		['3.5 Sonnet v1 before extended access', sonnet35v1, 'output', '2025-11-30', 15_000_000n],
		['3.5 Sonnet v1 in extended access', sonnet35v1, 'output', '2026-01-01', 30_000_000n],
	] as const)('%s', (_, model, kind, date, expected) => {
		expect(amountOf(model, 'in-region', {[kind]: 1}, day(date))).toBe(expected);
	});

	test.each([
		['2026-10-06T23:59:59.999Z', 220_000n],
		['2026-10-07T00:00:00.000Z', 110_000n],
		['2026-10-07T01:59:59.000+02:00', 220_000n],
	])('they change at midnight UTC: at %s a cache read of Sonnet 5.5 is %s p$', (instant, amount) => {
		expect(amountOf(sonnet55, 'geo', {cacheRead: 1}, Date.parse(instant))).toBe(amount);
	});

	test.each([
		// 200,001 × 6.6, 22.5 × 1.1 and so on: the whole request above 200,000 prompt tokens, until the beta ended.
		['input above', 'geo', '2026-04-29', {input: 200_001}, 1_320_006_600_000n],
		['input at the step', 'geo', '2026-04-29', {input: 200_000}, 660_000_000_000n],
		['global input above', 'global', '2026-04-29', {input: 200_001}, 1_200_006_000_000n],
		['global output above', 'global', '2026-04-29', {input: 200_001, output: 1}, 1_200_028_500_000n],
		['output above', 'geo', '2026-04-29', {input: 200_001, output: 1}, 1_320_031_350_000n],
		['5-minute writes above', 'geo', '2026-04-29', {cacheWrite5m: 200_001}, 1_650_008_250_000n],
		['1-hour writes above', 'global', '2026-04-29', {cacheWrite1h: 200_001}, 2_400_012_000_000n],
		['cache reads above', 'geo', '2026-04-29', {cacheRead: 200_001}, 132_000_660_000n],
		['input above since the beta ended', 'geo', '2026-04-30', {input: 200_001}, 660_003_300_000n],
		['global input above since then', 'global', '2026-04-30', {input: 200_001}, 600_003_000_000n],
	] as const)('long context of Sonnet 4.5: %s (%s, %s)', (_, scope, date, usage, amount) => {
		expect(amountOf('anthropic.claude-sonnet-4-5', scope, usage, day(date))).toBe(amount);
	});

	test('and never two at once', () => {
		for (const [model, entries] of defaultBook.entries) {
			const inOrder = [...entries].sort((a, b) => a.fromAt - b.fromAt);
			for (const [index, entry] of inOrder.entries()) {
				expect(entry.fromAt, model).toBeLessThan(entry.untilAt);
				expect(inOrder[index + 1]?.fromAt ?? entry.untilAt, model).toBe(entry.untilAt);
			}
		}
	});
});

describe('batch inference costs half', () => {
	test.each([
		['input of Opus 5.5', 'claude-opus-5-5', {input: 1}, 2_200_000n],
		['5-minute writes of Haiku 5.5', 'claude-haiku-5-5', {cacheWrite5m: 1}, 68_750n],
		['cache reads of Haiku 5.5', 'claude-haiku-5-5', {cacheRead: 1}, 5_500n],
		['Haiku 5.5 above its step', 'claude-haiku-5-5', {input: 100_001}, 27_500_275_000n],
		['input of 3.5 Sonnet in extended access', 'claude-3-5-sonnet-20241022', {input: 1}, 3_000_000n],
		['output of 3.5 Sonnet in extended access', 'claude-3-5-sonnet-20241022', {output: 1}, 15_000_000n],
	] as const)('%s', (_, model, usage, amount) => {
		expect(amountOf(model, 'geo', usage, today, true)).toBe(amount);
	});

	test('also where the scope is not known', () => {
		const asked = {model: 'claude-opus-5', scope: 'unknown', at: today, batch: true} as const;
		expect(quote(defaultBook, {...noUsage, input: 1}, asked)).toMatchObject({
			low: 2_500_000n,
			high: 2_750_000n,
			amount: 2_750_000n,
			price: {rates: {input: 2_750_000n}},
		});
	});

	test('exactly half: no rate of the book is odd', () => {
		for (const model of defaultBook.entries.keys()) {
			for (const kind of kinds) {
				for (const input of [0, 1_000_000]) {
					for (const scope of ['global', 'geo'] as const) {
						const usage = {input, [kind]: input + 1};
						const whole = amountOf(model, scope, usage);
						const half = amountOf(model, scope, usage, today, true);
						expect(typeof half === 'bigint' ? half * 2n : half, `${model} ${scope} ${kind}`).toBe(whole);
					}
				}
			}
		}
	});
});

describe('what is not known is unpriced, with the reason', () => {
	const noModel = 'no price is known for this model';
	const noGlobal = 'this model is not sold as a global profile';

	test.each([
		['an unknown model', 'us.anthropic.claude-opus-9', 'geo', {input: 1}, noModel],
		['a likeness', 'us.anthropic.claude-opus-5-5-preview', 'geo', {input: 1}, noModel],
		['a known id with more behind it', `anthropic.claude-opus-5${' '.repeat(600)}x`, 'geo', {input: 1}, noModel],
		['a spelling two models share', 'claude-3-5-sonnet', 'geo', {input: 1}, noModel],
		['another vendor', 'us.amazon.nova-pro-v1:0', 'geo', {input: 1}, noModel],
		['Mythos 5.2', 'anthropic.claude-mythos-5-2', 'geo', {input: 1}, noModel],
		['an application profile', 'a1b2c3d4e5f6', 'unknown', {input: 1}, noModel],
		['a prototype key', '__proto__', 'geo', {input: 1}, noModel],
		['nothing', '', 'geo', {input: 1}, noModel],
		[
			'1-hour writes of 3.5 Sonnet',
			'anthropic.claude-3-5-sonnet-20241022-v2:0',
			'in-region',
			{cacheWrite1h: 1},
			'no price is known for its 1-hour cache writes',
		],
		['a global Opus 4.1', 'global.anthropic.claude-opus-4-1', 'global', {input: 1}, noGlobal],
		['a global Opus 4', 'global.anthropic.claude-opus-4-20250514-v1:0', 'global', {input: 1}, noGlobal],
		['a global Haiku 3.5', 'anthropic.claude-3-5-haiku-20241022-v1:0', 'global', {input: 1}, noGlobal],
		['half a token', 'claude-opus-5', 'geo', {input: 1.5}, 'its token counts are not whole numbers'],
		['fewer than none', 'claude-opus-5', 'geo', {output: -1}, 'its token counts are not whole numbers'],
		['no number', 'claude-opus-5', 'geo', {cacheRead: Number.NaN}, 'its token counts are not whole numbers'],
	] as const)('%s', (_, model, scope, usage, reason) => expect(amountOf(model, scope, usage)).toBe(reason));

	test.each([Number.NaN, Number.POSITIVE_INFINITY, 9e15])('a call at %d', at => {
		expect(amountOf('claude-opus-5', 'geo', {input: 1}, at)).toBe('when it was called is not known');
	});

	test('Fable 5.2 without cache has a price', () => {
		expect(amountOf('us.anthropic.claude-fable-5-2', 'geo', {input: 1, output: 1})).toBe(52_800_000n);
	});

	test('an unpriced quote names the model it was asked for, not 100 kB of it', () => {
		const asked = {scope: 'geo', at: today} as const;
		expect(quote(defaultBook, noUsage, {...asked, model: 'us.anthropic.claude-x'})).toMatchObject({
			state: 'unpriced',
			model: 'anthropic.claude-x',
		});
		const long = quote(defaultBook, noUsage, {...asked, model: 'x'.repeat(100_000)});
		expect(long.state === 'unpriced' && long.model.length).toBe(512);
	});
});

describe('a scope that is not known', () => {
	const ofUnknown = (model: string, usage: Partial<Usage>) =>
		quote(defaultBook, {...noUsage, ...usage}, {model, scope: 'unknown', at: today});

	test.each([
		['claude-opus-5', {input: 100}, 500_000_000n, 550_000_000n],
		['claude-opus-5-5', {output: 1}, 20_000_000n, 22_000_000n],
		['claude-haiku-5-5', {cacheRead: 1}, 10_000n, 11_000n],
		['claude-haiku-5-5', {input: 100_001}, 50_000_500_000n, 55_000_550_000n],
		['claude-fable-5-2', {output: 1}, 40_000_000n, 44_000_000n],
	] as const)(
		'%s %j is a range from global to regional, and the amount is the regional one',
		(model, usage, low, high) => {
			expect(ofUnknown(model, usage)).toMatchObject({state: 'priced', low, high, amount: high, price: {scope: 'geo'}});
		},
	);

	test.each([
		['claude-opus-4-1', '2026-10-07', 15_000_000n],
		['claude-sonnet-4', '2026-07-13', 3_000_000n],
		['claude-3-5-haiku-20241022', '2026-11-23', 800_000n],
	])('%s has one price until %s, so there is no range', (model, date, amount) => {
		const quoted = quote(defaultBook, {...noUsage, input: 1}, {model, scope: 'unknown', at: day(date)});
		expect(quoted).toMatchObject({low: amount, high: amount, amount});
	});

	test.each([
		['claude-opus-4-1', '2026-10-08', 15_000_000n],
		['claude-sonnet-4', '2026-07-14', 3_000_000n],
	])('%s in extended access, from %s on, costs its list price or up to twice as much', (model, date, amount) => {
		const quoted = quote(defaultBook, {...noUsage, input: 1}, {model, scope: 'geo', at: day(date)});
		expect(quoted).toMatchObject({amount, low: amount, high: 2n * amount, price: {extendedBy: 'table'}});
	});

	test.each([
		['global', 5_000_000n],
		['geo', 5_500_000n],
		['in-region', 5_500_000n],
	] as const)('%s, by settings alone, is a likely figure within the range of all scopes', (scope, amount) => {
		const asked = {model: 'claude-opus-5', scope, isScopeLikely: true, at: today};
		const quoted = quote(defaultBook, {...noUsage, input: 1}, asked);
		expect(quoted).toMatchObject({amount, low: 5_000_000n, high: 5_500_000n});
	});
});

test.each([
	['global', 'global', 5_000_000n],
	['geo', 'geo', 5_500_000n],
	['in-region', 'in-region', 5_500_000n],
	['unknown', 'geo', 5_500_000n],
] as const)('a price says what it charged for: %s as %s', (scope, charged, input) => {
	const quoted = quote(defaultBook, noUsage, {model: 'claude-opus-5', scope, at: today});
	expect(quoted).toMatchObject({price: {scope: charged, rates: {input}, above: undefined}});
});

test('every price says since when, from where, and which step applied', () => {
	const usage = {...noUsage, input: 100_001};
	const quoted = quote(defaultBook, usage, {model: 'us.anthropic.claude-haiku-5-5', scope: 'geo', at: today});
	expect(quoted).toMatchObject({price: {from: '2026-10-07', above: 100_000}});
	expect(quoted.state === 'priced' && quoted.price.source).toMatch(/^https:/);
});

describe('whatever is asked', () => {
	const tokens = fc.nat({max: 1_000_000});
	const usages = fc.record({
		input: tokens,
		output: tokens,
		cacheRead: tokens,
		cacheWrite5m: tokens,
		cacheWrite1h: tokens,
	});
	const scopes = fc.constantFrom<Scope>('global', 'geo', 'in-region', 'unknown');
	const known = fc.constantFrom(...defaultBook.entries.keys());
	const times = fc.integer({min: day('2024-01-01'), max: day('2027-12-31')});
	const anyNumber = fc.oneof(tokens, fc.double(), fc.integer());

	test('it never throws, even where types are lied to', () => {
		fc.assert(
			fc.property(
				fc.oneof(known, fc.string({unit: 'binary'})),
				fc.record({
					input: anyNumber,
					output: anyNumber,
					cacheRead: anyNumber,
					cacheWrite5m: anyNumber,
					cacheWrite1h: anyNumber,
				}),
				scopes,
				fc.oneof(times, fc.double()),
				fc.boolean(),
				(model, usage, scope, at, batch) => {
					expect(['priced', 'unpriced']).toContain(quote(defaultBook, usage, {model, scope, at, batch}).state);
				},
			),
		);
	});

	test('no amount is negative, and the best figure lies within the range', () => {
		fc.assert(
			fc.property(known, usages, scopes, times, fc.boolean(), (model, usage, scope, at, batch) => {
				const quoted: Quote = quote(defaultBook, usage, {model, scope, at, batch});
				fc.pre(quoted.state === 'priced');
				expect(quoted.low).toBeGreaterThanOrEqual(0n);
				expect(quoted.amount).toBeGreaterThanOrEqual(quoted.low);
				expect(quoted.high).toBeGreaterThanOrEqual(quoted.amount);
				const {extendedBy} = quoted.price;
				if (scope !== 'unknown' && extendedBy === undefined)
					expect([quoted.low, quoted.high]).toEqual([quoted.amount, quoted.amount]);
			}),
		);
	});

	test('away from a step, a reply costs the sum of its kinds', () => {
		fc.assert(
			fc.property(known, usages, scopes, times, (model, usage, scope, at) => {
				const quoted = quote(defaultBook, usage, {model, scope, at});
				const isBelowEveryStep = promptTokens(usage) <= 100_000;
				const hasNoStep = !/haiku-5-5|sonnet-4-5/.test(model);
				fc.pre(quoted.state === 'priced' && (isBelowEveryStep || hasNoStep));
				const parts = kinds.map((kind: Kind) => amountOf(model, scope, {[kind]: usage[kind]}, at));
				expect(parts.reduce<bigint>((sum, part) => sum + (part as bigint), 0n)).toBe(quoted.amount);
			}),
		);
	});

	test('every spelling of a model costs the same', () => {
		fc.assert(
			fc.property(known, usages, times, (model, usage, at) => {
				for (const spelling of [`us.${model}`, `${model}[1m]`, model.replace(/:0$/, '')]) {
					expect(amountOf(spelling, 'geo', usage, at)).toBe(amountOf(model, 'geo', usage, at));
				}
			}),
		);
	});
});

test.each(['claude-opus-5-5', 'us.anthropic.claude-opus-5-5'])(
	'what was negotiated for a model holds for %s',
	model => {
		const book = createBook([priceTable], {models: new Map([['anthropic.claude-opus-5-5', 100_000n]])});
		const quoted = quote(book, {...noUsage, input: 1}, {model, scope: 'geo', at: today});
		expect(quoted).toMatchObject({list: 4_400_000n, amount: 3_960_000n, price: {discount: 100_000n}});
	},
);

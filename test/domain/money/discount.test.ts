import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
	discountOf,
	formatPercent,
	lessPercent,
	noDiscounts,
	readPercent,
} from '../../../source/domain/money/discount.ts';

describe('a percentage', () => {
	test.each([
		[0, 0n],
		['0', 0n],
		[100, 1_000_000n],
		['100.0000', 1_000_000n],
		[12.5, 125_000n],
		['12.5', 125_000n],
		['0.0001', 1n],
	] as const)('%j is %s ten-thousandths of a percent', (written, percent) => {
		expect(readPercent(written)).toBe(percent);
	});

	test.each([
		['more than all', '100.0001'],
		['more than all', 101],
		['less than nothing', -1],
		['too fine', '1.00001'],
		['no digit before the point', '.5'],
		['no digit after it', '5.'],
		['with its sign', '5 %'],
		['empty', ''],
		['no number', 'half'],
		['not a number', Number.NaN],
		['a list that looks like one', [5]],
		['nothing', undefined],
	] as const)('%s is none: %j', (_, written) => expect(readPercent(written)).toBeUndefined());

	test('reads back as it is written', () => {
		fc.assert(
			fc.property(fc.bigInt({min: 0n, max: 1_000_000n}), percent => {
				expect(readPercent(formatPercent(percent).replace(' %', ''))).toBe(percent);
			}),
			{examples: [[125_000n], [1n]]},
		);
	});

	test('is written as people do', () => expect(formatPercent(125_000n)).toBe('12.5 %'));
});

describe('what was negotiated', () => {
	const discounts = {overall: 50_000n, models: new Map([['anthropic.claude-opus-5-5', 100_000n]])};

	test('for a model counts instead of what holds for everything', () => {
		expect(discountOf(discounts, 'anthropic.claude-opus-5-5')).toBe(100_000n);
		expect(discountOf(discounts, 'anthropic.claude-haiku-5-5')).toBe(50_000n);
		expect(discountOf(noDiscounts, 'anthropic.claude-opus-5-5')).toBeUndefined();
	});

	test('0 % for a model takes nothing off, whatever else holds', () => {
		expect(discountOf({...discounts, models: new Map([['x', 0n]])}, 'x')).toBe(0n);
	});

	test.each([
		['nothing agreed on', 999n, undefined, 999n],
		['nothing off', 999n, 0n, 999n],
		['everything off', 999n, 1_000_000n, 0n],
		['12.5 % off', 1000n, 125_000n, 875n],
		['half a pico-dollar up', 1n, 500_000n, 1n],
		['less than half down', 1n, 500_001n, 0n],
		['more than a double holds', 123_456_789_012_345_678_901n, 100_000n, 111_111_110_111_111_111_011n],
	] as const)('%s', (_, amount, percent, expected) => expect(lessPercent(amount, percent)).toBe(expected));
});

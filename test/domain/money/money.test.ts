import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {picoFromDecimal, picoPerToken, usdNumber, usdString} from '../../../source/domain/money/money.ts';

describe('a price list’s dollars per million tokens are whole pico-dollars per token', () => {
	test.each([
		['0', 0n],
		['3', 3_000_000n],
		['27.5', 27_500_000n],
		['0.1375', 137_500n],
		['0.011', 11_000n],
		['0.000001', 1n],
		['007.50', 7_500_000n],
		['9007199254740993', 9_007_199_254_740_993_000_000n],
	])('$%s is %s p$', (price, pico) => expect(picoPerToken(price)).toBe(pico));

	test.each([
		['nothing', ''],
		['seven decimals', '1.0000001'],
		['a negative price', '-1'],
		['an exponent', '1e3'],
		['a decimal comma', '1,5'],
		['no digit before the point', '.5'],
		['no digit after the point', '5.'],
		['two points', '1.2.3'],
		['a blank', ' 1'],
		['a line break', '1\n'],
		['a dollar sign', '$1'],
		['other digits', '١'],
		['hexadecimal', '0x10'],
		['infinity', 'Infinity'],
	])('%s is refused', (_, price) => expect(() => picoPerToken(price)).toThrow(RangeError));

	test('every price of six decimals is read exactly', () => {
		fc.assert(
			fc.property(fc.bigInt({min: 0n, max: 10n ** 15n}), pico => {
				const digits = String(pico).padStart(7, '0');
				expect(picoPerToken(`${digits.slice(0, -6)}.${digits.slice(-6)}`)).toBe(pico);
			}),
		);
	});

	test('any other string throws a RangeError and nothing else', () => {
		fc.assert(
			fc.property(fc.string({unit: 'binary'}), price => {
				fc.pre(!/^\d+(\.\d{1,6})?$/.test(price));
				expect(() => picoPerToken(price)).toThrow(RangeError);
			}),
		);
	});
});

describe('an amount is written exactly', () => {
	test.each([
		[0n, '0'],
		[1n, '0.000000000001'],
		[220_000n, '0.00000022'],
		[1_000_000_000_000n, '1'],
		[1_230_000_000_000n, '1.23'],
		[-1_500_000_000_000n, '-1.5'],
		[-1n, '-0.000000000001'],
		[123_456_789_012_345_678_901_234n, '123456789012.345678901234'],
	])('%s p$ is $%s', (amount, text) => expect(usdString(amount)).toBe(text));

	test('without exponent or trailing zeros, and reads back as itself', () => {
		fc.assert(
			fc.property(fc.bigInt(), amount => {
				const text = usdString(amount);
				expect(text).toMatch(/^-?(0|[1-9]\d*)(\.\d{0,11}[1-9])?$/);
				const [whole = '', fraction = ''] = text.replace('-', '').split('.');
				const size = BigInt(whole + fraction.padEnd(12, '0'));
				expect(text.startsWith('-') ? -size : size).toBe(amount);
			}),
		);
	});
});

describe('a number is the double nearest to the amount', () => {
	test.each([
		[0n, 0],
		[1n, 1e-12],
		[100_000_000_000n, 0.1],
		[300_000_000_000n, 0.3],
		[4_123_456_789_012n, 4.123456789012],
		[-1_500_000_000_000n, -1.5],
		[9_007_199_254_740_993_000_000_000_000n, 9_007_199_254_740_992],
	])('%s p$ is %d', (amount, dollars) => expect(usdNumber(amount)).toBe(dollars));

	test('keeps the order of amounts', () => {
		fc.assert(
			fc.property(fc.bigInt(), fc.bigInt({min: 0n}), (amount, more) => {
				expect(usdNumber(amount)).toBeLessThanOrEqual(usdNumber(amount + more));
			}),
		);
	});
});

describe('an amount as billing writes it', () => {
	test.each([
		['12.3456789012345', 12_345_678_901_235n],
		['12.3456789012344', 12_345_678_901_234n],
		['-0.5', -500_000_000_000n],
		['+1', 1_000_000_000_000n],
		['.5', 500_000_000_000n],
		['5.', 5_000_000_000_000n],
		['1.2E-7', 120_000n],
		['1e+2', 100_000_000_000_000n],
		['0.0000000000005', 1n],
		['-0.0000000000005', -1n],
		['0.00000000000049', 0n],
		[' 7 ', 7_000_000_000_000n],
		['9007199254740993', 9_007_199_254_740_993_000_000_000_000n],
	])('%s is %s p$', (written, amount) => expect(picoFromDecimal(written)).toBe(amount));

	test.each(['', '.', '-', 'e5', '1,5', '$1', '1e', '1e9999', '0x10', 'NaN'])('%j is none', written => {
		expect(picoFromDecimal(written)).toBeUndefined();
	});

	test('what is written exactly reads back', () => {
		fc.assert(
			fc.property(fc.bigInt(), amount => {
				expect(picoFromDecimal(usdString(amount))).toBe(amount);
			}),
		);
	});
});

import fc from 'fast-check';
import {expect, test} from 'vitest';
import {addUsage, noUsage, promptTokens, totalTokens, type Usage} from '../../../source/domain/money/usage.ts';

const usage: Usage = {input: 1, output: 20, cacheRead: 300, cacheWrite5m: 4000, cacheWrite1h: 50_000};

test('all tokens count, whatever their kind', () => expect(totalTokens(usage)).toBe(54_321));

test('a prompt is everything that was sent: what was answered does not count towards its size', () => {
	expect(promptTokens(usage)).toBe(54_301);
});

test('usages add up kind by kind', () => {
	expect(addUsage(usage, {input: 1, output: 2, cacheRead: 3, cacheWrite5m: 4, cacheWrite1h: 5})).toEqual({
		...{input: 2, output: 22, cacheRead: 303, cacheWrite5m: 4004, cacheWrite1h: 50_005},
	});
	expect(addUsage(usage, noUsage)).toEqual(usage);
});

test('a sum has the tokens of its parts', () => {
	const tokens = fc.nat(1_000_000);
	const some = fc.record({
		input: tokens,
		output: tokens,
		cacheRead: tokens,
		cacheWrite5m: tokens,
		cacheWrite1h: tokens,
	});
	fc.assert(
		fc.property(some, some, (a, b) => {
			expect(totalTokens(addUsage(a, b))).toBe(totalTokens(a) + totalTokens(b));
			expect(promptTokens(addUsage(a, b))).toBe(promptTokens(a) + promptTokens(b));
		}),
	);
});

import {isDeepStrictEqual} from 'node:util';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {equal} from '../../../source/domain/common/equal.ts';

test.each<[string, unknown, unknown, boolean]>([
	['the same number', 1, 1, true],
	['a number and its bigint', 1, 1n, false],
	['equal bigints', 10n ** 20n, 10n ** 20n, true],
	['not a number', Number.NaN, Number.NaN, true],
	['zeros of two signs', 0, -0, false],
	['null and undefined', null, undefined, false],
	['objects in another order', {a: 1, b: 2}, {b: 2, a: 1}, true],
	['a missing and an undefined field', {a: undefined}, {}, false],
	['a missing and another undefined field', {a: undefined}, {b: undefined}, false],
	['an array and an object like it', [1], {0: 1}, false],
	['an array and one with a hole', [undefined], Array(1), false],
	['arrays of other lengths', [1], [1, 2], false],
	['Maps of the same entries', new Map([['a', {b: 1n}]]), new Map([['a', {b: 1n}]]), true],
	[
		'Maps in another order',
		new Map([
			[1, 1],
			[2, 2],
		]),
		new Map([
			[2, 2],
			[1, 1],
		]),
		true,
	],
	['Maps of other values', new Map([['a', 'arn:1']]), new Map([['a', 'arn:2']]), false],
	['Maps of another key without a value', new Map([['a', undefined]]), new Map([['b', undefined]]), false],
	['Maps with objects as keys', new Map([[{a: 1}, 1]]), new Map([[{a: 1}, 1]]), true],
	['Maps within objects', {pins: new Map([['a', 1]])}, {pins: new Map([['a', 2]])}, false],
	['Sets in another order', new Set([1, 2]), new Set([2, 1]), true],
	['Sets of objects', new Set([{a: 1}]), new Set([{a: 2}]), false],
	['a Map and a Set', new Map(), new Set(), false],
])('%s', (_, a, b, expected) => {
	expect([equal(a, b), equal(b, a)]).toEqual([expected, expected]);
	expect(isDeepStrictEqual(a, b)).toBe(expected);
});

/** Node 24.21 itself throws on Sets in which null stands against an object. */
const askNode = (a: unknown, b: unknown): boolean | undefined => {
	try {
		return isDeepStrictEqual(a, b);
	} catch {
		return undefined;
	}
};

test('it says what Node says of any two values', () => {
	const key = fc.constantFrom('a', 'b', 'c');
	const leaf = fc.oneof(fc.constantFrom<unknown>(0, -0, 1, Number.NaN, 1n, 2n, 'a', 'b', true, null, undefined));
	const {value} = fc.letrec(tie => ({
		value: fc.oneof(
			{maxDepth: 3},
			leaf,
			fc.array(tie('value'), {maxLength: 3}),
			fc.dictionary(key, tie('value'), {maxKeys: 3, noNullPrototype: true}),
			fc.array(fc.tuple(fc.oneof(key, tie('value')), tie('value')), {maxLength: 3}).map(entries => new Map(entries)),
			fc.array(tie('value'), {maxLength: 3}).map(values => new Set(values)),
		),
	}));
	fc.assert(
		fc.property(value, value, (a, b) => {
			const expected = askNode(a, b);
			fc.pre(expected !== undefined);
			return equal(a, b) === expected;
		}),
		{numRuns: 2000},
	);
	fc.assert(fc.property(value, a => equal(a, structuredClone(a))));
});

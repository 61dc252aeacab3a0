import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {inOrder, keepOrder} from '../../../source/screen/input/order.ts';

const rows = (values: Readonly<Record<string, number>>) => Object.entries(values).map(([key, value]) => ({key, value}));
const before = keepOrder(undefined, rows({a: 100, b: 95, c: 10}), 0);

describe('rows keep their order', () => {
	test.each([
		['while they differ by less than a tenth', {a: 100, b: 109, c: 10}, 5000, ['a', 'b', 'c']],
		['no longer once one has outgrown another by more', {a: 100, b: 111, c: 10}, 5000, ['b', 'a', 'c']],
		['for ten seconds at most', {a: 100, b: 101, c: 10}, 10_000, ['b', 'a', 'c']],
		['also where the clock was set back', {a: 100, b: 101, c: 10}, -1, ['b', 'a', 'c']],
		['no longer where one is new', {a: 100, b: 101, c: 10, d: 200}, 5000, ['d', 'b', 'a', 'c']],
		['no longer where one is gone', {b: 101, a: 100}, 5000, ['b', 'a']],
		['from nothing on', {a: 0, b: 1, c: 0}, 5000, ['b', 'a', 'c']],
	])('%s', (_, values, at, keys) => {
		expect(keepOrder(before, rows(values), at).keys).toEqual(keys);
	});

	test('and the order is the same object while nothing moves', () => {
		expect(keepOrder(before, rows({a: 102, b: 96, c: 11}), 60_000)).toBe(before);
	});

	test('whatever happens every row is there once, and none stands below one that is a tenth smaller', () => {
		const values = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.integer({min: 0, max: 200}));
		fc.assert(
			fc.property(fc.array(fc.tuple(values, fc.integer({min: 0, max: 15_000})), {minLength: 1}), steps => {
				let [order, at] = [undefined as ReturnType<typeof keepOrder> | undefined, 0];
				for (const [step, ms] of steps) {
					at += ms;
					order = keepOrder(order, rows(step), at);
					expect([...order.keys].sort()).toEqual(Object.keys(step).sort());
					const shown = order.keys.map(key => step[key] as number);
					for (const [index, value] of shown.entries()) {
						for (const above of shown.slice(0, index)) expect(value).toBeLessThanOrEqual(above * 1.1 + 1e-9);
					}
				}
			}),
		);
	});
});

test('rows that an order does not name stand behind the others, as they stood', () => {
	expect(inOrder(['x', 'b', 'y', 'a'], key => key, ['a', 'b'])).toEqual(['a', 'b', 'x', 'y']);
	expect(inOrder(['b', 'a'], key => key, undefined)).toEqual(['b', 'a']);
});

import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {createAllowance} from '../../../source/domain/watching/allowance.ts';

const day = 86_400_000;
const dollar = 1_000_000_000_000n;
const start = 1_795_000_000_000;
/** A fifth of it, two dollars, can be spent at once; eight come in over the day. */
const allowance = () => createAllowance(10n * dollar, start);

test('without a limit everything is affordable at once', () => {
	const free = createAllowance(undefined, start);
	free.take(1000n * dollar, start);
	expect([free.stretch(start), free.owedMs(start)]).toEqual([1, 0]);
});

describe('an allowance', () => {
	test.each([
		['nothing is spent', 0n, 1],
		['half of what is saved is left', dollar, 1],
		['a quarter is left', (3n * dollar) / 2n, 2.5],
		['nothing is left', 2n * dollar, 4],
		['something is owed', 3n * dollar, 4],
	])('stretches the waits as it runs low: %s', (_, price, stretch) => {
		const {take, stretch: stretchAt} = allowance();
		take(price, start);
		expect(stretchAt(start)).toBeCloseTo(stretch, 9);
	});

	test.each([
		['all that is saved leaves no debt', 2n * dollar, 0],
		['two dollars more are owed a quarter of a day', 4n * dollar, day / 4],
		['a debt is never longer than a day', 100n * dollar, day],
	])('%s', (_, price, owedMs) => {
		const {take, owedMs: owedAt} = allowance();
		take(price, start);
		expect(owedAt(start)).toBeCloseTo(owedMs, 3);
	});

	test('fills up evenly, pays its debt first, and saves no more than a fifth', () => {
		const {take, owedMs, stretch} = allowance();
		take(4n * dollar, start);
		expect(owedMs(start + day / 8)).toBeCloseTo(day / 8, 3);
		expect(stretch(start + day / 4)).toBe(4);
		expect(owedMs(start + day / 4)).toBeCloseTo(0, 3);
		expect(stretch(start + day / 4 + day / 8)).toBeCloseTo(1, 9);
		take(3n * dollar, start + 100 * day);
		expect(owedMs(start + 100 * day)).toBeCloseTo(day / 8, 3);
	});

	test('gets no richer by a clock that is set back', () => {
		const {take, owedMs} = allowance();
		take(3n * dollar, start);
		expect(owedMs(start - day)).toBeCloseTo(day / 8, 3);
	});

	test('of nothing slows nothing down while nothing is spent, and owes a day from then on', () => {
		const none = createAllowance(0n, start);
		expect([none.stretch(start), none.owedMs(start)]).toEqual([1, 0]);
		none.take(1n, start);
		expect(none.owedMs(start)).toBe(day);
	});

	test('never lets 24 hours cost more than it allows, but for the last request', () => {
		const price = dollar / 10n;
		fc.assert(
			fc.property(fc.array(fc.integer({min: 0, max: day / 50}), {maxLength: 300}), waits => {
				const {take, owedMs} = allowance();
				let [at, spent] = [start, 0n];
				for (const ms of waits) {
					at += ms;
					if (at > start + day) break;
					if (owedMs(at) > 0) continue;
					take(price, at);
					spent += price;
				}
				expect(spent).toBeLessThanOrEqual(10n * dollar + price);
			}),
		);
	});
});

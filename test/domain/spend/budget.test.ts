import {describe, expect, test} from 'vitest';
import {noAmount} from '../../../source/domain/money/amount.ts';
import {budgetOf} from '../../../source/domain/spend/budget.ts';

const dollar = 1_000_000_000_000n;
const spent = {...noAmount, amount: dollar, calls: 3, unpricedCalls: 1};

describe('a budget', () => {
	test('says what is spent of it, and how many replies are in no figure', () => {
		expect(budgetOf('day', 4n * dollar, spent)).toEqual({
			...{period: 'day', limit: 4n * dollar, spent: dollar, unpricedCalls: 1},
			...{share: 0.25, level: 'ok'},
		});
	});

	test.each([
		['a pico-dollar under 80 % is fine', 1_250_000_000_001n, 'ok'],
		['80 % is near', 1_250_000_000_000n, 'near'],
		['a pico-dollar under all of it is near', 1_000_000_000_001n, 'near'],
		['all of it is over', dollar, 'over'],
		['more than it is over', dollar / 2n, 'over'],
		['nothing allowed is over', 0n, 'over'],
	] as const)('%s', (_, limit, level) => expect(budgetOf('month', limit, spent).level).toBe(level));

	test.each([
		['twice the limit', dollar / 2n, 2],
		['a third, to the hundredth of a percent', 3n * dollar, 0.3333],
		['of nothing allowed, all', 0n, 1],
	] as const)('its share: %s', (_, limit, share) => expect(budgetOf('month', limit, spent).share).toBe(share));

	test('of nothing allowed is over before anything is spent', () => {
		expect(budgetOf('day', 0n, noAmount)).toMatchObject({share: 1, level: 'over'});
	});
});

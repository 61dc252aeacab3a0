import {expect, test} from 'vitest';
import {noAmount} from '../../../source/domain/money/amount.ts';
import {moneyText, rangeText} from '../../../source/screen/text/money-text.ts';

const cents = (count: bigint) => count * 10_000_000_000n;
const sum = {...noAmount, amount: cents(450n), low: cents(450n), high: cents(450n), calls: 3};

test('a figure is one where it is exact, a range with one dollar sign where it is not', () => {
	expect(rangeText(sum)).toBe('$4.50');
	expect(rangeText({...sum, low: cents(440n), high: cents(490n)})).toBe('$4.40–4.90');
});

test.each([
	['is exact', {}, '$4.50'],
	['is a range', {low: cents(440n)}, '$4.40–4.50'],
	['is at least that', {lowerBound: true}, '≥$4.50'],
	['is at least that where some replies have no price', {unpricedCalls: 2, unpricedTokens: 1200}, '≥$4.50'],
	['is unknown where none has one', {amount: 0n, unpricedCalls: 3, unpricedTokens: 1200}, 'unpriced 1.2k tok'],
])('a sum %s', (_, changes, expected) => expect(moneyText({...sum, ...changes})).toBe(expected));

test('nothing is $0.00, which is known', () => expect(moneyText(noAmount)).toBe('$0.00'));

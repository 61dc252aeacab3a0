import {describe, expect, test} from 'vitest';
import type {Budget} from '../../../source/domain/spend/budget.ts';
import {plainText} from '../../../source/screen/text/line.ts';
import {budgetLine, budgetWords} from '../../../source/screen/text/money.ts';

const budget: Budget = {
	...{period: 'day', limit: 20_000_000_000_000n, spent: 5_000_000_000_000n},
	...{share: 0.25, level: 'ok', unpricedCalls: 0},
};

describe('a budget in words', () => {
	test.each<[Partial<Budget>, string]>([
		[{}, '25% of $20.00 today'],
		[{period: 'month', level: 'near', share: 0.869}, '▲ 86% of $20.00 this month'],
		[{level: 'over', share: 1.2}, '✗ 120% of $20.00 today'],
		[{level: 'near', share: 0.9999}, '▲ 99% of $20.00 today'],
	])('%j', (changes, words) => expect(budgetWords({...budget, ...changes})).toBe(words));
});

describe('a budget as a bar', () => {
	const text = (changes: Partial<Budget>, width: number) => plainText(budgetLine({...budget, ...changes}, width));

	test('has at most 24 cells, as many full as are used', () => {
		expect(text({}, 100)).toBe(`${'█'.repeat(6)}${'░'.repeat(18)} 25% of $20.00 today`);
	});

	test('is never longer than all of it', () => {
		expect(text({share: 3, level: 'over'}, 100)).toBe(`${'█'.repeat(24)} ✗ 300% of $20.00 today`);
	});

	test('shrinks with the width down to six cells, and then is words alone', () => {
		const words = ' 25% of $20.00 today';
		expect(text({}, words.length + 7)).toBe(`██░░░░${words}`);
		expect(text({}, words.length + 6)).toBe(words.trim());
	});

	test.each([
		['ok', 'good'],
		['near', 'warn'],
		['over', 'bad'],
	] as const)('that is %s looks %s', (level, style) => {
		expect(budgetLine({...budget, level}, 100).map(([, look]) => look)).toEqual([style, 'dim', style]);
		expect(budgetLine({...budget, level}, 10).map(([, look]) => look)).toEqual([style]);
	});
});

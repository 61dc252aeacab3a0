import {expect, test} from 'vitest';
import {sheet, table} from '../../source/output/sheet.ts';

test('a table is as wide as its widest cells, wide characters counted, and has the columns of all rows', () => {
	expect(
		table([
			{folder: '~/项目', cost: '$1.20'},
			{folder: '~', calls: '3'},
		]),
	).toEqual([
		'┌────────┬───────┬───────┐',
		'│ folder │ cost  │ calls │',
		'├────────┼───────┼───────┤',
		'│ ~/项目 │ $1.20 │       │',
		'├────────┼───────┼───────┤',
		'│ ~      │       │ 3     │',
		'└────────┴───────┴───────┘',
	]);
	expect(table([])).toEqual([]);
});

test('paragraphs stand apart, those without a line take no room', () => {
	expect(sheet([['Spend', 'one  '], [], ['Calls']])).toBe('Spend\none\n\nCalls\n');
});

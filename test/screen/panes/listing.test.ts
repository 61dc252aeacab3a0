import {expect, test} from 'vitest';
import {list} from '../../../source/screen/panes/listing.ts';
import {plainText} from '../../../source/screen/text/line.ts';

const rows = ['a', 'bb', 'cccc'].map((name, index) => ({name, index}));
type Row = (typeof rows)[number];
const listing = (others: Partial<Parameters<typeof list<Row>>[0]> = {}) =>
	list<Row>({
		columns: [
			{title: 'name', cell: ({name}) => name, drop: 0},
			{title: '#', cell: ({index}) => String(index), drop: 1},
		],
		...{rows, keyOf: ({name}) => name, width: 20, titles: true},
		targetOf: ({name, index}) => (index === 0 ? undefined : {kind: 'model', key: name}),
		...others,
	});

test('every row has its name, in order, and opens what it stands for', () => {
	const {keys, targetOf, outOf} = listing();
	expect({keys, outOf}).toEqual({keys: ['a', 'bb', 'cccc'], outOf: 3});
	expect([0, 1, 3, -1].map(targetOf)).toEqual([undefined, {kind: 'model', key: 'bb'}, undefined, undefined]);
});

test('how many rows there are without a filter is said where it is another number', () => {
	expect(listing({outOf: 9}).outOf).toBe(9);
});

test('titles are only for what has rows', () => {
	expect([listing().hasTitles, listing({rows: []}).hasTitles, listing({titles: false}).hasTitles]).toEqual([
		...[true, false, false],
	]);
});

test('columns are as wide as the rows they were made for, and only the rows that are seen are drawn', () => {
	const drawn = (count: number, from: number, to: number) => {
		const {titles, draw} = listing({titles: false}).fit(count);
		return [plainText(titles), ...draw(from, to).map(plainText)];
	};
	expect(drawn(3, 1, 3)).toEqual(['name #', 'bb   1', 'cccc 2']);
	expect(drawn(1, 0, 1).at(1)).toBe('a 0');
	expect(drawn(2, 2, 9)).toEqual(['n… #', 'c… 2']);
});

import fc from 'fast-check';
import {expect, test} from 'vitest';
import {list} from '../../../source/screen/panes/listing.ts';
import {type Column, chooseColumns, drawRow} from '../../../source/screen/text/columns.ts';
import {fitLine, lineWidth, pad, plainText, span, spread, truncate, widthOf} from '../../../source/screen/text/line.ts';

type Row = {readonly name: string; readonly count: string; readonly extra: string};

const columns: readonly Column<Row>[] = [
	{title: 'name', cell: ({name}) => name, min: 4, drop: 0},
	{title: 'n', cell: ({count}) => count, align: 'right', drop: 0},
	{title: 'extra', cell: ({extra}) => extra, drop: 1},
];
const rows: readonly Row[] = [
	{name: 'opus-5.5', count: '12', extra: 'geo'},
	{name: '项目 sonnet', count: '3', extra: 'global'},
];

const linesOf = (all: readonly Row[], width: number, hasTitles: boolean) => {
	const kind = {columns, rows: all, keyOf: ({name}: Row) => name, targetOf: () => undefined};
	const listing = list({...kind, width, titles: hasTitles});
	const {titles, draw} = listing.fit(all.length);
	const body = draw(0, all.length);
	return listing.hasTitles ? [titles, ...body] : body;
};
const drawn = (width: number, titles = false) => linesOf(rows, width, titles).map(plainText);

test('columns are as wide as their widest cell, numbers to the right, wide characters aligned', () => {
	expect(drawn(40, true)).toEqual(['name         n extra ', 'opus-5.5    12 geo   ', '项目 sonnet  3 global']);
});

test('what is too wide is squeezed first, then the least important column goes', () => {
	expect(drawn(16)).toEqual(['opus-5 12 geo   '.replace('opus-5', 'opus-…'), '项目 …  3 global']);
	expect(drawn(10)).toEqual(['opus-5… 12'.replace('opus-5…', 'opus-5…'), '项目 s…  3']);
});

test('no line is wider than asked, and all of one table are equally wide', () => {
	const row = fc.record({name: fc.string({unit: 'grapheme'}), count: fc.string(), extra: fc.string()});
	fc.assert(
		fc.property(fc.array(row, {maxLength: 5}), fc.integer({min: 1, max: 60}), (all, width) => {
			for (const line of linesOf(all, width, true)) expect(lineWidth(line)).toBeLessThanOrEqual(width);
		}),
	);
});

test('padding and cutting give exactly the asked width', () => {
	fc.assert(
		fc.property(fc.string({unit: 'grapheme'}), fc.integer({min: 0, max: 30}), (text, width) => {
			expect(widthOf(truncate(text, width))).toBeLessThanOrEqual(width);
			const isSanitised = !/\p{C}/u.test(text);
			if (isSanitised) expect(widthOf(pad(text, width))).toBe(width);
		}),
	);
});

test('a line is cut in the middle of a span, keeping its style', () => {
	expect(fitLine([span('abc', 'good'), span('defgh', 'bad')], 6)).toEqual([span('abc', 'good'), span('de…', 'bad')]);
});

test('what stands on the right goes when there is no room for both', () => {
	expect(plainText(spread([span('left')], [span('right')], 12, '─'))).toBe('left───right');
	expect(plainText(spread([span('left')], [span('right')], 9, '─'))).toBe('left');
});

test('columns go in the order they say, the highest number first; a stiff one is squeezed when nothing is left to drop', () => {
	const cells: readonly Column<string>[] = [
		{title: 'a', cell: () => 'aaaa', min: 2, isStiff: true, drop: 0},
		{title: 'b', cell: () => 'bbbb', drop: 2},
		{title: 'c', cell: () => 'cccc', drop: 1},
		{title: 'd', cell: () => 'dddd', drop: 3},
	];
	const line = (width: number) => {
		const chosen = chooseColumns(cells, ['row'], width, false);
		return plainText(drawRow(chosen, 'row', width));
	};
	expect([19, 18, 13, 8, 3].map(line)).toEqual(['aaaa bbbb cccc dddd', 'aaaa bbbb cccc', 'aaaa cccc', 'aaaa', 'aa…']);
});

import {describe, expect, test} from 'vitest';
import {bodyOf, selectedIndex} from '../../../source/screen/panes/body.ts';
import {list} from '../../../source/screen/panes/listing.ts';
import type {PaneContent} from '../../../source/screen/panes/pane.ts';
import {type Line, lineWidth, plainText, span} from '../../../source/screen/text/line.ts';

const letters = [...'abcdefghij'];
type Given = {
	readonly rows?: readonly string[];
	readonly notices?: number;
	readonly titles?: boolean;
	readonly foot?: number;
};
const content = ({rows = letters, notices = 0, titles = true, foot = 0}: Given): PaneContent => {
	const lines = (count: number, word: string): readonly Line[] =>
		Array.from({length: count}, (_, index) => [span(`${word}${index}`)]);
	return {
		...{headline: [], clock: [], isStale: false, notices: lines(notices, 'notice'), footnotes: lines(foot, 'foot')},
		listing: list({
			columns: [{title: 'T', cell: (row: string) => row, drop: 0}],
			...{rows, keyOf: (row: string) => row, targetOf: () => undefined, width: 10, titles},
		}),
	};
};
const trimmed = (lines: readonly Line[]) => lines.map(line => plainText(line).trimEnd());

describe('a pane without the focus', () => {
	test.each<[string, Given, number, readonly string[]]>([
		['shows all where all fits', {rows: ['a', 'b']}, 5, ['T', 'a', 'b']],
		[
			'says notices first and footnotes last',
			{rows: ['a'], notices: 1, foot: 2},
			9,
			['notice0', 'T', 'a', 'foot0', 'foot1'],
		],
		['cuts footnotes', {rows: ['a'], foot: 9}, 3, ['T', 'a', 'foot0']],
		['counts what does not fit', {}, 6, ['T', 'a', 'b', 'c', 'd', '… 6 more']],
		['has no titles where not two rows come under them', {notices: 2}, 4, ['notice0', 'notice1', 'a', '… 9 more']],
		['has them from there on', {notices: 2}, 5, ['notice0', 'notice1', 'T', 'a', '… 9 more']],
		['shows rows alone where there is hardly room', {}, 3, ['T', 'a', 'b']],
		['shows what it can of notices', {notices: 5}, 3, ['notice0', 'notice1', 'notice2']],
		['shows nothing in no room', {}, 0, []],
		['has nothing to count where there are no rows', {rows: [], notices: 1}, 4, ['notice0']],
	])('%s', (_, given, room, expected) => expect(trimmed(bodyOf(content(given), room))).toEqual(expected));
});

describe('a pane with the focus', () => {
	const body = (given: Given, room: number, selected?: string) =>
		trimmed(bodyOf(content(given), room, {width: 10, selected}));

	test.each<[string, Given, number, string | undefined, readonly string[]]>([
		['selects the first row at first', {rows: ['a', 'b']}, 5, undefined, [' T', '▸a', ' b']],
		['selects a row by its name', {rows: ['a', 'b']}, 5, 'b', [' T', ' a', '▸b']],
		['selects the first where that row has gone', {rows: ['a', 'b']}, 5, 'gone', [' T', '▸a', ' b']],
		['keeps the selected row in the middle', {}, 6, 'e', [' T', ' c', ' d', '▸e', ' f', ' … 2 above, 4 below']],
		['does not scroll beyond the first row', {}, 6, 'b', [' T', ' a', '▸b', ' c', ' d', ' … 0 above, 6 below']],
		['nor beyond the last', {}, 6, 'j', [' T', ' g', ' h', ' i', '▸j', ' … 6 above, 0 below']],
		['has no titles in four rows', {notices: 1}, 4, 'c', [' notice0', ' b', '▸c', ' d']],
		[
			'gives notices half of the room where rows do not fit',
			{notices: 9},
			6,
			'a',
			[' notice0', ' notice1', ' notice2', '▸a', ' b', ' c'],
		],
		[
			'says all notices where there is no row',
			{rows: [], notices: 5},
			4,
			undefined,
			[' notice0', ' notice1', ' notice2', ' notice3'],
		],
		['says footnotes where there is room', {rows: ['a'], foot: 1}, 5, undefined, [' T', '▸a', ' foot0']],
		['shows the selected row in the least room', {titles: false}, 1, 'f', ['▸f']],
	])('%s', (_, given, room, selected, expected) => expect(body(given, room, selected)).toEqual(expected));

	test('marks the selected row over its whole width', () => {
		const [line = []] = bodyOf(content({titles: false}), 5, {width: 10, selected: undefined});
		expect(lineWidth(line)).toBe(10);
		expect(line.map(([, style]) => style)).toEqual(['accent', 'selected', 'selected']);
	});
});

test.each([
	['a', 0],
	['c', 2],
	['gone', 0],
	[undefined, 0],
])('the row of %s is the one at %i', (key, index) => expect(selectedIndex(letters, key)).toBe(index));

import fc from 'fast-check';
import {expect, test} from 'vitest';
import {type Content, type Layout, layOutScreen} from '../../../source/screen/layout/layout.ts';
import {paneIds} from '../../../source/screen/panes/pane-table.ts';

const content: Content = {routing: 4, spend: 6, models: 5, calls: 100};

const heightOf = ({hasHeader, hasFooter, troubleRows, rows}: Layout) =>
	Number(hasHeader) + Number(hasFooter) + troubleRows + rows.reduce((sum, [pane]) => sum + (pane?.height ?? 0), 0);

const describe = (layout: Layout) =>
	layout.rows.map(row => row.map(({id, width, height}) => `${id} ${width}×${height}`).join(' | '));

test.each([
	[40, 12, ['routing', 'spend', 'calls', 'models']],
	[60, 15, ['routing', 'spend', 'calls', 'models']],
	[99, 50, ['routing', 'spend', 'calls', 'models']],
])('%i×%i is a stack', (columns, rows, panes) => {
	const layout = layOutScreen({columns, rows, content, troubleLines: 0, focus: undefined, ...usual});
	expect(layout.kind).toBe('stack');
	expect(
		layout.rows
			.flat()
			.map(({id}) => id)
			.sort(),
	).toEqual(panes.sort());
});

const usual = {isZoomed: false, hasPrompt: false};

test('a stack at 60×15 with trouble keeps two lines for it above everything else', () => {
	const layout = layOutScreen({columns: 60, rows: 15, content, troubleLines: 2, focus: undefined, ...usual});
	expect(layout.troubleRows).toBe(2);
	expect(describe(layout)).toEqual(['spend 60×3', 'routing 60×3', 'calls 60×3', 'models 60×2']);
});

test('100×30 is a grid: routing beside spend, models, calls', () => {
	const layout = layOutScreen({columns: 100, rows: 30, content, troubleLines: 0, focus: undefined, ...usual});
	expect(describe(layout)).toEqual(['routing 48×7 | spend 49×7', 'models 100×6', 'calls 100×15']);
});

test('where only few panes fit, spend and routing come first', () => {
	const layout = layOutScreen({columns: 40, rows: 5, content, troubleLines: 0, focus: undefined, ...usual});
	expect(layout.rows.flat().map(({id}) => id)).toEqual(['spend', 'routing', 'calls']);
});

test('a focused pane is given room even where it would not have fitted', () => {
	const layout = layOutScreen({columns: 40, rows: 5, content, troubleLines: 0, focus: 'models', ...usual});
	expect(layout.rows.flat().map(({id}) => id)).toContain('models');
});

const longContent: Content = {routing: 99, spend: 99, models: 99, calls: 99};
const heightsOf = (layout: Layout) => new Map(layout.rows.flat().map(({id, height}) => [id, height]));

test.each([
	// Columns, rows; rows of the focused pane where all have more to show than fits, and for the others together. What is left over is shared evenly.
	[40, 5, 4, 1],
	[40, 7, 4, 2],
	[40, 12, 5, 5],
	[60, 15, 7, 6],
	[80, 24, 13, 9],
	[99, 50, 29, 19],
])(
	'at %i×%i whichever pane has the focus gets half of the rows at least, whatever the others do without',
	(columns, rows, own, rest) => {
		for (const focus of paneIds) {
			const layout = layOutScreen({columns, rows, content: longContent, troubleLines: 0, focus, ...usual});
			expect(layout.kind).toBe('stack');
			const others = [...heightsOf(layout)].filter(([id]) => id !== focus);
			expect(heightsOf(layout).get(focus), focus).toBe(own);
			expect(
				others.reduce((sum, [, height]) => sum + height, 0),
				focus,
			).toBe(rest);
		}
	},
);

test.each([
	// The room is half of what trouble leaves.
	[60, 15, 2, 6],
	[80, 24, 3, 11],
])('at %i×%i with %i lines of trouble it gets half of the rest at least', (columns, rows, troubleLines, own) => {
	const layout = layOutScreen({columns, rows, content: longContent, troubleLines, focus: 'models', ...usual});
	expect(heightsOf(layout).get('models')).toBe(own);
});

test('a focused pane that has little to show takes no more than that, and the others get the rest', () => {
	const few: Content = {...longContent, models: 2};
	const layout = layOutScreen({columns: 80, rows: 24, content: few, troubleLines: 0, focus: 'models', ...usual});
	expect(Object.fromEntries(heightsOf(layout))).toEqual({spend: 7, routing: 6, calls: 6, models: 3});
});

test.each([
	[undefined, {routing: 11, spend: 11, models: 6, calls: 11}],
	['routing', {routing: 16, spend: 16, models: 4, calls: 8}],
	['spend', {routing: 16, spend: 16, models: 4, calls: 8}],
	['models', {routing: 11, spend: 11, models: 11, calls: 6}],
	['calls', {routing: 11, spend: 11, models: 6, calls: 11}],
] as const)('in a grid with the focus on %s the rows are shared out so', (focus, heights) => {
	const layout = layOutScreen({columns: 100, rows: 30, content: longContent, troubleLines: 0, focus, ...usual});
	expect(Object.fromEntries(heightsOf(layout))).toEqual(heights);
});

test('in a grid panes that have nothing to say keep three rows at the top, one below, and the last one gets the rest', () => {
	const layout = layOutScreen({columns: 100, rows: 30, content: {}, troubleLines: 0, focus: undefined, ...usual});
	expect(Object.fromEntries(heightsOf(layout))).toEqual({routing: 4, spend: 4, models: 2, calls: 22});
});

test('places follow each other below the header and trouble, beside each other with a rule between', () => {
	const layout = layOutScreen({columns: 100, rows: 30, content, troubleLines: 2, focus: undefined, ...usual});
	expect(layout.rows.flat().map(({id, row, column}) => [id, row, column])).toEqual([
		['routing', 3, 0],
		['spend', 3, 51],
		['models', 10, 0],
		['calls', 16, 0],
	]);
});

test.each([
	[20, 40],
	[100, 3],
	[35, 12],
])('%i×%i is a ribbon', (columns, rows) => {
	expect(layOutScreen({columns, rows, content, troubleLines: 0, focus: undefined, ...usual}).kind).toBe('ribbon');
});

test('fills the screen exactly at every size, whatever there is to show', () => {
	const length = fc.integer({min: 0, max: 60});
	fc.assert(
		fc.property(
			fc.integer({min: 36, max: 300}),
			fc.integer({min: 4, max: 100}),
			fc.record({routing: length, spend: length, models: length, calls: length}),
			fc.integer({min: 0, max: 5}),
			fc.option(fc.constantFrom(...paneIds), {nil: undefined}),
			(columns, rows, contentOf, troubleLines, focus) => {
				const layout = layOutScreen({columns, rows, content: contentOf, troubleLines, focus, ...usual});
				expect(heightOf(layout)).toBe(rows);
				for (const row of layout.rows) {
					const gaps = 3 * (row.length - 1);
					expect(row.reduce((sum, {width}) => sum + width, gaps)).toBe(columns);
					expect(new Set(row.map(({height}) => height)).size).toBe(1);
				}
			},
		),
	);
});

test.each([
	[100, 18, 'grid'],
	[100, 17, 'stack'],
	[99, 18, 'stack'],
])('%i×%i is a %s', (columns, rows, kind) => {
	expect(layOutScreen({columns, rows, content, troubleLines: 0, focus: undefined, ...usual}).kind).toBe(kind);
});

test.each([
	[8, true, true],
	[7, false, true],
	[5, false, false],
])('%i rows have a footer: %s, a header: %s', (rows, hasFooter, hasHeader) => {
	const layout = layOutScreen({columns: 60, rows, content, troubleLines: 0, focus: undefined, ...usual});
	expect(layout).toMatchObject({hasFooter, hasHeader});
});

test.each([
	[1, false],
	[2, true],
	[7, true],
])('where something is typed, %i rows have a footer: %s', (rows, hasFooter) => {
	const layout = layOutScreen({
		columns: 60,
		rows,
		content,
		troubleLines: 0,
		focus: undefined,
		...usual,
		hasPrompt: true,
	});
	expect(layout).toMatchObject({hasFooter});
});

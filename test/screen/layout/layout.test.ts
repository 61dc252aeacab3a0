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

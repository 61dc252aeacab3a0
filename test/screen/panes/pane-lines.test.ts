import {describe, expect, test} from 'vitest';
import {initialUi} from '../../../source/screen/input/ui.ts';
import {list} from '../../../source/screen/panes/listing.ts';
import type {PaneContent} from '../../../source/screen/panes/pane.ts';
import {type PaneLook, paneLines, withEdge} from '../../../source/screen/panes/pane-lines.ts';
import {lineWidth, plainText, span} from '../../../source/screen/text/line.ts';

const content = (width: number, others: Partial<PaneContent> = {}, outOf = 3): PaneContent => ({
	...{headline: [span('$5.00', 'strong')], clock: [span('trail 2m', 'dim')], notices: [], isStale: false},
	listing: list({
		columns: [{title: 'name', cell: (row: string) => row, style: () => 'strong', drop: 0}],
		...{rows: ['a', 'b', 'c'], keyOf: (row: string) => row, targetOf: () => undefined, titles: false},
		...{width, outOf},
	}),
	...others,
});
const look: PaneLook = {ui: initialUi, badges: []};
const lines = (height: number, others: Partial<PaneLook> = {}, of: Partial<PaneContent> = {}, outOf = 3) =>
	paneLines({id: 'spend', width: 40, height}, (_, width) => content(width, of, outOf), {...look, ...others});
const texts = (...given: Parameters<typeof lines>) => lines(...given).map(line => plainText(line).trimEnd());

describe('a pane', () => {
	test('has its key, its name, its headline and its clock over its rows, and is exactly its height', () => {
		expect(texts(5)).toEqual(['2 Spend $5.00 ───────────────── trail 2m', 'a', 'b', 'c', '']);
		expect(texts(2)).toEqual(['2 Spend $5.00 ───────────────── trail 2m', 'a']);
		expect(texts(1)).toHaveLength(1);
	});

	test('shows the focus in its title and in its first row', () => {
		const [title, row] = lines(3, {ui: {...initialUi, focus: 'spend'}});
		expect(plainText(title ?? [])).toMatch(/^2▸Spend \$5/);
		expect(plainText(row ?? [])).toMatch(/^▸a +$/);
		expect(lineWidth(row ?? [])).toBe(40);
		expect(texts(3, {ui: {...initialUi, focus: 'calls'}})[0]).toMatch(/^2 Spend/);
	});

	test('says how many of its rows a filter leaves', () => {
		expect(texts(2, {}, {}, 9)[0]).toMatch(/^2 Spend 3 of 9 \$5\.00 ─/);
	});

	test('says what the header has no room to say', () => {
		expect(texts(2, {badges: [span('DEMO')]})[0]).toMatch(/^DEMO 2 Spend/);
	});

	test('is dim where its numbers are old, but for what is coloured for a reason', () => {
		const notices = [[span('x', 'bad'), span('y')]];
		const styles = lines(3, {}, {notices, isStale: true}).map(line => line.map(([, style]) => style));
		expect(styles.slice(1)).toEqual([['bad', 'dim'], ['dim']]);
		expect(
			lines(3, {}, {notices})
				.map(line => line.at(-1)?.[1])
				.slice(1),
		).toEqual(['plain', 'strong']);
	});

	test('never has a line that is wider than it', () => {
		const notices = [[span('x'.repeat(99))]];
		for (const line of lines(4, {badges: [span('B'.repeat(99))]}, {notices})) {
			expect(lineWidth(line)).toBeLessThanOrEqual(40);
		}
	});
});

test('a pane beside another is filled up to its edge', () => {
	expect(plainText(withEdge([span('ab')], 4))).toBe('ab   │ ');
	expect(plainText(withEdge([span('abcd')], 4))).toBe('abcd │ ');
});

import {render} from 'ink-testing-library';
import {expect, test} from 'vitest';
import {Painting} from '../../source/components/row.tsx';
import {Screen} from '../../source/components/screen.tsx';
import {defaultBook} from '../../source/domain/money/price-book.ts';
import {createKeymap} from '../../source/screen/input/keymap.ts';
import {initialUi, type Ui} from '../../source/screen/input/ui.ts';
import {type Frame, linesOf} from '../../source/screen/layout/frame.ts';
import {composeScreen} from '../../source/screen/layout/screen.ts';
import {paint} from '../../source/screen/text/theme.ts';
import {overview} from '../../source/state/overview.ts';
import {initialState, reduce} from '../../source/state/state.ts';
import {morning} from '../support/fixture.ts';
import {createRecordingPainter} from '../support/recording-painter.ts';
import {settingsSince} from '../support/settings.ts';

const now = new Date(2026, 10, 23, 15, 4, 0).getTime();
const view = overview(morning(now).reduce(reduce, initialState(defaultBook, settingsSince(now - 8 * 3_600_000))), now);
const keymap = createKeymap();
const frameOf = (columns: number, rows: number, ui: Partial<Ui> = {}, toast?: string): Frame =>
	composeScreen(view, {columns, rows, keymap, isDemo: false, home: '/home/dev', ui: {...initialUi, ...ui}, toast})
		.frame;

const show = (frame: Frame) => {
	const {painter, rows} = createRecordingPainter();
	let renders = 0;
	const painting = {
		paint,
		// A row asks for its painter each time it is rendered, whether that paints it again or not.
		get painter() {
			renders++;
			return painter;
		},
	};
	const treeOf = (shown: Frame) => (
		<Painting value={painting}>
			<Screen frame={shown} />
		</Painting>
	);
	const {rerender} = render(treeOf(frame));
	const takeRenders = () => {
		const taken = renders;
		renders = 0;
		return taken;
	};
	return {rows, takeRenders, change: (next: Frame) => rerender(treeOf(next))};
};

test('a frame in which one row changes renders that row, one that says the same renders none', () => {
	const {takeRenders, change} = show(frameOf(60, 15));
	expect(takeRenders()).toBe(15);
	change(frameOf(60, 15));
	expect(takeRenders()).toBe(0);
	change(frameOf(60, 15, {}, 'copied the policy'));
	expect(takeRenders()).toBe(1);
});

test('panes beside each other are rows of their own', () => {
	const {takeRenders, change} = show(frameOf(100, 30));
	const beside = frameOf(100, 30).panes[0]?.[0]?.lines.length ?? 0;
	expect(takeRenders()).toBe(30 + beside);
	change(frameOf(100, 30, {filter: 'shop'}));
	expect(takeRenders()).toBeLessThan(30 + beside);
});

const looks: readonly (readonly [string, Partial<Ui>])[] = [
	['as it opens', {}],
	['with a focus', {focus: 'calls'}],
	['zoomed', {focus: 'models', isZoomed: true}],
	['with the help open', {card: {kind: 'help'}}],
	['while a filter is typed', {draft: 'haiku'}],
];
const sizes = [
	[20, 1],
	[36, 3],
	[40, 12],
	[60, 15],
	[100, 30],
	[160, 50],
] as const;

test.each(sizes)(
	'at %i×%i a painter gets every row with its place, and loses what is no longer there',
	(columns, rows) => {
		const {rows: painted, change} = show(frameOf(160, 50));
		for (const [name, ui] of looks) {
			const frame = frameOf(columns, rows, ui);
			change(frame);
			expect(painted(), name).toEqual(linesOf(frame).map(paint));
		}
	},
);

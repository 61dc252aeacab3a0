import {expect, test} from 'vitest';
import {defaultBook} from '../../../source/domain/money/price-book.ts';
import {createKeymap} from '../../../source/screen/input/keymap.ts';
import {initialUi, reduceUi, type Ui} from '../../../source/screen/input/ui.ts';
import {linesOf} from '../../../source/screen/layout/frame.ts';
import {planScreen, type ScreenInput} from '../../../source/screen/layout/plan.ts';
import {composeScreen} from '../../../source/screen/layout/screen.ts';
import type {PaneId} from '../../../source/screen/panes/pane-table.ts';
import {plainText} from '../../../source/screen/text/line.ts';
import {overview} from '../../../source/state/overview.ts';
import {type Action, initialState, reduce} from '../../../source/state/state.ts';
import {morning} from '../../support/fixture.ts';
import {settingsSince} from '../../support/settings.ts';

const now = new Date(2026, 10, 23, 15, 4, 0).getTime();
/** Called by somebody else: none of my replies came from it. */
const theirs: Action = {
	type: 'metrics',
	keepSince: 0,
	updates: [
		{
			...{region: 'us-east-1', profile: 'eu.anthropic.claude-sonnet-5-5'},
			points: [['Invocations', [[now - 600_000, 7]]]],
		},
	],
};
const view = overview(
	[...morning(now), theirs].reduce(reduce, initialState(defaultBook, settingsSince(now - 8 * 3_600_000))),
	now,
);
const keymap = createKeymap();
const inputOf = (columns: number, rows: number, ui: Ui): ScreenInput => ({
	...{columns, rows, ui, keymap, isDemo: false, home: '/home/dev'},
});
const press = (ui: Ui, key: string): Ui => {
	const command = keymap.commandOf(key);
	if (command === undefined) throw new Error(`no key ${key}`);
	return reduceUi(ui, command, planScreen(view, inputOf(100, 30, ui)).scene, now);
};
const textOf = (columns: number, rows: number, ui: Ui): string =>
	linesOf(composeScreen(view, inputOf(columns, rows, ui)).frame)
		.map(plainText)
		.join('\n');
const paneText = (id: PaneId, ui: Ui): string => textOf(100, 30, {...ui, focus: id, isZoomed: true});

test('m hides the calls and the models of others, leaves all that is mine, and m again brings them back', () => {
	const mine = press(initialUi, 'm');
	expect(paneText('calls', initialUi)).toMatch(/Boto3/);
	expect(paneText('calls', mine)).not.toMatch(/bob|Boto3/);
	expect(paneText('calls', mine)).toContain('4▸Calls 13 of 16 ');
	expect(paneText('models', initialUi)).toContain('sonnet-5.5');
	expect(paneText('models', mine)).not.toContain('sonnet-5.5');
	expect(paneText('models', mine)).toContain('3▸Models 2 of 3 ');
	for (const id of ['routing', 'spend'] as const) {
		const badge = ' mine only';
		expect(paneText(id, mine).replace(badge, ''), id).toBe(
			paneText(id, initialUi).replace(new RegExp(`^(.*?) {${badge.length}}`), '$1'),
		);
	}
	expect(press(mine, 'm')).toEqual(initialUi);
});

test.each([
	[40, 12],
	[60, 15],
	[100, 30],
	[160, 50],
])('at %i×%i the screen says so', (columns, rows) => {
	expect(textOf(columns, rows, initialUi)).not.toContain('mine only');
	expect(textOf(columns, rows, press(initialUi, 'm'))).toContain('mine only');
});

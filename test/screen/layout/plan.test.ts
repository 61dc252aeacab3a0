import {describe, expect, test} from 'vitest';
import {defaultBook} from '../../../source/domain/money/price-book.ts';
import {refusalKey} from '../../../source/domain/refusals/refusals.ts';
import {createKeymap} from '../../../source/screen/input/keymap.ts';
import {initialUi, type Ui} from '../../../source/screen/input/ui.ts';
import {planScreen, type ScreenInput} from '../../../source/screen/layout/plan.ts';
import {plainText} from '../../../source/screen/text/line.ts';
import {overview} from '../../../source/state/overview.ts';
import {initialState, reduce} from '../../../source/state/state.ts';
import {morning} from '../../support/fixture.ts';
import {settingsSince} from '../../support/settings.ts';

const now = new Date(2026, 10, 23, 15, 4, 0).getTime();
const nothing = overview(initialState(defaultBook, settingsSince(now - 8 * 3_600_000)), now);
const view = overview(morning(now).reduce(reduce, nothing.state), now);
const [refusal] = view.refusals;
const ofRefusal = refusal && {kind: 'refusal', key: refusalKey(refusal)};
const plan = (ui: Partial<Ui> = {}, input: Partial<ScreenInput> = {}, of = view) =>
	planScreen(of, {
		...{columns: 100, rows: 30, keymap: createKeymap(), isDemo: false, ui: {...initialUi, ...ui}},
		...input,
	});

describe('Enter opens', () => {
	test('the newest refusal where no pane has the focus, and nothing where there is none', () => {
		expect(plan().scene.target).toEqual(ofRefusal);
		expect(plan({}, {}, nothing).scene.target).toBeUndefined();
		expect([plan().situation.canOpen, plan({}, {}, nothing).situation.canOpen]).toEqual([true, false]);
	});

	test('the selected row, else the first', () => {
		const {keys} = plan({focus: 'calls'}).scene;
		expect(plan({focus: 'calls'}).scene.target).toEqual(ofRefusal);
		expect(plan({focus: 'calls', selected: {calls: keys[1] as string}}).scene.target).toEqual({
			kind: 'call',
			eventId: keys[1],
		});
		expect(plan({focus: 'calls', selected: {spend: keys[1] as string}}).scene.target).toEqual(ofRefusal);
	});

	test('trouble of now where the screen stands still', () => {
		const frozen = plan({frozenAt: now}, {live: view}, nothing);
		expect(frozen.scene.target).toEqual(ofRefusal);
		expect(frozen.troubles[0]?.refusal).toBe(refusal);
		expect(plan({card: {kind: 'refusal', key: ofRefusal?.key ?? ''}}, {live: view}, nothing).card?.title).toEqual(
			plan({card: {kind: 'refusal', key: ofRefusal?.key ?? ''}}).card?.title,
		);
	});
});

describe('a card', () => {
	test('takes the room of all panes, and cannot be opened from', () => {
		const {layout, scene, situation, bodyRoom} = plan({card: {kind: 'help'}});
		expect(layout.kind).toBe('zoom');
		expect(scene.panes).toEqual(['calls']);
		expect(bodyRoom).toBe(30 - layout.troubleRows - 2);
		expect(situation).toMatchObject({isCard: true, canOpen: false, canGoBack: true, canCopy: false});
	});

	test('scrolls as far as its last line, and not where all of it is seen', () => {
		const lines = plan({card: {kind: 'help'}}).card?.body.length ?? 0;
		const small = plan({card: {kind: 'help'}, scroll: 9999}, {rows: 12});
		expect(small.scroll).toBe(lines - (small.bodyRoom - 1));
		expect([small.scene.lastScroll, small.situation.canScroll]).toEqual([small.scroll, true]);
		const large = plan({card: {kind: 'help'}, scroll: 9999}, {rows: 80});
		expect([large.scroll, large.situation.canScroll]).toEqual([0, false]);
		expect(plan({card: {kind: 'help'}, scroll: 2}, {rows: 12}).scroll).toBe(2);
	});

	test('of what is no longer known says so', () => {
		const {card} = plan({card: {kind: 'call', eventId: 'gone'}});
		expect([card?.title, ...(card?.body ?? [])].map(line => plainText(line ?? []))).toEqual([
			...['Gone', 'This is no longer in the window.'],
		]);
	});

	test('is what y copies, else what Enter would open', () => {
		expect(plan({card: {kind: 'call', eventId: 'event-1'}}).copy()?.what).toBe('request id and event id');
		expect(plan().copy()).toEqual(plan({card: ofRefusal as Ui['card']}).copy());
		expect(plan({card: {kind: 'help'}}).copy()).toBeUndefined();
		expect(plan({}, {}, nothing).copy()).toBeUndefined();
	});
});

describe('keys move', () => {
	test('between panes without a focus, between two rows at least with one', () => {
		expect(plan().situation.canMove).toBe(true);
		expect(plan().scene.keys).toEqual([]);
		expect(plan({focus: 'spend'}).scene.keys).toHaveLength(2);
		expect(plan({focus: 'spend'}).situation.canMove).toBe(true);
		expect(plan({focus: 'spend', filter: 'haiku'}).situation.canMove).toBe(false);
	});

	test('a page is what is seen of a card or of a pane in zoom', () => {
		const {bodyRoom, scene} = plan();
		expect(scene.page).toBe(bodyRoom - 3);
		expect(plan({focus: 'calls'}, {rows: 4}).scene.page).toBe(1);
	});

	test('nowhere on a ribbon', () => {
		const {situation, scene, layout} = plan({}, {columns: 80, rows: 1});
		expect([layout.kind, situation.isRibbon, scene.isRibbon, situation.canMove]).toEqual(['ribbon', true, true, false]);
		expect(plan({focus: 'calls'}, {columns: 80, rows: 1}).situation.isRibbon).toBe(false);
	});
});

test.each([
	[{}, '16 of 16 calls'],
	[{filter: 'boto'}, '3 of 16 calls'],
	[{filter: 'boto', draft: 'haiku'}, '6 of 16 calls'],
	[{draft: ''}, '16 of 16 calls'],
	[{focus: 'routing', filter: 'shop'}, '1 of 2 sessions'],
	[{focus: 'spend', filter: 'haiku'}, '1 of 2 spend'],
	[{focus: 'calls', isTroubleOnly: true}, '1 of 16 calls'],
	[{focus: 'calls', isMineOnly: true}, '13 of 16 calls'],
] as const)('what %j leaves is told: %s', (ui, words) => expect(plan(ui).matches()).toBe(words));

test('footnotes make panes beside each other taller where there is room for them', () => {
	const heightOf = (columns: number, rows: number) =>
		plan({}, {columns, rows})
			.layout.rows.flat()
			.find(({id}) => id === 'spend')?.height ?? 0;
	expect(heightOf(100, 40)).toBeGreaterThan(heightOf(100, 39));
});

import {describe, expect, test} from 'vitest';
import type {Command} from '../../../source/screen/input/keymap.ts';
import {canGoBack, initialUi, reduceUi, type Scene, typeFilter, type Ui} from '../../../source/screen/input/ui.ts';

const now = 1_795_000_000_000;
const target = {kind: 'help'} as const;
const scene: Scene = {
	...{panes: ['routing', 'spend', 'models', 'calls'], keys: ['a', 'b', 'c', 'd', 'e'], page: 2, lastScroll: 9},
	isRibbon: false,
};
const ui = (changes: Partial<Ui> = {}): Ui => ({...initialUi, ...changes});
const press = (before: Ui, type: Exclude<Command['type'], 'focus'>, changes: Partial<Scene> = {}) =>
	reduceUi(before, {type}, {...scene, ...changes}, now);
const card = {kind: 'help'} as const;

describe('the focus', () => {
	const focus = (before: Ui) => reduceUi(before, {type: 'focus', pane: 'spend'}, scene, now);

	test.each<[string, Partial<Ui>, Partial<Ui>]>([
		['goes to a pane', {}, {focus: 'spend', isZoomed: false}],
		['goes to another, zoomed as before', {focus: 'calls', isZoomed: true}, {focus: 'spend', isZoomed: true}],
		['zooms the pane that has it', {focus: 'spend'}, {focus: 'spend', isZoomed: true}],
		['ends the zoom', {focus: 'spend', isZoomed: true}, {focus: 'spend', isZoomed: false}],
		['leaves a card for the pane', {card, focus: 'spend', isZoomed: true}, {card: undefined, isZoomed: false}],
	])('%s', (_, before, after) => expect(focus(ui(before))).toMatchObject(after));

	test.each([
		['next', undefined, 'routing'],
		['next', 'routing', 'spend'],
		['next', 'calls', 'routing'],
		['previous', undefined, 'calls'],
		['previous', 'spend', 'routing'],
		['previous', 'routing', 'calls'],
	] as const)('goes %s from %s to %s', (type, from, to) => expect(press(ui({focus: from}), type).focus).toBe(to));

	test('skips panes that are not on the screen, unless the one that is fills it', () => {
		const panes = ['routing', 'calls'] as const;
		expect(press(ui({focus: 'routing'}), 'next', {panes}).focus).toBe('calls');
		expect(press(ui({focus: 'routing', isZoomed: true}), 'next', {panes}).focus).toBe('spend');
		expect(press(ui({focus: 'routing'}), 'next', {panes: ['routing']}).focus).toBe('spend');
	});

	test('stays while a card is open', () => {
		const before = ui({card, focus: 'spend'});
		expect(press(before, 'next')).toBe(before);
	});
});

describe('the selected row', () => {
	const selected = (key: string | undefined, type: Exclude<Command['type'], 'focus'>) =>
		press(ui({focus: 'calls', selected: {spend: 'x', ...(key !== undefined && {calls: key})}}), type).selected;

	test.each([
		['down', undefined, 'b'],
		['down', 'b', 'c'],
		['down', 'e', 'e'],
		['up', 'c', 'b'],
		['up', 'b', undefined],
		['up', undefined, undefined],
		['pageDown', 'b', 'd'],
		['pageDown', 'd', 'e'],
		['pageUp', 'd', 'b'],
		['pageUp', 'b', undefined],
		['first', 'd', undefined],
		['last', 'b', 'e'],
		// A row that has gone leaves the first one selected.
		['down', 'gone', 'b'],
	] as const)('goes %s from %s to %s', (type, from, to) =>
		expect(selected(from, type)).toEqual({calls: to, spend: 'x'}),
	);

	test('is of the first pane when none has the focus, or of the calls below a ribbon', () => {
		expect(press(ui(), 'down')).toEqual(ui({focus: 'routing'}));
		expect(press(ui(), 'down', {isRibbon: true})).toEqual(ui({focus: 'calls'}));
	});

	test('is none where there is no row', () => {
		const before = ui({focus: 'calls'});
		expect(press(before, 'down', {keys: []})).toBe(before);
	});
});

describe('a card', () => {
	test.each([
		['down', 4, 5],
		['up', 4, 3],
		['pageDown', 4, 6],
		['pageUp', 4, 2],
		['first', 4, 0],
		['last', 4, 9],
		['down', 9, 9],
		['pageDown', 8, 9],
		['up', 0, 0],
		['pageUp', 1, 0],
	] as const)('scrolls %s from %i to %i', (type, from, to) => {
		expect(press(ui({card, scroll: from, focus: 'calls'}), type)).toEqual(ui({card, scroll: to, focus: 'calls'}));
	});

	test('opens at its top for what is selected, where there is something', () => {
		expect(press(ui({scroll: 5}), 'open', {target})).toEqual(ui({card: target}));
		expect(press(ui(), 'open').card).toBeUndefined();
	});

	test('that is open is not replaced by Enter', () => {
		const before = ui({card, scroll: 5});
		expect(press(before, 'open', {target})).toBe(before);
	});

	test('of the help opens and closes with the same key', () => {
		const open = press(ui({scroll: 5}), 'help');
		expect(open).toEqual(ui({card}));
		expect(press(open, 'help')).toEqual(ui());
	});
});

test('Esc leads out one step at a time, and never further', () => {
	let state = ui({
		...{card, scroll: 3, isZoomed: true, focus: 'calls', selected: {calls: 'b'}, filter: 'haiku'},
		...{isTroubleOnly: true, isMineOnly: true, frozenAt: now},
	});
	const steps: Partial<Ui>[] = [
		{card: undefined, scroll: 0},
		{isZoomed: false},
		{focus: undefined, selected: {}},
		{filter: ''},
		{isTroubleOnly: false, isMineOnly: false},
		{frozenAt: undefined},
	];
	for (const step of steps) {
		expect(canGoBack(state)).toBe(true);
		const next = press(state, 'back');
		expect(next).toEqual({...state, ...step});
		state = next;
	}
	expect(canGoBack(state)).toBe(false);
	expect(press(state, 'back')).toBe(state);
});

test.each<[Exclude<Command['type'], 'focus'>, Partial<Ui>, Partial<Ui>]>([
	['trouble', {}, {isTroubleOnly: true}],
	['trouble', {isTroubleOnly: true}, {isTroubleOnly: false}],
	['mine', {}, {isMineOnly: true}],
	['mine', {isMineOnly: true}, {isMineOnly: false}],
	['freeze', {}, {frozenAt: now}],
	['freeze', {frozenAt: 5}, {frozenAt: undefined}],
	['window', {frozenAt: 5}, {frozenAt: undefined}],
	['filter', {filter: 'haiku', card, scroll: 3}, {draft: 'haiku', card: undefined, scroll: 0}],
])('%s turns %j into %j', (type, before, after) => {
	expect(press(ui(before), type)).toEqual(ui({...before, ...after}));
});

test.each(['refresh', 'copy', 'quit', 'interrupt'] as const)('%s changes nothing that is looked at', type => {
	const before = ui({focus: 'calls'});
	expect(press(before, type)).toBe(before);
});

describe('a filter while it is typed', () => {
	test.each<[string, string, Partial<Ui>]>([
		['takes characters', 'x', {draft: 'who:al x'}],
		['takes blanks', 'space', {draft: 'who:al  '}],
		['takes a character beyond the basic plane', '😀', {draft: 'who:al 😀'}],
		['ignores other keys', 'pagedown', {draft: 'who:al '}],
		['loses a character', 'backspace', {draft: 'who:al'}],
		['loses a word', 'ctrl-w', {draft: ''}],
		['loses everything', 'ctrl-u', {draft: ''}],
		['is taken on without blanks around it', 'enter', {filter: 'who:al', draft: undefined}],
		['leaves the old one', 'escape', {filter: 'old', draft: undefined}],
	])('%s', (_, key, after) => {
		expect(typeFilter(ui({filter: 'old', draft: 'who:al '}), key)).toEqual(ui({filter: 'old', ...after}));
	});

	test('loses a whole character, whatever its length', () => {
		expect(typeFilter(ui({draft: 'a😀'}), 'backspace').draft).toBe('a');
	});

	test('loses only its last word', () => expect(typeFilter(ui({draft: 'a bc'}), 'ctrl-w').draft).toBe('a '));

	test('is at most 200 long', () => {
		expect(typeFilter(ui({draft: 'x'.repeat(199)}), 'x').draft).toHaveLength(200);
		expect(typeFilter(ui({draft: 'x'.repeat(200)}), 'x').draft).toHaveLength(200);
	});
});

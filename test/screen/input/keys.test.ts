import {describe, expect, test} from 'vitest';
import {createKeymap, type Situation} from '../../../source/screen/input/keymap.ts';
import {footerHints, helpHints, keyNames, keySign} from '../../../source/screen/input/keys.ts';

test.each([
	['enter', 'Enter'],
	['shift-tab', '⇧Tab'],
	['ctrl-c', '^C'],
	['j', 'j'],
	['G', 'G'],
	['?', '?'],
])('the key %s is written %s', (key, sign) => expect(keySign(key)).toBe(sign));

const none = {
	...{ctrl: false, shift: false, tab: false, escape: false, return: false, upArrow: false, downArrow: false},
	...{leftArrow: false, rightArrow: false, pageUp: false, pageDown: false, home: false, end: false},
	...{backspace: false, delete: false},
};

test.each<[string, string, Partial<typeof none>, readonly string[]]>([
	['a character', 'j', {}, ['j']],
	['several at once, as they come over a slow line', 'jjG ', {}, ['j', 'j', 'G', 'space']],
	['a character beyond the basic plane', '😀', {}, ['😀']],
	['control characters', '\r\n\t\u007f\b', {}, ['enter', 'enter', 'tab', 'backspace', 'backspace']],
	['a letter with ctrl', 'c', {ctrl: true}, ['ctrl-c']],
	['Tab', '', {tab: true}, ['tab']],
	['Tab with shift', '', {tab: true, shift: true}, ['shift-tab']],
	['Enter', '\r', {return: true}, ['enter']],
	['Esc', '', {escape: true}, ['escape']],
	['an arrow with ctrl', '', {upArrow: true, ctrl: true}, ['up']],
	['what most terminals send for backspace', '', {delete: true}, ['backspace']],
	['a page', '', {pageDown: true}, ['pagedown']],
	['nothing', '', {}, []],
])('%s', (_, input, pressed, names) => expect(keyNames(input, {...none, ...pressed})).toEqual(names));

const panes: Situation = {
	...{isCard: false, canScroll: false, canOpen: false, canCopy: false, canGoBack: false, canMove: false},
	isRibbon: false,
};
const footer = (changes: Partial<Situation>, overrides = {}) =>
	footerHints(createKeymap(overrides), {...panes, ...changes}).map(({shown, does}) => `${shown} ${does}`);

describe('the footer', () => {
	const anywhere = ['? help', 'q quit', 'f freeze', 'r refresh'];

	test('offers what can be done, the most needed first', () => {
		expect(footer({canOpen: true, canGoBack: true, canMove: true})).toEqual([
			...['Enter open', 'Esc back', '? help', 'q quit', '1–4 pane', 'j/k move', 'z trouble', '/ filter', 'm mine'],
			...['w window', 'f freeze', 'r refresh'],
		]);
	});

	test.each<[string, Partial<Situation>, readonly string[], readonly string[]]>([
		['nothing to open, leave or move on', {}, ['1–4 pane'], ['Enter open', 'Esc back', 'j/k move', 'y copy']],
		['a card', {isCard: true, canMove: true}, anywhere, ['1–4 pane', '/ filter', 'w window', 'm mine', 'j/k move']],
		['a long card', {isCard: true, canScroll: true}, ['j/k move'], ['y copy']],
		['a card with something to copy', {isCard: true, canCopy: true}, ['y copy'], []],
		['something to copy that is not looked at', {canCopy: true}, [], ['y copy']],
		['the ribbon', {isRibbon: true}, ['w window', '1–4 pane'], ['z trouble', '/ filter', 'm mine']],
	])('on %s', (_, situation, offered, missing) => {
		const hints = footer(situation);
		expect(hints).toEqual(expect.arrayContaining([...offered]));
		for (const hint of missing) expect(hints).not.toContain(hint);
	});

	test('shows the keys in force: a run as one, others apart', () => {
		expect(footer({}, {routing: '5', spend: '6', models: '7', calls: '8'})).toContain('5–8 pane');
		expect(footer({}, {routing: 'a'})).toContain('a 2 3 4 pane');
		expect(footer({canMove: true}, {down: 'down', up: 'up'})).toContain('↓/↑ move');
	});
});

describe('the help', () => {
	const hints = helpHints(createKeymap()).map(({shown, does}) => `${shown}: ${does}`);

	test('has every key with what it does', () => {
		expect(hints).toEqual(
			expect.arrayContaining([
				...['1–4: focus a pane; again: zoom', 'j ↓ k ↑: down, up', 'Tab →: next pane', '^C: quit at once'],
				...['g Home: first row', 'PgDn Space: page down', 'r: refresh now'],
			]),
		);
	});

	test('has each command once', () => expect(new Set(hints).size).toBe(hints.length));
});

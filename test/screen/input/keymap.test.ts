import {describe, expect, test} from 'vitest';
import {createKeymap, keysFault, rebindable, type Situation} from '../../../source/screen/input/keymap.ts';

test('every key does one thing, and every command has its name once', () => {
	const {bindings, commandOf} = createKeymap();
	const keys = bindings.flatMap(binding => binding.keys);
	expect(new Set(keys).size).toBe(keys.length);
	expect(new Set(bindings.map(({name}) => name)).size).toBe(bindings.length);
	for (const {keys: own, command} of bindings) expect(own.map(commandOf)).toEqual(own.map(() => command));
	expect(commandOf('§')).toBeUndefined();
});

describe('a config file', () => {
	test('gives a command other keys instead of its own', () => {
		const {commandOf} = createKeymap({quit: 'x', down: ['n', 'ctrl-n']});
		expect(['x', 'q', 'n', 'ctrl-n', 'j'].map(key => commandOf(key)?.type)).toEqual([
			...['quit', undefined, 'down', 'down', undefined],
		]);
	});

	test('cannot take Esc from back, or ^C from quitting', () => {
		const {commandOf} = createKeymap({back: 'b'});
		expect(['b', 'escape', 'ctrl-c'].map(key => commandOf(key)?.type)).toEqual(['back', 'back', 'interrupt']);
		expect(createKeymap({back: ['escape', 'b']}).bindings.find(({name}) => name === 'back')?.keys).toHaveLength(2);
		expect(rebindable).toContain('back');
		expect(rebindable).not.toContain('interrupt');
	});

	test.each<[string, Record<string, unknown>, string | undefined]>([
		['nothing', {}, undefined],
		['a character', {quit: 'x'}, undefined],
		['a named key', {open: ['enter', 'space'], pageDown: 'pagedown'}, undefined],
		['a letter with ctrl', {quit: 'ctrl-x'}, undefined],
		['keys that change places', {quit: 'f', freeze: 'q'}, undefined],
		['a command that there is not', {jump: 'x'}, 'There is no command “jump” to give keys to.'],
		['a command that cannot be changed', {interrupt: 'x'}, 'There is no command “interrupt” to give keys to.'],
		['two characters', {quit: 'xx'}, '“xx” is not a key for “quit”.'],
		['a blank', {quit: ' '}, '“ ” is not a key for “quit”.'],
		['no character', {quit: ''}, '“” is not a key for “quit”.'],
		['no key', {quit: []}, '“” is not a key for “quit”.'],
		['a digit with ctrl', {quit: 'ctrl-1'}, '“ctrl-1” is not a key for “quit”.'],
		['a number', {quit: 5}, '“5” is not a key for “quit”.'],
		['one that is none among others', {quit: ['x', 'f1']}, '“f1” is not a key for “quit”.'],
		['a key that another command has', {quit: 'f'}, 'The key “f” is given to both “quit” and “freeze”.'],
		['one key twice', {quit: 'x', help: 'x'}, 'The key “x” is given to both “help” and “quit”.'],
		['the key that back always has', {quit: 'escape'}, 'The key “escape” is given to both “back” and “quit”.'],
	])('that names %s', (_, overrides, fault) => expect(keysFault(overrides)).toBe(fault));
});

describe('the footer offers', () => {
	const nowhere: Situation = {
		...{isCard: false, canScroll: false, canOpen: false, canCopy: false, canGoBack: false, canMove: false},
		isRibbon: false,
	};
	const offered = (situation: Partial<Situation>) =>
		createKeymap()
			.bindings.filter(({when}) => when?.({...nowhere, ...situation}) === true)
			.map(({name}) => name);
	const always = ['help', 'quit', 'freeze', 'refresh'];
	const panes = ['routing', 'spend', 'models', 'calls', 'window'];
	const filters = ['trouble', 'filter', 'mine'];

	test.each<[string, Partial<Situation>, readonly string[]]>([
		['on panes what filters their rows', {}, [...always, ...panes, ...filters]],
		['on a ribbon no filter, as it has no rows', {isRibbon: true}, [...always, ...panes]],
		['on a card nothing of the panes below', {isCard: true}, always],
		['on a card that is longer than the screen to move', {isCard: true, canScroll: true}, [...always, 'down', 'up']],
		['on a card nothing of the rows below it', {isCard: true, canMove: true}, always],
		['on a card to copy it', {isCard: true, canCopy: true}, [...always, 'copy']],
		['no copy where no card is open', {canCopy: true}, [...always, ...panes, ...filters]],
		['rows to move between', {canMove: true}, [...always, ...panes, ...filters, 'down', 'up']],
		['to open and to go back', {canOpen: true, canGoBack: true}, [...always, ...panes, ...filters, 'open', 'back']],
	])('%s', (_, situation, expected) => expect(offered(situation).sort()).toEqual([...expected].sort()));
});

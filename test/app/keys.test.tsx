import fc from 'fast-check';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {createKeymap, keysFault} from '../../source/screen/input/keymap.ts';
import {helpHints, keySign} from '../../source/screen/input/keys.ts';
import {canGoBack, initialUi, reduceUi, type Scene, typeFilter, type Ui} from '../../source/screen/input/ui.ts';
import {paneIds} from '../../source/screen/panes/pane-table.ts';
import {createFakeClock, type FakeClock} from '../support/fake-clock.ts';
import {type OpenedApp, openApp} from '../support/open-app.tsx';

let clock: FakeClock;
let opened: OpenedApp | undefined;
beforeEach(() => {
	clock = createFakeClock(new Date(2026, 10, 23, 15, 4, 0).getTime());
});
afterEach(async () => opened?.unmount());

const esc = '\u001b';
const sequences: Readonly<Record<string, string>> = {Enter: '\r', Esc: esc, '1–4': '3', 'j/k': 'j'};

const open = async (columns: number, rows: number, copy?: (text: string) => void) => {
	const app = openApp(columns, rows, {clock, ...(copy !== undefined && {copy})});
	opened = app;
	await app.waitFor(/✗[\s\S]*28/);
	return app;
};

const press = async (app: OpenedApp, keys: string) => {
	const before = app.text();
	app.press(keys);
	await expect.poll(app.text, {timeout: 3000, interval: 5, message: keys}).not.toBe(before);
	await app.flushed();
};

/** The keys that the last line offers. */
const offered = (app: OpenedApp): readonly string[] =>
	(app.rows().at(-1) ?? '').split('  ').map(hint => hint.trim().split(' ', 1)[0] ?? '');

describe('no key that the footer offers is dead', () => {
	const sizes = [
		[40, 12],
		[60, 15],
		[100, 30],
	] as const;
	const places = [[''], ['1'], ['2'], ['3'], ['4'], ['4', '4'], ['1', '\r'], ['?'], ['z'], ['f']] as const;
	test.each(sizes.flatMap(([columns, rows]) => places.map(keys => [columns, rows, keys] as const)))(
		'%i×%i after %j',
		async (columns, rows, keys) => {
			const go = async () => {
				await opened?.unmount();
				const app = await open(columns, rows);
				for (const key of keys) if (key !== '') await press(app, key);
				return app;
			};
			const signs = offered(await go()).filter(sign => sign !== 'q');
			expect(signs.length).toBeGreaterThan(1);
			for (const sign of signs) {
				const app = await go();
				await press(app, sequences[sign] ?? sign);
			}
		},
		30_000,
	);
});

test('what is typed into the filter is text and nothing else, also where it is the name of a key', async () => {
	const app = await open(60, 15);
	await app.waitFor('(now) mine 9%');
	const whole = app.text();
	app.press('/');
	app.press('q1fzm?jr');
	await app.waitFor(/^\/q1fzm\?jr▏ +0 of \d+ calls$/m);
	app.press(esc);
	await expect.poll(app.text).toBe(whole);
	app.press('/haiku !ok\r');
	await app.waitFor('/haiku !ok');
	expect(app.text()).toContain('4 Calls 1 of');
	app.press('\u0003');
	await app.waitUntilExit();
});

test('a selected row stays selected while new rows come above it; the first row stays the first', async () => {
	const app = await open(60, 15);
	app.press('44jj');
	await app.waitFor(/▸14:55/);
	const [call] = app.store.getState().log.calls;
	app.store.dispatch({
		type: 'trail',
		records: [
			{kind: 'call', call: {...(call as NonNullable<typeof call>), eventId: 'new', outcome: 'ok', at: clock.now()}},
		],
	});
	await app.waitFor('15:04:00');
	expect(app.text()).toMatch(/▸14:55/);
	app.press('g');
	await app.waitFor(/▸15:04:00/);
});

const commands = createKeymap().bindings.map(({command}) => command);
const target = {kind: 'call', eventId: '1'} as const;
const scene: Scene = {panes: paneIds, keys: ['a', 'b', 'c'], page: 2, lastScroll: 3, target, isRibbon: false};

test('Esc always steps back, and comes to rest where everything began', () => {
	fc.assert(
		fc.property(fc.array(fc.constantFrom(...commands), {maxLength: 40}), sequence => {
			let ui: Ui = initialUi;
			for (const command of sequence) {
				ui = reduceUi(ui, command, scene, 1);
				if (ui.draft !== undefined) ui = typeFilter(typeFilter(ui, 'x'), 'enter');
			}
			let steps = 0;
			while (canGoBack(ui)) {
				const next = reduceUi(ui, {type: 'back'}, scene, 1);
				expect(next).not.toEqual(ui);
				ui = next;
				steps++;
			}
			expect(steps).toBeLessThanOrEqual(7);
			expect({...ui, scroll: 0, selected: {}}).toEqual(expect.objectContaining(initialUi));
		}),
	);
});

test('a filter takes any key without ever becoming a command', () => {
	fc.assert(
		fc.property(fc.array(fc.string({minLength: 1, maxLength: 8})), keys => {
			let ui: Ui = {...initialUi, draft: ''};
			for (const key of keys) if (key !== 'enter' && key !== 'escape') ui = typeFilter(ui, key);
			expect({...ui, draft: ''}).toEqual({...initialUi, draft: ''});
		}),
	);
});

describe('a config file gives commands other keys', () => {
	test('the new keys work, the old ones do not, and footer and help say so', () => {
		const keymap = createKeymap({freeze: 'F', quit: ['ctrl-q', 'x']});
		expect(['F', 'f', 'x', 'q', 'ctrl-q'].map(key => keymap.commandOf(key)?.type)).toEqual([
			'freeze',
			undefined,
			'quit',
			undefined,
			'quit',
		]);
		expect(helpHints(keymap)).toContainEqual({shown: '^Q x', does: 'quit'});
	});

	test('Esc leads back whatever one writes', () => {
		expect(createKeymap({back: 'b'}).commandOf('escape')).toEqual({type: 'back'});
	});

	test.each([
		[{frieze: 'F'}, 'There is no command “frieze” to give keys to.'],
		[{interrupt: 'x'}, 'There is no command “interrupt” to give keys to.'],
		[{freeze: 'ff'}, '“ff” is not a key for “freeze”.'],
		[{freeze: []}, '“” is not a key for “freeze”.'],
		[{freeze: 7}, '“7” is not a key for “freeze”.'],
		[{freeze: 'q'}, 'The key “q” is given to both “quit” and “freeze”.'],
		[{freeze: 'q', quit: 'Q'}, undefined],
	])('%j', (keys, fault) => {
		expect(keysFault(keys)).toBe(fault);
	});
});

test('every key has a sign of its own', () => {
	const keys = createKeymap().bindings.flatMap(binding => binding.keys);
	expect(new Set(keys.map(keySign)).size).toBe(keys.length);
});

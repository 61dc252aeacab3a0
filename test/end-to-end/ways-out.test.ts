import {mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import xterm from '@xterm/headless';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {command} from '../support/cli.ts';
import {type Pty, spawnPty} from '../support/pty.ts';

let home = '';
let pty: Pty | undefined;
beforeEach(() => {
	home = mkdtempSync(join(tmpdir(), 'bedtop-ways-out-'));
	mkdirSync(join(home, '.claude', 'projects'), {recursive: true});
});
afterEach(() => {
	pty?.child.kill('SIGKILL');
	rmSync(home, {recursive: true, force: true});
});

/** Signals of no meaning of their own make the program fail in the way that is tested. */
const faults = `
process.on('SIGUSR2', () => { throw new Error('a fault'); });
process.on('SIGWINCH', () => { if (process.env.FAULT === 'rejected') Promise.reject(new Error('a fault')); });
`;

const open = async (env: Readonly<Record<string, string>> = {}) => {
	const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(faults)}`;
	const opened = spawnPty(command('--no-aws'), {columns: 60, rows: 15, env: {HOME: home, NODE_OPTIONS, ...env}});
	pty = opened;
	await opened.waitFor(/Routing[\s\S]*no Claude Code|Routing[\s\S]*files now/);
	return opened;
};

/** What the terminal is left with: the shell's screen, its cursor, its line breaks, and what stands there. */
const leftBehind = async (output: string) => {
	const terminal = new xterm.Terminal({cols: 60, rows: 15, allowProposedApi: true, scrollback: 200});
	await new Promise<void>(resolve => terminal.write(output, resolve));
	const {active, normal} = terminal.buffer;
	const text = Array.from({length: normal.length}, (_, row) => normal.getLine(row)?.translateToString(true) ?? '');
	const times = (mode: string) => output.split(`\u001b[?${mode}`).length - 1;
	return {
		screen: active.type,
		wraps: terminal.modes.wraparoundMode,
		entered: times('1049h'),
		left: times('1049l'),
		isCursorShown: output.lastIndexOf('\u001b[?25h') > output.lastIndexOf('\u001b[?25l'),
		text: text.join('\n'),
	};
};

const restored = {screen: 'normal', wraps: true, entered: 1, left: 1, isCursorShown: true};

const signal = async ({pid}: Pty, name: NodeJS.Signals) => process.kill(await pid(), name);

describe('every way out leaves the terminal as it was, once', () => {
	test.each<[string, (pty: Pty) => unknown, number, RegExp, Record<string, string>?]>([
		['q', pty => pty.write('q'), 0, /^PID:\d+:\s*$/],
		['Ctrl-C', pty => pty.write('\u0003'), 130, /^PID:\d+:\s*$/],
		['SIGINT', pty => signal(pty, 'SIGINT'), 130, /^PID:\d+:\s*$/],
		['SIGTERM', pty => signal(pty, 'SIGTERM'), 143, /^PID:\d+:\s*$/],
		['SIGHUP', pty => signal(pty, 'SIGHUP'), 129, /^PID:\d+:\s*$/],
		['an error that nobody caught', pty => signal(pty, 'SIGUSR2'), 70, /bedtop failed: Error: a fault/],
		['a rejection that nobody caught', pty => signal(pty, 'SIGWINCH'), 70, /a fault/, {FAULT: 'rejected'}],
	])(
		'%s',
		async (_, leave, code, said, env = {}) => {
			const opened = await open(env);
			await leave(opened);
			expect(await opened.exited).toBe(code);
			const {text, ...state} = await leftBehind(opened.output());
			expect(state).toEqual(restored);
			expect(text.trim()).toMatch(said);
		},
		30_000,
	);

	test('a terminal that has gone ends the program', async () => {
		const opened = await open();
		const pid = await opened.pid();
		opened.child.kill('SIGKILL');
		const isAlive = () => {
			try {
				return process.kill(pid, 0);
			} catch {
				return false;
			}
		};
		await expect.poll(isAlive, {timeout: 10_000}).toBe(false);
	}, 30_000);
});

test('keys that are pressed before anything has been drawn are not lost', async () => {
	pty = spawnPty(command('--no-aws'), {columns: 60, rows: 15, env: {HOME: home}});
	pty.write('q');
	expect(await pty.exited).toBe(0);
	expect(await leftBehind(pty.output())).toMatchObject(restored);
}, 30_000);

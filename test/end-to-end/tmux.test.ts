import {execFileSync, spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {command} from '../support/cli.ts';

const hasTmux = spawnSync('tmux', ['-V']).status === 0;

let folder: string;
let tmux: (...args: readonly string[]) => string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'bedtop-tmux-'));
	const {CI: _, TMUX: __, ...env} = process.env;
	tmux = (...args) =>
		execFileSync('tmux', ['-S', join(folder, 'socket'), '-f', '/dev/null', ...args], {
			encoding: 'utf8',
			env: {...env, HOME: folder, SHELL: '/bin/sh', PS1: '$ ', TERM: 'xterm-256color'},
			stdio: ['ignore', 'pipe', 'ignore'],
		});
});
afterEach(() => {
	try {
		tmux('kill-server');
	} catch {
		// It may have ended with its last window.
	}
	rmSync(folder, {recursive: true, force: true});
});

const quoted = (words: readonly string[]) => words.map(word => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
const type = (line: string) => tmux('send-keys', '-l', `${line}\n`);
const screen = () => tmux('capture-pane', '-p');
const history = () => tmux('capture-pane', '-p', '-S', '-');
const shows = (content: string | RegExp) => expect.poll(screen, {timeout: 20_000}).toMatch(content);
/** What is typed before the prompt is there is echoed in front of it. */
const prompt = /(^|\n)\$\s*$/;
const open = async (columns: number, rows: number) => {
	tmux('new-session', '-d', '-x', String(columns), '-y', String(rows), '/bin/sh');
	await shows(prompt);
};

describe.skipIf(!hasTmux)('in a tmux split', () => {
	test('the shell is as it was before and after, through resizes, with its scrollback', async () => {
		await open(60, 15);
		type('for n in $(seq 50); do echo before-$n; done');
		await shows('before-50');
		await shows(prompt);
		type(quoted(command('--demo')));
		await shows(/1 Routing[\s\S]*4 Calls/);
		for (const [columns, rows, content] of [
			[100, 30, /1 Routing.*│ 2 Spend/],
			[36, 3, /^\S*(DEMO)?.*bedrock.*\n.*\n.*\n*$/],
			[40, 12, /2 Spend[\s\S]*1 Routing/],
			[60, 15, /^2 Spend.*─/m],
		] as const) {
			tmux('resize-window', '-x', String(columns), '-y', String(rows));
			await shows(content);
		}
		tmux('send-keys', 'q');
		await shows(/before-50/);
		await shows(prompt);
		type('for n in $(seq 50); do echo after-$n; done');
		await shows(/^after-50$/m);
		const lines = history().split('\n');
		for (const word of ['before', 'after']) {
			const found = lines.filter(line => new RegExp(`^${word}-\\d+$`).test(line));
			expect(found).toEqual(Array.from({length: 50}, (_, index) => `${word}-${index + 1}`));
		}
		expect(history()).not.toMatch(/1 Routing|4 Calls/);
	}, 60_000);

	test('Ctrl-Z gives the screen to the shell, fg takes it again', async () => {
		await open(60, 15);
		type('echo earlier');
		await shows(/^earlier$/m);
		type(quoted(command('--demo')));
		await shows(/1 Routing[\s\S]*4 Calls/);
		tmux('send-keys', 'C-z');
		await shows(/^earlier$[\s\S]*Stopped/m);
		expect(screen()).not.toContain('Routing');
		type('stty -a | grep -o ".icanon"; fg');
		await shows(/1 Routing[\s\S]*4 Calls/);
		tmux('send-keys', '?');
		await shows(/^Help$/m);
		tmux('send-keys', 'q');
		await shows(prompt);
		expect(screen()).toMatch(/^ icanon$/m);
		expect(tmux('display', '-p', '#{alternate_on} #{cursor_flag} #{wrap_flag}').trim()).toBe('0 1 1');
	}, 60_000);

	test('stopped by itself and continued it paints everything again', async () => {
		await open(60, 15);
		type(quoted(command('--demo')));
		await shows(/1 Routing[\s\S]*4 Calls/);
		const tty = tmux('display', '-p', '#{pane_tty}').trim();
		writeFileSync(tty, '\u001b[2J\u001b[Hnoise');
		await shows('noise');
		const newest = execFileSync('pgrep', ['-n', '-t', tty.replace('/dev/', '')], {encoding: 'utf8'});
		process.kill(Number(newest), 'SIGCONT');
		await expect.poll(screen, {timeout: 20_000}).not.toContain('noise');
		await shows(/1 Routing[\s\S]*4 Calls/);
	}, 60_000);

	test('y fills the paste buffer of a tmux that keeps its defaults', async () => {
		await open(100, 30);
		type(quoted(command('--demo')));
		await shows(/✗ fable-5\.2/);
		tmux('send-keys', 'Enter');
		// Until it is known where the profile sends calls, a command that tells stands in the policy's place.
		await shows(/→ Add this policy[\s\S]*y copy/);
		tmux('send-keys', 'y');
		await shows(/copied/);
		await expect.poll(() => tmux('show-buffer')).toContain('bedrock:InvokeModel');
		expect(JSON.parse(tmux('show-buffer'))).toMatchObject({Version: '2012-10-17'});
	}, 60_000);
});

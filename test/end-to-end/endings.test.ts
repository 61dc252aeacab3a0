import {type ChildProcess, execFileSync, spawn} from 'node:child_process';
import {closeSync, constants, mkdirSync, mkdtempSync, openSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {bin, command} from '../support/cli.ts';
import {spawnPty} from '../support/pty.ts';

let home = '';
let child: ChildProcess | undefined;
beforeEach(() => {
	home = mkdtempSync(join(tmpdir(), 'bedtop-endings-'));
	mkdirSync(join(home, '.claude', 'projects'), {recursive: true});
});
afterEach(() => {
	child?.kill('SIGKILL');
	rmSync(home, {recursive: true, force: true});
});

const env = (more: Readonly<Record<string, string>> = {}) => ({...process.env, HOME: home, ...more});
const ended = (process: ChildProcess) =>
	new Promise(resolve => process.once('close', (code, signal) => resolve(code ?? signal)));
const firstData = (process: ChildProcess) => new Promise(resolve => process.stdout?.once('data', resolve));

describe.skipIf(process.platform !== 'linux')('on a full disk', () => {
	test.each([[['--demo', '--json']], [['--demo']], [['policy']], [['--version']], [['status']]])(
		'%j is one sentence and exit code 74',
		async args => {
			const full = openSync('/dev/full', 'w');
			child = spawn(process.execPath, [bin, ...args], {env: env(), stdio: ['ignore', full, 'pipe']});
			closeSync(full);
			let said = '';
			child.stderr?.on('data', text => {
				said += text;
			});
			expect(await ended(child)).toBe(74);
			expect(said).toBe('The output cannot be written (no space left).\n');
		},
		30_000,
	);
});

describe('--jsonl without news', () => {
	test('ends when the reader of a pipe has gone', async () => {
		const line = `"$0" "$1" --jsonl --no-aws | head -1; echo over`;
		child = spawn('sh', ['-c', line, process.execPath, bin], {env: env(), stdio: ['ignore', 'pipe', 'inherit']});
		const startedAt = await firstData(child).then(() => performance.now());
		await ended(child);
		expect(performance.now() - startedAt).toBeLessThan(4000);
	}, 30_000);

	test('ends when the reader of a socket has gone', async () => {
		child = spawn(process.execPath, [bin, '--jsonl', '--no-aws'], {env: env(), stdio: ['ignore', 'pipe', 'inherit']});
		await firstData(child);
		child.stdout?.destroy();
		expect(await ended(child)).toBe(0);
	}, 30_000);
});

/** Opens a pipe for writing, which is possible once somebody reads it. */
const openWriter = (pipe: string): number | undefined => {
	try {
		return openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK);
	} catch {
		return undefined;
	}
};

test.skipIf(process.platform === 'win32')(
	'a file of the SDK that never ends keeps no signal from ending it',
	async () => {
		const pipe = join(home, 'pipe');
		execFileSync('mkfifo', [pipe]);
		child = spawn(process.execPath, [bin, '--json'], {env: env({AWS_CONFIG_FILE: pipe}), stdio: 'ignore'});
		let writer: number | undefined;
		await expect.poll(() => (writer ??= openWriter(pipe)), {timeout: 20_000}).toBeDefined();
		child.kill('SIGTERM');
		expect([143, 'SIGTERM']).toContain(await ended(child));
		if (writer !== undefined) closeSync(writer);
	},
	30_000,
);

test('on a terminal without standard input it takes its keys from the terminal', async () => {
	const words = command('--no-aws').map(word => `'${word}'`);
	const pty = spawnPty(['sh', '-c', `exec ${words.join(' ')} < /dev/null`], {columns: 60, rows: 15, env: {HOME: home}});
	await pty.waitFor('Routing');
	pty.write('q');
	expect(await pty.exited).toBe(0);
	expect(pty.output()).not.toMatch(/Raw mode|\.js:\d/);
}, 30_000);

test('a config file that is none is one sentence', async () => {
	mkdirSync(join(home, '.config', 'bedtop'), {recursive: true});
	const file = join(home, '.config', 'bedtop', 'config.json');
	execFileSync('mkfifo', [file]);
	child = spawn(process.execPath, [bin, '--once', '--no-aws'], {env: env(), stdio: ['ignore', 'ignore', 'pipe']});
	let said = '';
	child.stderr?.on('data', text => {
		said += text;
	});
	expect(await ended(child)).toBe(64);
	expect(said).toBe('~/.config/bedtop/config.json cannot be read (not a plain file). Try bedtop --help.\n');
}, 30_000);

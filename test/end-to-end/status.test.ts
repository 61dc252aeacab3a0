import {existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {writeStatusFile} from '../../source/app/status/status-file.ts';
import type {Status} from '../../source/state/status.ts';
import {command, runBedtop} from '../support/cli.ts';
import {spawnPty} from '../support/pty.ts';

let home: string;
let state: string;
beforeEach(() => {
	home = mkdtempSync(join(tmpdir(), 'bedtop-status-cli-'));
	state = join(home, '.local', 'state', 'bedtop');
});
afterEach(() => rmSync(home, {recursive: true, force: true}));

const file = () => join(state, 'status.json');
const status = (args: readonly string[] = [], env: Record<string, string> = {}) =>
	runBedtop(['status', ...args], {HOME: home, ...env});
const line = (stdout: string) => ({code: 0, stderr: '', stdout: `${stdout}\n`});

/** A transcript of one reply of a million output tokens. */
const reply = (claude: string, {id = 'msg_bdrk_01a', requestedModel = 'us.anthropic.claude-opus-5-5'} = {}) => {
	const folder = join(claude, 'projects', '-home-dev-shop');
	mkdirSync(folder, {recursive: true});
	const message = {
		model: 'claude-opus-5-5',
		id,
		type: 'message',
		role: 'assistant',
		usage: {input_tokens: 0, output_tokens: 1_000_000},
	};
	const entry = {
		type: 'assistant',
		uuid: id,
		sessionId: 's1',
		timestamp: new Date().toISOString(),
		version: '2.1.330',
		cwd: '/home/dev/shop',
		requestId: id,
		requestedModel,
		message,
	};
	writeFileSync(join(folder, 's1.jsonl'), `${JSON.stringify(entry)}\n`);
};

const kept: Status = {
	verdict: 'bedrock',
	spent: {
		amount: 4_120_000_000_000n,
		low: 4_120_000_000_000n,
		high: 4_120_000_000_000n,
		calls: 3,
		unpricedCalls: 0,
		unpricedTokens: 0,
		lowerBound: false,
	},
	isUnread: false,
	window: 'today',
	burn: 2_100_000_000_000n,
};
const keep = (changes: Partial<Status> = {}, {pid = process.pid, at = Date.now()} = {}) =>
	writeStatusFile(state, {...kept, ...changes}, {pid, at});

describe('where no bedtop runs', () => {
	test('there is a line without Claude Code as well', async () => {
		expect(await status()).toEqual(line('? no Claude Code transcripts'));
		expect(existsSync(state)).toBe(false);
	});

	test('today’s transcripts give verdict and money', async () => {
		reply(join(home, '.claude'));
		expect((await status()).stdout).toMatch(/^✓ bedrock \$22\.00 today \$88\.00\/h\n$/);
	});

	test('--claude-dir names other ones, and config.json means what it means everywhere', async () => {
		const other = join(home, 'other');
		reply(other, {id: 'msg_01abc', requestedModel: 'claude-opus-5-5'});
		expect((await status(['--claude-dir', other])).stdout).toBe('✗ not bedrock $0.00 today\n');
		reply(other);
		expect((await status([`--claude-dir=${other}`])).stdout).toContain('✓ bedrock $22.00 today');
		mkdirSync(join(home, '.config', 'bedtop'), {recursive: true});
		writeFileSync(join(home, '.config', 'bedtop', 'config.json'), JSON.stringify({claudeDir: other, discount: 50}));
		expect((await status()).stdout).toContain('✓ bedrock $11.00 today');
	});
});

describe('where one runs', () => {
	test('its line is printed as it was kept, without a look at the transcripts', async () => {
		keep({refusal: {model: 'opus-5.5', words: 'no IAM policy allows it', at: Date.now()}});
		expect(await status()).toEqual(line('✓ bedrock $4.12 today $2.10/h ✗ opus-5.5 no IAM policy allows it'));
		expect(await status(['--format', 'tmux'])).toEqual(
			line(
				'#[fg=green,bg=black]✓ bedrock#[default] $4.12 today $2.10/h #[fg=white,bg=red]✗ opus-5.5 no IAM policy allows it#[default]',
			),
		);
		expect(await status(['--format', 'tmux'], {NO_COLOR: '1'})).toEqual(
			line('✓ bedrock $4.12 today $2.10/h ✗ opus-5.5 no IAM policy allows it'),
		);
	});

	test('XDG_STATE_HOME says where', async () => {
		writeStatusFile(join(home, 'elsewhere', 'bedtop'), kept, {pid: process.pid, at: Date.now()});
		expect((await status([], {XDG_STATE_HOME: join(home, 'elsewhere')})).stdout).toContain('✓ bedrock');
	});

	test('hostile words in it are made harmless', async () => {
		keep({
			refusal: {model: '\u001b]0;x\u0007#[bg=red]#(reboot)', words: 'a\nb\u202e', at: Date.now()},
			window: '\r\u001b[2J',
		});
		const {stdout} = await status(['--format', 'tmux']);
		expect(stdout.trimEnd()).toBe(
			'#[fg=green,bg=black]✓ bedrock#[default] $4.12 ␍␛[2J $2.10/h #[fg=white,bg=red]✗ ␛]0;x␇♯[bg=red]♯(reboot) a␊b\\u{202e}#[default]',
		);
	});

	test.each([
		['is of a process that is gone', () => keep({}, {pid: 2 ** 22 + 1})],
		['is older than three minutes', () => keep({}, {at: Date.now() - 4 * 60_000})],
		[
			'is torn',
			() => {
				keep();
				writeFileSync(file(), readFileSync(file(), 'utf8').slice(0, -9));
			},
		],
		['is a folder', () => mkdirSync(file(), {recursive: true})],
	])('a file that %s counts for nothing', async (_, prepare) => {
		prepare();
		expect(await status()).toEqual(line('? no Claude Code transcripts'));
	});
});

test.each([
	[['--format', 'xml'], '--format is plain or tmux, not “xml”.'],
	[['--format'], '--format needs a value.'],
	[['--claude-dir', '--format'], '--claude-dir needs a value.'],
	[['now'], '“now” is one word too many.'],
	[['--demo'], 'There is no option --demo for status.'],
])('status %j is one sentence and exit code 64', async (args, sentence) => {
	expect(await status(args)).toEqual({code: 64, stdout: '', stderr: `${sentence} Try bedtop --help.\n`});
});

test('a config file that cannot be used is one sentence and exit code 64', async () => {
	mkdirSync(join(home, '.config', 'bedtop'), {recursive: true});
	writeFileSync(join(home, '.config', 'bedtop', 'config.json'), '{"budgets": 3}');
	expect(await status()).toMatchObject({code: 64, stdout: '', stderr: expect.stringContaining('no setting “budgets”')});
});

test('status --help prints the help', async () => {
	expect((await status(['--help'])).stdout).toContain('Usage');
});

describe.skipIf(process.platform === 'win32')('the monitor', () => {
	const open = (...args: readonly string[]) => spawnPty(command(...args), {columns: 60, rows: 15, env: {HOME: home}});

	test.each([
		['q', async (pty: ReturnType<typeof open>) => pty.write('q'), 0],
		['SIGTERM', async (pty: ReturnType<typeof open>) => void process.kill(await pty.pid(), 'SIGTERM'), 143],
		['SIGHUP', async (pty: ReturnType<typeof open>) => void process.kill(await pty.pid(), 'SIGHUP'), 129],
	])('keeps its line for its owner alone, and takes it away on %s', async (_, end, code) => {
		reply(join(home, '.claude'));
		const pty = open('--no-aws');
		await expect.poll(() => existsSync(file()), {timeout: 15_000}).toBe(true);
		expect([file(), state].map(path => statSync(path).mode & 0o777)).toEqual([0o600, 0o700]);
		expect(JSON.parse(readFileSync(file(), 'utf8'))).toMatchObject({pid: await pty.pid(), verdict: 'bedrock'});
		rmSync(join(home, '.claude'), {recursive: true});
		expect((await status()).stdout).toContain('✓ bedrock $22.00 today');
		await end(pty);
		expect(await pty.exited).toBe(code);
		// What is kept of replies outlives the monitor, its line does not.
		expect(readdirSync(state)).toEqual(['history.sqlite']);
	});

	test('keeps nothing of a demo', async () => {
		const pty = open('--demo');
		await pty.waitFor(/✓ bedrock/);
		await new Promise(resolve => setTimeout(resolve, 2500));
		expect(existsSync(state)).toBe(false);
		pty.write('q');
		await pty.exited;
	});
});

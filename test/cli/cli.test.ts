import {mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import packageJson from '../../package.json' with {type: 'json'};
import {bin, command, runBedtop} from '../support/cli.ts';
import {type Pty, spawnPty} from '../support/pty.ts';

let home: string;
beforeAll(() => {
	home = mkdtempSync(join(tmpdir(), 'bedtop-cli-'));
	mkdirSync(join(home, '.claude', 'projects'), {recursive: true});
});
afterAll(() => rmSync(home, {recursive: true}));

/** Code that runs in the child before the program. */
const preload = (code: string) => ({NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(code)}`});

const env = () => ({HOME: home});

describe('without a terminal', () => {
	test('--version and --help', async () => {
		expect(await runBedtop(['--version'], env())).toEqual({code: 0, stdout: `${packageJson.version}\n`, stderr: ''});
		const help = await runBedtop(['--help'], env());
		expect(help.code).toBe(0);
		for (const flag of ['--demo', '--once', '--json', '--region', '--profile', '--claude-dir', '--since', '--no-aws']) {
			expect(help.stdout).toContain(flag);
		}
	});

	test.each([
		[['--bogus'], 'There is no option --bogus. Try bedtop --help.\n'],
		[['--since', 'tomorrow'], '--since takes a time span such as 90m, 24h or 7d, not “tomorrow”. Try bedtop --help.\n'],
		[['--region'], '--region needs a value. Try bedtop --help.\n'],
		[['--region', '--json'], '--region needs a value. Try bedtop --help.\n'],
		[['frobnicate'], 'There is no command “frobnicate”. Try bedtop --help.\n'],
		[['docter'], 'There is no command “docter”. Did you mean “doctor”? Try bedtop --help.\n'],
		[['help', 'prizes'], 'There is no command “prizes”. Did you mean “prices”? Try bedtop --help.\n'],
		[['--refresh', '5'], '--refresh takes at least 15 seconds, not “5”. Try bedtop --help.\n'],
		[
			['--theme', 'dimm'],
			'--theme is one of default, dim, high-contrast, colour-blind, not “dimm”. Did you mean “dim”? Try bedtop --help.\n',
		],
		[['--\u001b]0;x\u0007'], 'There is no option --␛]0;x␇. Try bedtop --help.\n'],
		[
			['status', '--formt', 'tmux'],
			'There is no option --formt for status. Did you mean --format? Try bedtop --help.\n',
		],
	])('%j is one sentence on stderr and exit code 64', async (args, stderr) => {
		expect(await runBedtop(args, env())).toEqual({code: 64, stdout: '', stderr});
	});

	test.each([['-v'], ['version']])('%s is --version', async (...args) => {
		expect(await runBedtop(args, env())).toEqual({code: 0, stdout: `${packageJson.version}\n`, stderr: ''});
	});

	test.each([['-h'], ['help']])('%s is --help', async (...args) => {
		expect(await runBedtop(args, env())).toEqual(await runBedtop(['--help'], env()));
	});

	test.each([[['help', 'prices']], [['prices', '--help']], [['prices', '--refresh', '-h']], [['-h', 'prices']]])(
		'%j is the help of prices',
		async args => {
			const {code, stdout, stderr} = await runBedtop(args, env());
			expect({code, stderr}).toEqual({code: 0, stderr: ''});
			expect(stdout).toContain('$ bedtop prices [OPTIONS]');
		},
	);

	test('a value that is the name of a command is a value', async () => {
		const {code, stdout} = await runBedtop(['--profile', 'prices', '--refresh', '30', '--once', '--no-aws'], env());
		expect(code).toBe(0);
		expect(stdout).toContain('No Claude Code session has replied in this window.');
	});

	test('a config file is named with the setting that is wrong, and its escape sequences stay harmless', async () => {
		const folder = join(home, 'config', 'bedtop');
		mkdirSync(folder, {recursive: true});
		writeFileSync(join(folder, 'config.json'), JSON.stringify({budget: '\u001b[31mx\u0007'}));
		expect(await runBedtop(['--once'], {...env(), XDG_CONFIG_HOME: join(home, 'config')})).toEqual({
			code: 64,
			stdout: '',
			stderr:
				'~/config/bedtop/config.json: “budget” takes dollars such as 20 or 0.50, not “␛[31mx␇”. Try bedtop --help.\n',
		});
	});

	test('behaves as --once', async () => {
		const {code, stdout} = await runBedtop(['--no-aws'], env());
		expect(code).toBe(0);
		expect(stdout).toContain('No Claude Code session has replied in this window.');
		expect(stdout).not.toContain('\u001b[');
	});

	test('no source at all: exit code 2, and the JSON still says why', async () => {
		const {code, stdout} = await runBedtop(['--json', '--no-aws', '--claude-dir', join(home, 'nowhere')], env());
		const json = JSON.parse(stdout);
		expect(json.sources.find(({name}: {name: string}) => name === 'transcripts')).toMatchObject({
			state: 'failed',
			problem: {fix: 'name it with --claude-dir'},
		});
		expect(code).toBe(2);
	});

	test('an old Node gets one sentence, not a stack', async () => {
		const old = preload('Object.defineProperty(process.versions, "node", {value: "20.20.2"})');
		const {code, stdout, stderr} = await runBedtop([], {...env(), ...old});
		expect({code, stdout, stderr}).toEqual({
			code: 1,
			stdout: '',
			stderr: 'bedtop needs Node 22.13 or newer; this is 20.20.2.\n',
		});
	});
});

describe('on a terminal', () => {
	const open = (args: readonly string[] = [], more: Record<string, string> = {}): Pty =>
		spawnPty(command('--no-aws', ...args), {columns: 60, rows: 15, env: {...env(), ...more}});

	/** What came after the alternate screen was left; undefined while it is still on. */
	const afterwards = (output: string) => output.split('\u001b[?1049h')[1]?.split('\u001b[?1049l')[1];

	test.each([
		['q', 'q', 0],
		['Ctrl-C', '\u0003', 130],
	])('%s restores the terminal and ends with its code', async (_, key, code) => {
		const pty = open();
		await pty.waitFor('Routing');
		pty.write(key);
		expect(await pty.exited).toBe(code);
		expect(afterwards(pty.output())).toBeDefined();
		expect(pty.output()).toContain('\u001b[?25h');
	});

	test.each([
		['SIGTERM', 143],
		['SIGHUP', 129],
		['SIGINT', 130],
	] as const)('%s restores the terminal and ends with the usual code', async (signal, code) => {
		const pty = open();
		await pty.waitFor('Routing');
		process.kill(await pty.pid(), signal);
		expect(await pty.exited).toBe(code);
		expect(afterwards(pty.output())).toBeDefined();
	});

	test('an exception restores the terminal, prints the error and ends with 70', async () => {
		const bomb = preload('process.on("SIGUSR2", () => {throw new Error("kaboom")})');
		const pty = open([], bomb);
		await pty.waitFor('Routing');
		process.kill(await pty.pid(), 'SIGUSR2');
		expect(await pty.exited).toBe(70);
		expect(afterwards(pty.output())).toContain('bedtop failed: Error: kaboom');
	});

	test('runs on a terminal also where CI is set', async () => {
		const pty = open([], {CI: 'true'});
		await pty.waitFor('Routing');
		pty.write('q');
		expect(await pty.exited).toBe(0);
	});

	test('NO_COLOR leaves out every colour', async () => {
		const pty = open([], {NO_COLOR: '1'});
		await pty.waitFor('Routing');
		pty.write('q');
		await pty.exited;
		// What others may have left is undone.
		// biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control sequences
		expect(pty.output()).not.toMatch(/\u001b\[(?!0m)[0-9;]*m/);
	});
});

describe('the demo', () => {
	test('without a terminal prints one report and ends', async () => {
		const {code, stdout} = await runBedtop(['--demo'], env());
		expect(code).toBe(0);
		expect(stdout).toContain('DEMO');
		expect(stdout).toContain('✓ bedrock');
		expect(stdout).toMatch(/✗ fable-5\.2 ×\d+ no IAM policy allows it/);
	});

	test('--json says that it is one, and leaves nothing behind', async () => {
		// Other tests open demos at the same time.
		const temporary = mkdtempSync(join(tmpdir(), 'bedtop-cli-'));
		const {stdout} = await runBedtop(['--demo', '--json'], {...env(), TMPDIR: temporary});
		const json = JSON.parse(stdout);
		expect(json.demo).toBe(true);
		expect(json.identity.accountId).toBe('123456789012');
		expect(json.callCount.ok).toBeGreaterThan(0);
		expect(readdirSync(temporary).filter(name => name.startsWith('bedtop'))).toEqual([]);
		rmSync(temporary, {recursive: true});
	});

	test('is lively within five seconds and shows a refusal within about twenty', async () => {
		const pty = spawnPty([process.execPath, bin, '--demo'], {columns: 100, rows: 30, env: env()});
		await pty.waitFor('DEMO');
		await expect.poll(() => pty.output(), {timeout: 25_000, interval: 100}).toMatch(/✗.*×\d/);
		pty.write('q');
		expect(await pty.exited).toBe(0);
	}, 40_000);
});

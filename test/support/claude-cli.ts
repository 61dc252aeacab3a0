import {execFile, spawn} from 'node:child_process';
import {access, mkdir, mkdtemp, readFile, realpath, rename, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {clientVersions} from './clients/versions.ts';

const run = promisify(execFile);

/** The version that tests of one client alone run. */
export const claudeVersion = clientVersions.at(-1);

/** Nobody listens on the discard port: whatever the CLI wants from the internet fails at once, on this machine. */
const deadProxy = 'http://127.0.0.1:9';

type ClaudeOptions = {
	/** The binary, from `installClaude`. */
	readonly claude: string;
	/** A throw-away HOME: the CLI writes `.claude/` and `.claude.json` there. */
	readonly home: string;
	readonly cwd: string;
	/** Of `serveBedrockRuntime`. */
	readonly baseUrl: string;
	/** On top of the Bedrock variables below; `undefined` takes one away, such as `CLAUDE_CODE_USE_BEDROCK`. */
	readonly env?: Readonly<Record<string, string | undefined>>;
	/** More command line arguments. */
	readonly args?: readonly string[];
};

/** How a `claude -p` run ended. */
export type ClaudeRun = {
	readonly pid: number;
	readonly exitCode: number;
	/** One JSON object; `result`, `session_id`, `modelUsage` and `total_cost_usd` are in it. */
	readonly stdout: string;
	readonly stderr: string;
};

/** A Claude Code somebody sits at. */
export type InteractiveClaude = {
	/** Of the CLI itself, so that of `sessions/<pid>.json`. */
	readonly pid: number;
	/** The visible terminal as text. */
	screen(): Promise<string>;
	/** Types a line and presses Enter. */
	type(line: string): Promise<void>;
	waitFor(content: string | RegExp): Promise<void>;
	/** Ends the CLI and its tmux server; resolves once the process is gone. */
	stop(): Promise<void>;
};

/** Polls until `read` gives something, so that no wait depends on how fast the machine is. */
const until = async <T>(what: string, read: () => Promise<T | undefined>, withinMs = 30_000): Promise<T> => {
	const deadline = performance.now() + withinMs;
	for (;;) {
		const value = await read();
		if (value !== undefined) return value;
		if (performance.now() > deadline) throw new Error(`${what}: not within ${withinMs / 1000} s`);
		await new Promise(resolve => setTimeout(resolve, 25));
	}
};

const isAlive = (pid: number): boolean => {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
};

/** Programs of 60 to 400 MB each are kept between runs: in BEDTOP_CLAUDE_DIR, else in the folder for temporary files. */
const cacheFolder = (): string => process.env.BEDTOP_CLAUDE_DIR || join(tmpdir(), 'bedtop-claude-code');

const quiet = ['--no-audit', '--no-fund', '--no-save', '--loglevel=error', '--prefer-offline'];

/** The path of a Claude Code program of that version, installed from npm unless an earlier run has done so. */
export const installClaude = async (version = claudeVersion as string): Promise<string> => {
	const folder = join(cacheFolder(), version);
	const program = join(folder, 'node_modules/.bin/claude');
	const isThere = await access(program).then(
		() => true,
		() => false,
	);
	if (isThere) return program;
	await mkdir(cacheFolder(), {recursive: true});
	const fresh = await mkdtemp(`${folder}-`);
	await run('npm', ['install', '--prefix', fresh, ...quiet, `@anthropic-ai/claude-code@${version}`]);
	// Whoever comes first has it: another run may have installed the same meanwhile.
	await rename(fresh, folder).catch(() => rm(fresh, {recursive: true, force: true}));
	return program;
};

/** Built from nothing rather than inherited: a stray variable of the developer's could lead to a real account. */
const environment = ({home, baseUrl, env = {}}: ClaudeOptions): Record<string, string> => {
	const all = {
		PATH: process.env.PATH,
		HOME: home,
		LANG: 'C.UTF-8',
		TERM: 'xterm-256color',
		SHELL: '/bin/sh',
		// Where its messaging socket and scratch files go, which would otherwise be shared folders in /tmp.
		XDG_RUNTIME_DIR: home,
		CLAUDE_CODE_TMPDIR: home,
		AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
		AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
		AWS_REGION: 'us-west-2',
		AWS_EC2_METADATA_DISABLED: 'true',
		CLAUDE_CODE_USE_BEDROCK: '1',
		ANTHROPIC_BEDROCK_BASE_URL: baseUrl,
		CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
		CLAUDE_CODE_DISABLE_OFFICIAL_MARKETPLACE_AUTOINSTALL: '1',
		DISABLE_AUTOUPDATER: '1',
		DISABLE_TELEMETRY: '1',
		DISABLE_ERROR_REPORTING: '1',
		HTTP_PROXY: deadProxy,
		HTTPS_PROXY: deadProxy,
		NO_PROXY: '127.0.0.1',
		...env,
	};
	return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined));
};

/** Runs `claude -p` to its end. A run that fails (a refused model) resolves too, with its exit code. */
export const runClaude = (options: ClaudeOptions & {readonly prompt: string}): Promise<ClaudeRun> => {
	const {claude, cwd, prompt, args = []} = options;
	const child = spawn(claude, ['-p', prompt, '--output-format', 'json', ...args], {
		cwd,
		env: environment(options),
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let [stdout, stderr] = ['', ''];
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		stdout += text;
	});
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		stderr += text;
	});
	return new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('close', code => resolve({pid: child.pid ?? 0, exitCode: code ?? -1, stdout, stderr}));
	});
};

/** What the CLI would ask before the first prompt, already answered: theme, sign-in and the trust in this folder. */
const skipOnboarding = async ({home, cwd}: ClaudeOptions) => {
	const path = join(home, '.claude.json');
	const before = JSON.parse(await readFile(path, 'utf8').catch(() => '{}')) as {readonly projects?: object};
	const projects = {...before.projects, [await realpath(cwd)]: {hasTrustDialogAccepted: true}};
	const answered = {...before, hasCompletedOnboarding: true, theme: 'dark', projects};
	await writeFile(path, JSON.stringify(answered), {mode: 0o600});
};

let started = 0;

/**
 * Starts the CLI in a tmux server of its own (no configuration, a socket nobody else uses) and waits until it is
 * registered in `sessions/` and shows its prompt.
 */
export const startInteractiveClaude = async (options: ClaudeOptions): Promise<InteractiveClaude> => {
	const {claude, home, cwd, args = []} = options;
	await skipOnboarding(options);
	started += 1;
	const socket = `bedtop-test-${process.pid}-${started}`;
	const env = environment(options);
	const tmux = async (...words: readonly string[]): Promise<string> => {
		const {stdout} = await run('tmux', ['-L', socket, '-f', '/dev/null', ...words], {env});
		return stdout;
	};
	// `env` hides tmux from the CLI and, being exec'd, leaves it the pane's own pid instead of a shell's.
	const command = ['env', '-u', 'TMUX', '-u', 'TMUX_PANE', claude, ...args];
	await tmux('new-session', '-d', '-x', '120', '-y', '40', '-c', cwd, ...command);
	const pid = Number(await tmux('list-panes', '-F', '#{pane_pid}'));

	const screen = () => tmux('capture-pane', '-p').catch(() => '');
	const waitFor = async (content: string | RegExp) => {
		const isThere = (text: string) => (typeof content === 'string' ? text.includes(content) : content.test(text));
		await until(`${content} on the screen`, async () => (isThere(await screen()) ? true : undefined));
	};
	const stop = async () => {
		// Hung up as by a closed window, so that it deregisters; tmux lives until then because it is who reaps it.
		if (isAlive(pid)) process.kill(pid, 'SIGHUP');
		await until(`the end of claude (pid ${pid})`, async () => (isAlive(pid) ? undefined : true));
		await tmux('kill-server').catch(() => {});
	};

	const registration = join(env.CLAUDE_CONFIG_DIR ?? join(home, '.claude'), 'sessions', `${pid}.json`);
	try {
		await until(registration, () =>
			access(registration).then(
				() => true,
				() => undefined,
			),
		);
		await waitFor(/^❯/m);
	} catch (error) {
		const last = await screen();
		await stop().catch(() => tmux('kill-server'));
		throw new Error(`claude did not come up; its screen:\n${last}`, {cause: error});
	}
	return {
		pid,
		screen,
		async type(line) {
			await tmux('send-keys', '-l', line);
			await waitFor(line.slice(0, 60));
			await tmux('send-keys', 'Enter');
		},
		waitFor,
		stop,
	};
};

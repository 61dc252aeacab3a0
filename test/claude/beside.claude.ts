import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {type BedrockRuntime, serveBedrockRuntime} from '../support/bedrock-runtime.ts';
import {claudeVersion, installClaude, runClaude, startInteractiveClaude} from '../support/claude-cli.ts';
import {command, runBedtop} from '../support/cli.ts';
import {spawnPty} from '../support/pty.ts';

/** The real Claude Code CLI beside the built program: nothing between them but the files that the CLI writes. */
let folder: string;
let claude: string;
let runtime: BedrockRuntime;
const usage = {input: 10, output: 1000, cacheRead: 20_000, cacheWrite5m: 3000};

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'bedtop-beside-'));
	mkdirSync(join(folder, 'home'));
	mkdirSync(join(folder, 'shop'));
	claude = await installClaude();
	runtime = await serveBedrockRuntime({script: () => ({blocks: [{type: 'text', text: 'Hello.'}], usage})});
});
afterAll(async () => {
	await runtime?.close();
	rmSync(folder, {recursive: true, force: true});
});

const transcriptLines = (home: string): number => {
	const projects = join(home, '.claude', 'projects');
	const files = readdirSync(projects, {recursive: true, encoding: 'utf8'}).filter(name => name.endsWith('.jsonl'));
	return files.reduce((sum, file) => {
		const text = readFileSync(join(projects, file), 'utf8');
		return sum + text.split('\n').filter(line => line.includes('"msg_bdrk_')).length;
	}, 0);
};

test('the session appears, and its reply is proven and priced within a second of its line', async () => {
	const home = join(folder, 'home');
	const env = {HOME: home, AWS_REGION: 'us-west-2', CLAUDE_CODE_USE_BEDROCK: '1'};
	mkdirSync(join(home, '.claude'), {recursive: true});
	const bedtop = spawnPty(command('--no-aws'), {columns: 100, rows: 30, env});
	await bedtop.waitFor('unproven');

	const session = await startInteractiveClaude({
		claude,
		home,
		cwd: join(folder, 'shop'),
		baseUrl: runtime.url,
	});
	try {
		await bedtop.waitFor('1 run');
		await bedtop.waitFor('shop');
		await session.type('Say hello.');
		await expect.poll(() => transcriptLines(home), {timeout: 30_000, interval: 5}).toBeGreaterThan(0);
		const writtenAt = performance.now();
		// 10 × 4.4 + 1000 × 22 + 20,000 × 0.22 + 3000 × 5.5 = 42,944 µ$
		// The session calls this test's server: Bedrock somewhere, not this account for sure.
		await bedtop.waitFor(/▲ bedrock\?[\s\S]*\$0\.04/);
		const lagMs = performance.now() - writtenAt;
		process.stdout.write(`reply proven and priced ${lagMs.toFixed(0)} ms after its transcript line was seen\n`);
		expect(lagMs).toBeLessThan(1000);

		const {stdout} = await runBedtop(['--json', '--no-aws'], env);
		const json = JSON.parse(stdout);
		const served = runtime.requests.filter(({operation}) => operation === 'InvokeModelWithResponseStream');
		expect(json.routing.verdict).toBe('bedrock');
		expect(json.routing.sessions[0]).toMatchObject({
			pid: session.pid,
			running: true,
			configured: 'gateway',
			gateway: {host: new URL(runtime.url).host, variable: 'ANTHROPIC_BEDROCK_BASE_URL'},
			proven: {provider: 'bedrock', by: 'message-id'},
			region: 'us-west-2',
			diverged: false,
		});
		expect(json.spend.local.calls).toBe(transcriptLines(home));
		expect(json.spend.local.calls).toBeLessThanOrEqual(served.length);
		expect(json.spend.local.picoUsd).toBe(String(42_944_000_000n * BigInt(json.spend.local.calls)));
	} finally {
		await session.stop();
	}
	await bedtop.waitFor(/none running|\? run/);
	bedtop.write('q');
	expect(await bedtop.exited).toBe(0);
});

test('a run that is over counts to the token, 1-hour cache writes apart', async () => {
	const home = join(folder, 'hourly');
	mkdirSync(home);
	const hourly = {input: 7, output: 500, cacheRead: 9000, cacheWrite1h: 4000};
	const server = await serveBedrockRuntime({script: () => ({blocks: [{type: 'text', text: 'Done.'}], usage: hourly})});
	const {exitCode} = await runClaude({
		claude,
		home,
		cwd: join(folder, 'shop'),
		baseUrl: server.url,
		prompt: 'Say done.',
		env: {ENABLE_PROMPT_CACHING_1H: '1'},
	});
	await server.close();
	expect(exitCode).toBe(0);
	const {stdout} = await runBedtop(['--json', '--no-aws'], {HOME: home});
	const json = JSON.parse(stdout);
	expect(json.routing.sessions[0]).toMatchObject({version: claudeVersion, running: false});
	const calls = json.spend.local.calls;
	expect(calls).toBeGreaterThan(0);
	// 7 × 4.4 + 500 × 22 + 9000 × 0.22 + 4000 × 8.8 = 48,210.8 µ$ for each reply
	expect(json.spend.models[0]).toMatchObject({
		profile: 'us.anthropic.claude-opus-5-5',
		inputTokens: 7 * calls,
		outputTokens: 500 * calls,
		cacheReadTokens: 9000 * calls,
		cacheWrite5mTokens: 0,
		cacheWrite1hTokens: 4000 * calls,
		picoUsd: String(48_210_800_000n * BigInt(calls)),
	});
});

test('a refused model is told with its cause, from this machine alone', async () => {
	const home = join(folder, 'refused');
	mkdirSync(home);
	const server = await serveBedrockRuntime({
		script: ({model}) => ({
			status: 403,
			error: 'AccessDeniedException',
			message: `User: arn:aws:sts::123456789012:assumed-role/Dev/alice is not authorized to perform: bedrock:InvokeModelWithResponseStream on resource: arn:aws:bedrock:us-west-2:123456789012:inference-profile/${model} because no identity-based policy allows the bedrock:InvokeModelWithResponseStream action`,
		}),
	});
	await runClaude({
		claude,
		home,
		cwd: join(folder, 'shop'),
		baseUrl: server.url,
		prompt: 'Say hello.',
		env: {CLAUDE_CODE_MAX_RETRIES: '1'},
	});
	await server.close();
	const {stdout} = await runBedtop(['--json', '--no-aws'], {HOME: home});
	const {refusals, routing} = JSON.parse(stdout);
	expect(routing.verdict).toBe('unproven');
	expect(refusals.length).toBeGreaterThan(0);
	expect(refusals[0]).toMatchObject({
		cause: 'identity-policy',
		action: 'bedrock:InvokeModelWithResponseStream',
		caller: 'alice',
		seenBy: ['transcript'],
	});
	expect(refusals.map(({model}: {model: string}) => model)).toContain('us.anthropic.claude-opus-5-5');
});

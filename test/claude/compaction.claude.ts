import {mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {type BedrockRuntime, type Call, type Reply, serveBedrockRuntime} from '../support/bedrock-runtime.ts';
import {installClaude, runClaude, startInteractiveClaude} from '../support/claude-cli.ts';
import {runBedtop} from '../support/cli.ts';
import {linesIn} from '../support/clients/fixtures.ts';
import {pinned} from '../support/clients/situations.ts';
import {newestClient} from '../support/clients/versions.ts';

/** Calls that are billed without a reply line: the sum is what the server has served, to the pico-dollar, or a bound. */
const newest = await newestClient();

let folder: string;
let count = 0;
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'bedtop-compaction-'));
});
afterAll(() => rmSync(folder, {recursive: true, force: true}));

/** Every call is of other counts, so that no sum is right by chance. */
const usageOf = (turn: number) => ({
	...{input: 10 + turn, output: 100 * turn + 7, cacheRead: 1000 * turn},
	...{cacheWrite5m: 300 * turn},
});

/** At the prices of Sonnet 4.5 in the United States' geo, pico-dollars. */
const picoUsdOf = ({input, output, cacheRead, cacheWrite5m}: ReturnType<typeof usageOf>) =>
	BigInt(input) * 3_300_000n +
	BigInt(output) * 16_500_000n +
	BigInt(cacheRead) * 330_000n +
	BigInt(cacheWrite5m) * 4_125_000n;

/** A server that keeps account of what it has sent to conversations; what a client asks at its start is no part of one. */
const openServer = async () => {
	const sums = {picoUsd: 0n, calls: 0};
	const script = ({operation}: Call): Reply => {
		const isConversation = operation === 'InvokeModelWithResponseStream';
		const usage = usageOf(isConversation ? sums.calls + 1 : 0);
		if (isConversation) {
			sums.calls += 1;
			sums.picoUsd += picoUsdOf(usage);
		}
		return {blocks: [{type: 'text', text: '<summary>All is well.</summary>'}], usage};
	};
	const server: BedrockRuntime = await serveBedrockRuntime({script});
	return {server, sums};
};

const openHome = () => {
	count += 1;
	const home = join(folder, String(count));
	const cwd = join(home, 'shop');
	mkdirSync(cwd, {recursive: true});
	return {home, cwd, projects: join(home, '.claude/projects')};
};

const env = {CLAUDE_CODE_MAX_RETRIES: '1', ANTHROPIC_MODEL: pinned};

const localSpend = async (home: string) =>
	JSON.parse((await runBedtop(['--json', '--no-aws', '--since', '24h'], {HOME: home})).stdout).spend.local;

/** A turn, a compaction, another turn, a fork and a resume; ids are the client's own. */
const converse = async (version: string) => {
	const claude = await installClaude(version);
	const {server, sums} = await openServer();
	const {home, cwd} = openHome();
	const say = async (prompt: string, ...args: readonly string[]): Promise<string> => {
		const {stdout, exitCode} = await runClaude({claude, home, cwd, baseUrl: server.url, prompt, args, env});
		expect(exitCode).toBe(0);
		return JSON.parse(stdout).session_id;
	};
	const session = await say('Say hello.');
	await say('/compact', '--resume', session);
	await say('Say more.', '--resume', session);
	expect(await say('Say it again.', '--resume', session, '--fork-session')).not.toBe(session);
	await say('Say the last.', '--resume', session);
	await server.close();
	return {...sums, local: await localSpend(home)};
};

test.each([...new Set(['2.1.290', '2.1.332', newest])])(
	'%s: exact through a compaction, a fork and a resume',
	async version => {
		const {calls, picoUsd, local} = await converse(version);
		expect(calls).toBe(5);
		expect(local).toMatchObject({picoUsd: String(picoUsd), calls: 4, usdRange: null, lowerBound: false});
		expect(local.unlogged).toMatchObject({picoUsd: String(picoUsdOf(usageOf(2))), from: 'cost-state'});
	},
);

// 2.1.240 does not compact so short a conversation with `-p`.
test.each(['2.1.152'])(
	'%s writes nothing of what a compaction cost: a lower bound, and said to be one',
	async version => {
		const {calls, picoUsd, local} = await converse(version);
		expect(calls).toBe(5);
		expect(local).toMatchObject({calls: 4, lowerBound: true, unlogged: null});
		expect(BigInt(local.picoUsd)).toBeLessThan(picoUsd);
	},
);

describe('an interactive session that was compacted', () => {
	test.each([
		['SIGTERM', 'writes its cost-state and is exact', false],
		['SIGKILL', 'writes none and is a lower bound', true],
	] as const)('ended by %s %s', async (signal, _, lowerBound) => {
		const claude = await installClaude(newest);
		const {server, sums} = await openServer();
		const {home, cwd, projects} = openHome();
		const session = await startInteractiveClaude({claude, home, cwd, baseUrl: server.url, env});
		const count = (isOne: (line: Record<string, unknown>) => boolean) => linesIn(projects).filter(isOne).length;
		const replies = () => count(({type}) => type === 'assistant');
		const within = {timeout: 30_000, interval: 50};
		try {
			await session.type('Say hello.');
			await expect.poll(replies, within).toBe(1);
			await session.waitFor(/done/);
			await session.type('/compact');
			await expect.poll(() => count(({subtype}) => subtype === 'compact_boundary'), within).toBe(1);
			await session.waitFor('Compacted');
			await session.type('Say more.');
			await expect.poll(replies, within).toBe(2);
			// As long as it runs, nobody knows what the compaction cost.
			expect(await localSpend(home)).toMatchObject({calls: 2, lowerBound: true, unlogged: null});
			process.kill(session.pid, signal);
		} finally {
			await session.stop();
			await server.close();
		}
		expect(sums.calls).toBe(3);
		const local = await localSpend(home);
		expect(local).toMatchObject({calls: 2, lowerBound});
		const missing = lowerBound ? picoUsdOf(usageOf(2)) : 0n;
		expect(BigInt(local.picoUsd)).toBe(sums.picoUsd - missing);
	});
});

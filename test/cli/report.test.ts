import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {runBedtop} from '../support/cli.ts';

let home = '';
const run = (...args: readonly string[]) =>
	runBedtop(['report', '--no-aws', '--no-history', '--claude-dir', join(home, '.claude'), ...args], {HOME: home});

const now = Date.now();

/** A line as 2.1.331 writes it. */
const line = (id: string, minutesAgo: number, more: object = {}) =>
	`${JSON.stringify({
		...{type: 'assistant', sessionId: 's1', cwd: '/home/dev/shop', version: '2.1.331', isSidechain: false},
		...{timestamp: new Date(now - minutesAgo * 60_000).toISOString(), requestId: `request-${id}`},
		requestedModel: 'us.anthropic.claude-opus-5-5',
		message: {
			...{id: `msg_bdrk_01${id}`, model: 'claude-opus-5-5', stop_reason: 'tool_use'},
			usage: {input_tokens: 1000, output_tokens: 100, cache_creation_input_tokens: 0, cache_read_input_tokens: 0},
		},
		...more,
	})}\n`;

const agent = (agentId: string, attributionAgent?: string) => ({isSidechain: true, agentId, attributionAgent});

beforeAll(async () => {
	home = await mkdtemp(join(tmpdir(), 'bedtop-report-'));
	const write = async (name: string, text: string) => {
		const path = join(home, '.claude', name);
		await mkdir(dirname(path), {recursive: true});
		await writeFile(path, text);
	};
	await write('projects/-shop/s1.jsonl', line('1', 3) + line('2', 2));
	await write('projects/-shop/s1/subagents/agent-a1.jsonl', line('3', 0, agent('a1', 'Explore')));
	await write('projects/-shop/s1/subagents/workflows/wf_1/agent-a2.jsonl', line('4', 1, agent('a2')));
	await write('projects/-shop/s1/subagents/workflows/wf_1/agent-a2.meta.json', '{"agentType":"workflow-subagent"}');
});
afterAll(() => rm(home, {recursive: true, force: true}));

/** At $4.40 and $22 a million tokens: 1,000 of prompt and 100 of reply. */
const replyPico = 6_600_000_000n;

describe('bedtop report', () => {
	test('by agent, as JSON: what each of them costs, and all the rest', async () => {
		const {code, stdout, stderr} = await run('--by', 'agent', '--since', '1h', '--json');
		expect([code, stderr]).toEqual([0, '']);
		const {by, rows, totals} = JSON.parse(stdout);
		expect(by).toBe('agent');
		expect(rows).toMatchObject([
			{key: 'a1', sessionId: 's1', name: 'Explore', clock: 'local', calls: 1, picoUsd: String(replyPico)},
			{key: 'a2', sessionId: 's1', name: 'workflow-subagent', calls: 1, picoUsd: String(replyPico)},
			{key: null, name: null, calls: 2, picoUsd: String(2n * replyPico), usdRange: null, lowerBound: false},
		]);
		expect(totals).toMatchObject([{clock: 'local', calls: 4, picoUsd: String(4n * replyPico)}]);
	});

	test('the same as CSV and as a table', async () => {
		const csv = await run('--by=session', '--since=1h', '--csv');
		expect(csv.code).toBe(0);
		expect(csv.stdout.split('\r\n')[1]).toBe(
			's1,/home/dev/shop,local,0.0264,26400000000,0.0264,0.0264,false,4,0,4000,400,0,0,0,0',
		);
		const text = await run('--by', 'project', '--since', '1h');
		expect(text.stdout).toMatch(/^\/home\/dev\/shop +\$0\.03 █{24} +4 +0 +4\.0k +400 +0% local$/m);
	});

	test.each([
		[['--by', 'agnet'], /^--by is one of day, .*, not “agnet”\./],
		[['--csv', '--json'], /^--csv and --json do not go together/],
		[['--by'], /^--by needs a value/],
	])('%j is one sentence, and wrong usage', async (args, sentence) => {
		const {code, stderr, stdout} = await run(...args);
		expect([code, stdout]).toEqual([64, '']);
		expect(stderr).toMatch(sentence);
	});

	test('without anything to read it says so, and that nobody answered', async () => {
		const {code, stdout} = await runBedtop(['report', '--no-aws', '--claude-dir', join(home, 'none')], {HOME: home});
		expect(code).toBe(2);
		expect(stdout).toMatch(/No source has answered/);
	});
});

test('--json of the whole says what sessions and agents have cost, and that they run', async () => {
	const {stdout} = await runBedtop(['--json', '--no-aws', '--since', '1h', '--claude-dir', join(home, '.claude')], {
		HOME: home,
	});
	const {routing, spend, fanOuts} = JSON.parse(stdout);
	expect(routing.sessions).toMatchObject([
		{
			...{sessionId: 's1', picoUsd: String(4n * replyPico), usdFrom: 'bedrock'},
			agents: {total: 2, picoUsd: String(2n * replyPico)},
		},
	]);
	expect(spend.byAgent).toMatchObject([
		{agentId: 'a2', type: 'workflow-subagent', calls: 1},
		{agentId: 'a1', type: 'Explore', model: 'anthropic.claude-opus-5-5', usd: 0.0066},
	]);
	expect(fanOuts).toEqual([]);
});

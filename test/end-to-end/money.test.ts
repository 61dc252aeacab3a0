import {mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {serveWorld} from '../../source/demo/aws/serve.ts';
import {type ClaudeDirectory, createClaudeDirectory} from '../../source/demo/claude/claude-directory.ts';
import {createWorld} from '../../source/demo/world/world.ts';
import {fakeKeys, runBedtop} from '../support/cli.ts';

/** The built program, money only: budgets, the bill, prices, application profiles, each with its faults. */
const now = Date.now();
let folder: string;
let home: string;
let claude: ClaudeDirectory;
let served: Awaited<ReturnType<typeof serveWorld>>;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'bedtop-money-'));
	const world = createWorld({seed: 11, startAt: now - 60_000});
	claude = await createClaudeDirectory(world, folder);
	await claude.update(now);
	served = await serveWorld(world, {now: () => now});
});
afterAll(async () => {
	await served.close();
	rmSync(folder, {recursive: true, force: true});
});
beforeEach(() => {
	home = mkdtempSync(join(folder, 'home-'));
	// Its request a second is what takes time, and only names depend on it here.
	served.fail('cloudtrail', 'denied');
});
afterEach(() => {
	for (const service of ['cost-explorer', 'pricing', 'bedrock'] as const) served.fail(service, undefined);
});

const env = () => ({...fakeKeys, HOME: home, CLAUDE_CONFIG_DIR: claude.directory, AWS_ENDPOINT_URL: served.url});
const configure = (settings: object) => {
	mkdirSync(join(home, '.config', 'bedtop'), {recursive: true});
	writeFileSync(join(home, '.config', 'bedtop', 'config.json'), JSON.stringify(settings));
};
const json = async (...args: readonly string[]) => {
	const {code, stdout, stderr} = await runBedtop(['--json', ...args], env());
	expect({code, stderr}).toEqual({code: 0, stderr: ''});
	return JSON.parse(stdout);
};
const asked = (target: string) => served.requests.filter(request => request.target.endsWith(target)).length;
type Source = {readonly name: string; readonly state: string; readonly problem: {readonly fix: string | null} | null};
const source = (from: {readonly sources: readonly Source[]}, name: string) =>
	from.sources.find(one => one.name === name);

describe('the account', () => {
	test('is priced per model beside mine, an application profile by what stands behind it', async () => {
		served.fail('cloudtrail', undefined);
		const {spend, reconcile, metrics} = await json();
		type Row = {clock: string; profile: string; model: string; scope: string; usd: number};
		const account = spend.models.filter(({clock}: Row) => clock === 'account') as Row[];
		expect(account.find(({profile}) => profile === 'ci0haiku45us')).toMatchObject({
			model: 'anthropic.claude-haiku-4-5-20251001-v1:0',
			scope: 'geo',
			scopeFrom: 'metric',
			priced: true,
		});
		expect(spend.account.usd).toBeCloseTo(
			account.reduce((sum, {usd}) => sum + usd, 0),
			9,
		);
		expect(spend.account.usdRange[0]).toBeLessThanOrEqual(spend.account.usd);
		expect(reconcile.share).toBeGreaterThan(0);
		expect(reconcile.share).toBeLessThan(1);
		expect(reconcile.notes.join('\n')).toMatch(/tokens are not from this machine: ci \(\d+ calls\)/);
		expect(metrics.filter(({namespace}: {namespace: string}) => namespace === 'AWS/BedrockMantle')).toHaveLength(1);
	});

	test('a refused GetInferenceProfile leaves its tokens unpriced, with the action to allow', async () => {
		served.fail('bedrock', 'denied');
		const answer = await json();
		const row = answer.spend.models.find(({profile}: {profile: string}) => profile === 'ci0haiku45us');
		expect(row).toMatchObject({
			model: null,
			usd: null,
			priced: false,
			unpricedReason: expect.stringContaining('allow bedrock:GetInferenceProfile'),
		});
		expect(row.unpricedTokens).toBe(answer.spend.account.unpricedTokens);
		expect(source(answer, 'inference-profiles')).toMatchObject({
			state: 'denied',
			problem: {fix: 'allow bedrock:GetInferenceProfile on Resource "*"'},
		});
		expect(source(answer, 'cloudwatch')).toMatchObject({state: 'ok'});
	});

	test('a setting for cache writes makes the figure exact but for steps and Mantle', async () => {
		configure({cacheWrites: '5m'});
		const {spend} = await json();
		const ranged = spend.models.filter(
			({clock, usdRange}: {clock: string; usdRange: unknown}) => clock === 'account' && usdRange !== null,
		);
		const ids = ranged.map(({profile}: {profile: string}) => profile).sort();
		expect(ids).toEqual(['anthropic.claude-opus-4-7', 'global.anthropic.claude-haiku-5-5']);
	});

	test('what watching costs is counted, planned and below five cents a day', async () => {
		const {watch} = await json();
		expect(watch.usdSoFar).toBeCloseTo(0.000_01 * (watch.metricsRequested + watch.calls['cloudwatch:ListMetrics']), 9);
		expect(watch.usdPerDay).toBeGreaterThan(0);
		expect(watch.usdPerDay).toBeLessThan(0.05);
		expect(watch.maxUsdPerDay).toBe(0.1);
	});

	test('nothing that costs is asked where nothing may be spent', async () => {
		const before = served.requests.length;
		const answer = await json('--max-watch-cost', '0', '--cost-explorer');
		expect(source(answer, 'cloudwatch')).toMatchObject({state: 'off'});
		const targets = served.requests.slice(before).map(({target}) => target);
		expect(targets.filter(target => /Granite|Insights/.test(target))).toEqual([]);
	});
});

describe('the bill', () => {
	test('is not asked for unless the person says so', async () => {
		const before = asked('GetCostAndUsage');
		expect((await json()).spend.billed).toBeNull();
		expect(asked('GetCostAndUsage')).toBe(before);
	});

	test('is asked for once in six hours, restarts included, and costs a cent', async () => {
		const before = asked('GetCostAndUsage');
		const first = await json('--cost-explorer');
		// The bill has nothing of today: on the first of a month (UTC) nothing of the month is billed yet.
		const isFirstOfMonth = first.spend.billed.since.slice(8, 10) === first.at.slice(8, 10);
		const services: string[] = first.spend.billed.models.map(({service}: {service: string}) => service);
		expect(services.some(service => /^Claude .* \(Amazon Bedrock Edition\)$/.test(service))).toBe(!isFirstOfMonth);
		expect(first.watch.calls['ce:GetCostAndUsage']).toBe(1);
		expect(first.watch.usdSoFar).toBeGreaterThan(0.01);
		const total = first.spend.billed.models.reduce(
			(sum: bigint, model: {picoUsd: string}) => sum + BigInt(model.picoUsd),
			0n,
		);
		expect(first.spend.billed.picoUsd).toBe(String(total));
		const second = await json('--cost-explorer');
		expect(second.spend.billed).toEqual(first.spend.billed);
		expect(asked('GetCostAndUsage')).toBe(before + 1);
		expect(readdirSync(join(home, '.cache', 'bedtop'))).toContain('bill-123456789012.json');
	});

	test.each([
		['denied', 'denied', 'allow ce:GetCostAndUsage on Resource "*"'],
		['throttled', 'throttled', null],
		['empty', 'failed', null],
	] as const)('%s: says so, and the rest goes on', async (fault, state, fix) => {
		served.fail('cost-explorer', fault);
		const answer = await json('--cost-explorer');
		expect(source(answer, 'cost-explorer')).toMatchObject({state, problem: {fix}});
		expect(answer.spend.billed).toBeNull();
		expect(answer.spend.account.usd).toBeGreaterThan(0);
	});
});

describe('budgets and --check', () => {
	test('a budget is judged by the day, whatever the window', async () => {
		const day = await json('--budget', '1000000', '--budget-month', '0.01');
		expect(day.spend.budgets).toMatchObject([
			{period: 'day', level: 'ok', spentUsd: day.spend.local.usd},
			{period: 'month', level: 'over', limitUsd: 0.01},
		]);
		const hour = await json('--budget', '1000000', '--since', '5m');
		expect(hour.spend.budgets[0].spentUsd).toBe(day.spend.local.usd);
		expect(hour.spend.local.usd).toBeLessThan(day.spend.local.usd);
	});

	test('a line for each thing that is wrong, and 1', async () => {
		const {code, stdout, stderr} = await runBedtop(['--check', '--budget', '0.01', '--since', '24h'], env());
		expect({code, stdout}).toEqual({code: 1, stdout: ''});
		expect(stderr).toMatch(
			/^refused: fable-5\.2 ×\d+, identity-policy, alice@example\.com.* → Allow bedrock:InvokeModel/m,
		);
		expect(stderr).toMatch(
			/^budget: exceeded, \$\d+\.\d\d of \$0\.01 this day → spend less, or set another limit with --budget$/m,
		);
	});

	test('nothing to be seen is no good sign: 2', async () => {
		const empty = {...env(), CLAUDE_CONFIG_DIR: join(home, 'nowhere')};
		const {code, stderr} = await runBedtop(['--check', '--no-aws'], empty);
		expect(code).toBe(2);
		expect(stderr).toMatch(/^transcripts: could not be read/m);
		expect(stderr).toMatch(/^routing: not proven/m);
	});
});

describe('discounts', () => {
	test('are taken off last, and the list price stands beside', async () => {
		const before = (await json()).spend.local;
		configure({discount: {overall: 10, models: {'us.anthropic.claude-opus-5-5': 20}}});
		const {spend} = await json();
		expect(spend.local.listUsd).toBe(before.usd);
		const opus = spend.models.find(
			({clock, profile}: {clock: string; profile: string}) => clock === 'local' && profile.endsWith('opus-5-5'),
		);
		expect(opus.usd).toBeCloseTo(opus.listUsd * 0.8, 6);
		expect(spend.local.usd).toBeGreaterThan(before.usd * 0.8);
		expect(spend.local.usd).toBeLessThan(before.usd * 0.9);
	});

	test.each([
		[{discount: 101}, '“discount” must be a percentage from 0 to 100 with at most four decimals.'],
		[{discount: {models: {'anthropic.claude-opus-5': '5%'}}}, '“discount.models.anthropic.claude-opus-5” must be'],
		[{budgets: 3}, 'There is no setting “budgets” for the config file.'],
	])('a config file that says %o is one sentence and 64', async (settings, sentence) => {
		configure(settings);
		const {code, stderr} = await runBedtop(['--json'], env());
		expect(code).toBe(64);
		expect(stderr).toContain(sentence);
		expect(stderr.trim().split('\n')).toHaveLength(1);
	});
});

describe('prices', () => {
	const file = (content: string) => {
		const path = join(home, 'prices.json');
		writeFileSync(path, content);
		return path;
	};

	test('a file of one’s own outranks what ships, and prints as it is read', async () => {
		const path = file(
			JSON.stringify([
				{
					model: 'us.anthropic.claude-opus-5-5',
					regional: {input: 1, output: 1, cacheRead: 1, cacheWrite5m: 1, cacheWrite1h: 1},
				},
			]),
		);
		const {spend} = await json('--prices', path);
		const opus = spend.models.find(({profile}: {profile: string}) => profile === 'us.anthropic.claude-opus-5-5');
		const tokens =
			opus.inputTokens + opus.outputTokens + opus.cacheReadTokens + opus.cacheWrite5mTokens + opus.cacheWrite1hTokens;
		expect(opus.picoUsd).toBe(`${tokens}000000`);
		const {stdout} = await runBedtop(['prices', '--json', '--prices', path], env());
		const again = file(stdout);
		expect((await json('--prices', again)).spend.local.picoUsd).toBe(spend.local.picoUsd);
	});

	test.each([
		['nowhere', undefined, 66, /^Cannot read .*nowhere \(not there\)\.$/],
		['', undefined, 66, /^Cannot read .* \(a folder\)\.$/],
		['no JSON', '{', 66, /is not JSON\.$/],
		['no list', '{"a": 1}', 64, /It must be a list of prices/],
		[
			'a faulty entry',
			'[{"model": "x", "input": "cheap", "output": 1}]',
			64,
			/price 1 \(x\): input must be dollars per million tokens/,
		],
	])('%s: one sentence', async (name, content, expected, sentence) => {
		const path = content === undefined ? join(home, name) : file(content);
		const {code, stderr} = await runBedtop(['--json', '--prices', path], env());
		expect(code).toBe(expected);
		expect(stderr.trim()).toMatch(sentence);
	});

	test('the book is printed with dates and sources', async () => {
		const {code, stdout} = await runBedtop(['prices'], env());
		expect(code).toBe(0);
		expect(stdout).toMatch(
			/│ opus-5\.5 +│ checked 2026-11-23 +│ geo, region +│ 4\.4 +│ 22 +│ 5\.5 +│ 8\.8 +│ 0\.22 +│ https:/,
		);
		expect(stdout).toMatch(/│ haiku-5\.5 +│ 2026-10-07 +│ global > 100k +│ 0\.5 +│/);
	});

	test('--refresh names what AWS charges otherwise, and the next start uses it', async () => {
		const {code, stdout} = await runBedtop(['prices', '--refresh'], env());
		expect(code).toBe(0);
		expect(stdout).toContain("from AWS's price list of us-east-1");
		expect(stdout).toContain('Claude Opus 6');
		const {stdout: second} = await runBedtop(['prices', '--json'], env());
		const {prices} = JSON.parse(second);
		expect(prices.some(({source}: {source: string}) => source.includes('offers/v1.0/aws'))).toBe(true);
	});

	test.each([
		['denied', 'allow pricing:GetProducts'],
		['throttled', 'throttling'],
		['empty', 'without content'],
	] as const)('--refresh while the list is %s: the reason, 2, and the prices known before', async (fault, said) => {
		served.fail('pricing', fault);
		const {code, stdout, stderr} = await runBedtop(['prices', '--refresh'], env());
		expect(code).toBe(2);
		expect(stderr).toContain(said);
		expect(stdout).toContain('opus-5.5');
	});
});

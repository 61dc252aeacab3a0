import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {serveWorld} from '../../source/demo/aws/serve.ts';
import {type ClaudeDirectory, createClaudeDirectory} from '../../source/demo/claude/claude-directory.ts';
import {homeRegion, models} from '../../source/demo/world/people.ts';
import {createWorld, type World} from '../../source/demo/world/world.ts';
import type {WorldCall} from '../../source/demo/world/world-call.ts';
import {command, fakeKeys, runBedtop} from '../support/cli.ts';
import {spawnPty} from '../support/pty.ts';

/** The built program over loopback HTTP, told to by the SDK's own AWS_ENDPOINT_URL, against a world that stands still. */
const now = Date.now();
let folder: string;
let world: World;
let claude: ClaudeDirectory;
let served: Awaited<ReturnType<typeof serveWorld>>;
let calls: readonly WorldCall[];

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'bedtop-e2e-'));
	world = createWorld({seed: 11, startAt: now - 60_000});
	claude = await createClaudeDirectory(world, folder);
	await claude.update(now);
	served = await serveWorld(world, {now: () => now});
	calls = world.callsUntil(now);
});
afterAll(async () => {
	await served.close();
	rmSync(folder, {recursive: true, force: true});
});

const env = () => ({...fakeKeys, HOME: folder, CLAUDE_CONFIG_DIR: claude.directory, AWS_ENDPOINT_URL: served.url});

const sum = (list: readonly WorldCall[], value: (call: WorldCall) => number) =>
	list.reduce((total, call) => total + value(call), 0);

/** Pico-dollars per token, from the price list: input, output, 5-minute write, 1-hour write, read. */
const rates: Readonly<Record<string, readonly [bigint, bigint, bigint, bigint, bigint]>> = {
	[models.opus]: [4_400_000n, 22_000_000n, 5_500_000n, 8_800_000n, 220_000n],
	[models.sonnet]: [2_000_000n, 10_000_000n, 2_500_000n, 4_000_000n, 100_000n],
	[models.haiku]: [1_100_000n, 5_500_000n, 1_375_000n, 2_200_000n, 110_000n],
};

const costOf = (list: readonly WorldCall[]): bigint =>
	list.reduce((total, {profile, usage}) => {
		const [input, output, write5m, write1h, read] = rates[profile] as (typeof rates)[string];
		const {cacheWrite5m, cacheWrite1h, cacheRead} = usage;
		const tokens = [usage.input, usage.output, cacheWrite5m, cacheWrite1h, cacheRead].map(BigInt);
		return [input, output, write5m, write1h, read].reduce(
			(cost, rate, kind) => cost + rate * (tokens[kind] ?? 0n),
			total,
		);
	}, 0n);

test('--json tells exactly what the world contains', async () => {
	const requestsBefore = served.requests.length;
	const {code, stdout, stderr} = await runBedtop(['--json'], env());
	expect({code, stderr}).toEqual({code: 0, stderr: ''});
	const json = JSON.parse(stdout);

	// CloudTrail writes whole seconds, and the window is held against those.
	const eventTime = ({at}: WorldCall) => Math.floor(at / 1000) * 1000;
	const feedSince = Date.parse(json.callCount.since);
	const delivered = calls.filter(call => eventTime(call) >= feedSince && call.deliveredAt <= now);
	const outcomes = (outcome: WorldCall['outcome']) => delivered.filter(call => call.outcome === outcome).length;
	expect(json.callCount).toMatchObject({
		ok: outcomes('ok'),
		refused: outcomes('AccessDenied'),
		throttled: outcomes('ThrottlingException'),
		failed: 0,
		mine: delivered.filter(({thread}) => thread.isLocal).length,
	});
	expect(json.calls).toHaveLength(Math.min(500, delivered.length));

	const spendSince = Date.parse(json.spend.local.since);
	const mine = calls.filter(
		({thread, outcome, endAt}) => thread.isLocal && outcome === 'ok' && endAt >= spendSince && endAt <= now,
	);
	expect(json.spend.local).toMatchObject({calls: mine.length, picoUsd: String(costOf(mine)), usdRange: null});
	for (const profile of [models.opus, models.sonnet, models.haiku]) {
		const ofModel = mine.filter(call => call.profile === profile);
		expect(json.spend.models.find((row: {profile: string}) => row.profile === profile)).toMatchObject({
			clock: 'local',
			calls: ofModel.length,
			inputTokens: sum(ofModel, ({usage}) => usage.input),
			outputTokens: sum(ofModel, ({usage}) => usage.output),
			cacheReadTokens: sum(ofModel, ({usage}) => usage.cacheRead),
			cacheWrite5mTokens: sum(ofModel, ({usage}) => usage.cacheWrite5m),
			cacheWrite1hTokens: sum(ofModel, ({usage}) => usage.cacheWrite1h),
			picoUsd: String(costOf(ofModel)),
			priced: true,
			scopeFrom: 'requestedModel',
		});
		const published = calls.filter(
			call => call.profile === profile && call.outcome === 'ok' && call.publishedAt <= now && call.endAt >= spendSince,
		);
		expect(json.metrics.find((row: {profile: string}) => row.profile === profile)).toMatchObject({
			region: homeRegion,
			calls: published.length,
			inputTokens: sum(published, ({usage}) => usage.input),
			outputTokens: sum(published, ({usage}) => usage.output),
			cacheReadTokens: sum(published, ({usage}) => usage.cacheRead),
			cacheWriteTokens: sum(published, ({usage}) => usage.cacheWrite5m + usage.cacheWrite1h),
		});
	}
	// The feed was read from a few seconds earlier on than the answer's own window.
	const audited = (since: number) => {
		const ids = new Set(
			calls.filter(call => call.at >= since && call.deliveredAt <= now).map(({requestId}) => requestId),
		);
		return mine.filter(({requestId}) => ids.has(requestId)).length;
	};
	expect(json.reconcile.joinedCalls).toBeGreaterThanOrEqual(audited(feedSince));
	expect(json.reconcile.joinedCalls).toBeLessThanOrEqual(audited(feedSince - 60_000));

	const refused = delivered.filter(({outcome}) => outcome === 'AccessDenied');
	expect(json.refusals[0]).toMatchObject({cause: 'identity-policy', model: models.fable, caller: 'alice@example.com'});
	expect(json.refusals[0].count).toBe(refused.length);
	expect(json.identity).toMatchObject({accountId: '123456789012', kind: 'sso'});
	expect(json.demo).toBe(false);

	const lookUps = served.requests.slice(requestsBefore).filter(({target}) => target.endsWith('LookupEvents'));
	for (const [index, {at, region}] of lookUps.entries()) {
		expect(region).toBe(homeRegion);
		// At most one request a second; the server's clock may see two a little closer than they were sent.
		if (index > 0) expect(at - (lookUps[index - 1]?.at ?? 0)).toBeGreaterThan(900);
	}
}, 60_000);

test('--json has every key of the contract', async () => {
	const {stdout} = await runBedtop(['--json', '--no-aws'], env());
	const json = JSON.parse(stdout);
	expect(Object.keys(json)).toEqual(
		expect.arrayContaining([
			...['schema', 'at', 'demo', 'version', 'identity', 'routing', 'spend', 'callCount', 'calls', 'refusals'],
			...['metrics', 'reconcile', 'watch', 'sources'],
		]),
	);
	expect(Object.keys(json.spend)).toEqual(
		expect.arrayContaining([
			...['estimate', 'local', 'direct', 'account', 'billed', 'burnUsdPerHour', 'projectedDayUsd', 'budgetUsd'],
			'models',
		]),
	);
	expect(Object.keys(json.watch)).toEqual(['calls', 'metricsRequested', 'usdSoFar', 'usdPerDay', 'maxUsdPerDay']);
	const states = Object.fromEntries(json.sources.map(({name, state}: {name: string; state: string}) => [name, state]));
	expect(states).toEqual({
		transcripts: 'ok',
		sessions: 'ok',
		cloudwatch: 'off',
		cloudtrail: 'off',
		identity: 'off',
		'cost-explorer': 'off',
		history: 'ok',
		'invocation-logs': 'off',
		'trail-logs': 'off',
	});
	expect(json.routing.sessions[0]).toMatchObject({
		configured: 'bedrock',
		proven: {provider: 'bedrock', by: 'message-id'},
	});
	expect(json.identity).toBeNull();
});

describe('a service that fails is named, with what mends it, and keeps nobody else from answering', () => {
	test.each([
		['cloudtrail', 'denied', 'denied', 'allow cloudtrail:LookupEvents on Resource "*"'],
		['cloudtrail', 'expired', 'credentials', 'aws sso login'],
		['cloudtrail', 'throttled', 'throttled', null],
		['cloudtrail', 'unreachable', 'failed', 'check network and proxy'],
		['cloudtrail', 'empty', 'failed', null],
		['cloudwatch', 'denied', 'denied', 'allow cloudwatch:ListMetrics, cloudwatch:GetMetricStatistics on Resource "*"'],
		['cloudwatch', 'expired', 'credentials', 'aws sso login'],
		['cloudwatch', 'throttled', 'throttled', null],
		['cloudwatch', 'unreachable', 'failed', 'check network and proxy'],
		['cloudwatch', 'empty', 'failed', null],
		['sts', 'denied', 'denied', 'allow sts:GetCallerIdentity on Resource "*"'],
		['sts', 'expired', 'credentials', 'aws sso login'],
		['sts', 'unreachable', 'failed', 'check network and proxy'],
		['sts', 'empty', 'failed', null],
	] as const)('%s %s', async (service, fault, state, fix) => {
		served.fail(service, fault);
		try {
			const {code, stdout} = await runBedtop(['--json', '--since', '5m'], env());
			expect(code).toBe(0);
			const {sources} = JSON.parse(stdout) as {sources: {name: string; state: string; problem: {fix: string} | null}[]};
			const name = service === 'sts' ? 'identity' : service;
			const failed = sources.filter(source => source.problem !== null);
			expect(failed).toHaveLength(1);
			expect(failed[0]).toMatchObject({name, state});
			if (fix === null) expect(failed[0]?.problem?.fix).toBeNull();
			else expect(failed[0]?.problem?.fix).toContain(fix);
			const others = sources.filter(source => source.state === 'ok').map(source => source.name);
			const expected = [
				'transcripts',
				'sessions',
				'identity',
				'cloudtrail',
				'cloudwatch',
				'inference-profiles',
				'prerequisites',
				'lifecycle',
				'quotas',
				'history',
			];
			expect(others.sort()).toEqual(expected.filter(other => other !== name).sort());
		} finally {
			served.fail(service, undefined);
		}
	});

	test('on screen too, and it heals when asked again', async () => {
		served.fail('cloudtrail', 'denied');
		const pty = spawnPty(command(), {columns: 100, rows: 30, env: env()});
		await pty.waitFor('cloudtrail:LookupEvents');
		await pty.waitFor('calls/h');
		served.fail('cloudtrail', undefined);
		pty.write('r');
		await pty.waitFor(/×1?\d/);
		pty.write('q');
		expect(await pty.exited).toBe(0);
	});
});

import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {type Metrics, mergeMetrics} from '../../../source/domain/metrics/metrics.ts';
import type {Turn} from '../../../source/domain/replies/turn.ts';
import {toJson} from '../../../source/output/json/json.ts';
import {overview} from '../../../source/state/overview.ts';
import type {SourceStatus} from '../../../source/state/source-status.ts';
import {reduce, type State} from '../../../source/state/state.ts';
import {ledgerOf, minuteMs, noon, reply, stateOf} from '../../support/builders.ts';

/** Figures that people reported other programs to make up or to date wrongly, as `--json` has them. */
const jsonOf = (state: State, now = noon) => toJson(overview(state, now), {version: '1', isDemo: false});
const spendOf = (...turns: readonly Turn[]) => jsonOf(stateOf({ledger: ledgerOf(...turns)})).spend;

const at = noon - 5 * minuteMs;
const priced = reply('a', {at, usage: {input: 1000}});
const unpriced = reply('b', {at, usage: {input: 55_000}, requestedModel: 'us.anthropic.claude-9-x', sessionId: 's2'});
const unknown = {usd: null, picoUsd: null, usdRange: null};

describe('what has no price is null, never $0', () => {
	test('alone, in its sum and in every breakdown: vivekchand/clawmetry#5979', () => {
		const {local, models, bySession, byFolder, byHour, byDay, byScope} = spendOf(unpriced);
		const expected = {...unknown, calls: 1, unpricedCalls: 1, unpricedTokens: 55_000};
		for (const sum of [local, ...bySession, ...byFolder, ...byHour, ...byDay, ...byScope]) {
			expect(sum).toMatchObject(expected);
		}
		expect(models).toMatchObject([{...unknown, priced: false}]);
	});

	test('beside what has one, the sum says how much is missing: pingdotgg/t3code#5799', () => {
		const {local, bySession} = spendOf(priced, unpriced);
		expect(local).toMatchObject({usd: 0.004, unpricedCalls: 1, unpricedTokens: 55_000});
		expect(bySession).toMatchObject([
			{key: 's1', usd: 0.004, unpricedCalls: 0},
			{key: 's2', ...unknown, unpricedCalls: 1},
		]);
	});

	test('nothing used is $0 and not unknown: Agenta-AI/agenta#1584', () => {
		expect(spendOf().local).toMatchObject({usd: 0, picoUsd: '0', calls: 0});
	});

	const accountOf = (...profiles: readonly string[]): Metrics =>
		profiles.reduce<Metrics>(
			(metrics, profile) =>
				mergeMetrics(metrics, [{region: 'us-east-1', profile, points: [['InputTokenCount', [[at, 1000]]]]}], 0),
			new Map(),
		);
	const account = (...profiles: readonly string[]) =>
		jsonOf(stateOf({metrics: accountOf(...profiles), ledger: ledgerOf(priced)}));

	test.each<[string, readonly string[], object | null, number | null]>([
		['no metrics at all: tinyhumansai/opencompany#1425', [], null, null],
		['a model without a price: n-orlov/ralphd#10', ['us.amazon.nova-pro-v1:0'], {...unknown, tokens: 1000}, null],
		['a profile nobody has looked up: wandb/weave#4218', ['a1b2c3d4e5f6'], {...unknown, unpricedTokens: 1000}, null],
		[
			'one with and one without: RailtownAI/railtracks#1553',
			['global.anthropic.claude-opus-5-5', 'us.amazon.nova-pro-v1:0'],
			{usd: 0.004, unpricedTokens: 1000, tokens: 2000},
			1,
		],
	])('the account, %s', (_, profiles, expected, share) => {
		const {spend, reconcile} = account(...profiles);
		if (expected === null) expect(spend.account).toBeNull();
		else expect(spend.account).toMatchObject(expected);
		expect(reconcile.usdShare).toBe(share);
	});

	test('no share of the account is made of money that is not known', () => {
		const state = stateOf({metrics: accountOf('global.anthropic.claude-opus-5-5'), ledger: ledgerOf(unpriced)});
		expect(jsonOf(state).reconcile.usdShare).toBeNull();
	});
});

describe('a source that was right once is not right for ever', () => {
	const credentials = {
		kind: 'credentials',
		message: 'Credentials do not work: expired.',
		fix: 'aws sso login',
	} as const;
	const said = (more: Partial<SourceStatus>) => {
		const status: SourceStatus = {name: 'cloudtrail', region: 'us-east-1', phase: 'waiting', failures: 0, ...more};
		return jsonOf(reduce(stateOf(), {type: 'status', status})).sources.find(({name}) => name === 'cloudtrail');
	};

	test.each<[string, Partial<SourceStatus>, object]>([
		[
			'credentials that worked an hour ago and expired: aws/aws-toolkit-jetbrains#2484',
			{lastSuccessAt: noon - 60 * minuteMs, failures: 1, problem: credentials},
			{state: 'credentials', lagSeconds: 3600, fix: 'aws sso login'},
		],
		[
			'a second ago: aws/aws-cli#7340',
			{lastSuccessAt: noon - 1000, failures: 1, problem: credentials},
			{state: 'credentials', problem: {message: credentials.message}},
		],
		[
			'that fail while it is asked again: aws/aws-toolkit-jetbrains#3814',
			{phase: 'fetching', lastSuccessAt: noon - minuteMs, failures: 3, problem: credentials},
			{state: 'credentials'},
		],
		['never answered, nothing said: turbot/steampipe#1103', {}, {state: 'late', asOf: null, lagSeconds: null}],
		['hangs since an answer', {phase: 'fetching', lastSuccessAt: noon - 11 * minuteMs}, {state: 'late'}],
		['answers again', {lastSuccessAt: noon, failures: 0}, {state: 'ok', problem: null, fix: null}],
	])('%s', (_, more, expected) => expect(said(more)).toMatchObject(expected));
});

describe('days and hours are the person’s', () => {
	const zone = process.env.TZ;
	afterEach(() => {
		if (zone === undefined) delete process.env.TZ;
		else process.env.TZ = zone;
	});
	beforeEach(() => {
		process.env.TZ = 'UTC';
	});

	const keysOf = (name: string, by: 'byDay' | 'byHour', ...times: readonly string[]) => {
		process.env.TZ = name;
		const turns = times.map((time, place) => reply(`r${place}`, {at: Date.parse(time), usage: {input: 1000}}));
		const state = stateOf({ledger: ledgerOf(...turns), spendSince: 0});
		return jsonOf(state, Date.parse('2026-12-01T00:00:00Z')).spend[by].map(({key, calls}) => [key, calls]);
	};

	test.each<[string, string, 'byDay' | 'byHour', readonly string[], readonly (readonly [string, number])[]]>([
		[
			'an evening in the west is not tomorrow: ccusage/ccusage#349',
			...(['America/Denver', 'byDay', ['2026-08-04T02:00:00Z'], [['2026-08-03T06:00:00.000Z', 1]]] as const),
		],
		[
			'nor is a night in the east yesterday: ccusage/ccusage#1114',
			'Asia/Tokyo',
			'byDay',
			['2026-05-21T14:59:59Z', '2026-05-21T16:27:00Z'],
			[
				['2026-05-20T15:00:00.000Z', 1],
				['2026-05-21T15:00:00.000Z', 1],
			],
		],
		[
			'oldest first, in whatever order they were read: Intrect-io/OpenSwarm#655',
			'Asia/Seoul',
			'byHour',
			['2026-09-17T01:10:00Z', '2026-09-16T23:10:00Z', '2026-09-17T00:10:00Z'],
			[
				['2026-09-16T23:00:00.000Z', 1],
				['2026-09-17T00:00:00.000Z', 1],
				['2026-09-17T01:00:00.000Z', 1],
			],
		],
		[
			'the hour that clocks repeat is two: BerriAI/litellm#34453',
			'America/New_York',
			'byHour',
			['2026-11-01T05:30:00Z', '2026-11-01T06:30:00Z'],
			[
				['2026-11-01T05:00:00.000Z', 1],
				['2026-11-01T06:00:00.000Z', 1],
			],
		],
		[
			'the day of 25 hours is one: CenturyLinkCloud/mdw#764',
			'America/New_York',
			'byDay',
			['2026-11-01T04:10:00Z', '2026-11-02T04:50:00Z', '2026-11-02T05:00:00Z'],
			[
				['2026-11-01T04:00:00.000Z', 2],
				['2026-11-02T05:00:00.000Z', 1],
			],
		],
	])('%s', (_, name, by, times, expected) => expect(keysOf(name, by, ...times)).toEqual(expected));
});

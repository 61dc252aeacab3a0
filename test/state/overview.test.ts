import {describe, expect, test} from 'vitest';
import {mergeMetrics} from '../../source/domain/metrics/metrics.ts';
import type {Configuration} from '../../source/domain/routing/configuration.ts';
import {explainedRefusals} from '../../source/state/explained-refusals.ts';
import {feedCalls, feedRows} from '../../source/state/feed.ts';
import {overview, watchedRegions} from '../../source/state/overview.ts';
import type {State} from '../../source/state/state.ts';
import {alice, call, globalOpus, ledgerOf, logOf, minuteMs, noon, reply, stateOf} from '../support/builders.ts';

const configuration = (region: string, provider: Configuration['provider'] = 'bedrock') =>
	({provider, region, regionPrefix: 'us', findings: []}) as unknown as Configuration;
const session = (cwd: string, running = true) => ({pid: 1, sessionId: cwd, cwd, running});

describe('the regions to watch', () => {
	const configurations = new Map([
		['/a', configuration('us-west-2')],
		['/b', configuration('eu-west-1')],
		['/c', configuration('ap-south-1', 'first-party')],
	]);
	const base = {configuration: configuration('us-east-1'), configurations, sdkRegion: 'sa-east-1'};

	test.each<[string, Partial<State>, readonly string[]]>([
		['those that were asked for', {...base, askedRegions: ['x'], sessions: [session('/a')]}, ['x']],
		['none while configuration is not read', {sessions: [session('/a')], sdkRegion: 'sa-east-1'}, []],
		[
			'each once of running sessions',
			{...base, sessions: ['/a', '/b', '/a'].map(cwd => session(cwd))},
			['eu-west-1', 'us-west-2'],
		],
		['not of sessions that have ended', {...base, sessions: [session('/a', false)]}, ['us-east-1']],
		[
			'not of sessions that are not on Bedrock',
			{...base, sessions: [session('/c'), session('/unknown')]},
			['us-east-1'],
		],
		['what Claude Code would use now', base, ['us-east-1']],
		[
			'the SDK’s own where that is not Bedrock',
			{...base, configuration: configuration('x', 'first-party')},
			['sa-east-1'],
		],
		['none where nobody knows one', {configuration: configuration('x', 'first-party')}, []],
	])('%s', (_, state, regions) => expect(watchedRegions(stateOf(state))).toEqual(regions));
});

describe('whose a call is', () => {
	const bob = {kind: 'iam-user', arn: 'arn:aws:iam::123456789012:user/bob'} as const;
	const state = stateOf({ledger: ledgerOf(reply('m', {requestId: 'r1'})), log: logOf(call('e'))});
	const mine = {...state, slices: {identity: {kind: 'sso', arn: alice}}} as const;

	test.each([
		['mine by my principal', mine, call('1'), true],
		[
			'mine by a reply of this machine, whoever the principal',
			mine,
			call('2', {principal: bob, requestId: 'r1'}),
			true,
		],
		["somebody else's", mine, call('3', {principal: bob, requestId: 'r2'}), false],
		["somebody's without a name", mine, call('4', {principal: {kind: 'unknown'}}), false],
		['not known to be mine while I have no name', state, call('5'), false],
		['nor is a call without a principal', state, call('6', {principal: {kind: 'unknown'}}), false],
	])('%s', (_, known, one, expected) => expect(overview(known, noon).isMine(one)).toBe(expected));

	test('callers and counts say the same', () => {
		const {callers, callCount} = overview(mine, noon + minuteMs);
		expect([callers.map(one => one.mine), callCount.mine]).toEqual([[true], 1]);
	});
});

describe('limits', () => {
	const at = (hour: number, day: number) => new Date(2026, 10, day, hour).getTime();
	const now = at(12, 23);
	const usage = {output: 50_000};
	const ledger = ledgerOf(
		...[reply('a', {at: at(11, 23), usage}), reply('b', {at: at(23, 22), usage})],
		reply('direct', {at: at(11, 23), usage, provider: 'first-party'}),
	);
	const dollar = 1_000_000_000_000n;
	const metrics = mergeMetrics(
		new Map(),
		[{region: 'us-east-1', profile: globalOpus, points: [['OutputTokenCount', [[at(1, 22), 50_000]]]]}],
		0,
	);

	test('are of the local day and month, whatever the window is, the day first', () => {
		const {budgets} = overview(stateOf({ledger, spendSince: now, limits: {month: 4n * dollar, day: 2n * dollar}}), now);
		expect(budgets.map(({period, spent, share}) => [period, spent, share])).toEqual([
			['day', dollar, 0.5],
			['month', 2n * dollar, 0.5],
		]);
	});

	test.each([
		['neither', {}, [], false],
		['a day', {day: dollar}, ['day'], false],
		['a month, which needs the account since its first', {month: dollar}, ['month'], true],
	] as const)('there are as many as were set: %s', (_, limits, periods, hasMonth) => {
		const {budgets, accountMonth} = overview(stateOf({ledger, metrics, limits, spendSince: now}), now);
		expect(budgets.map(({period}) => period)).toEqual(periods);
		expect(accountMonth?.amount).toBe(hasMonth ? dollar : undefined);
	});

	test('the projection begins with the local day, not with the window', () => {
		const day = overview(stateOf({ledger, spendSince: now}), at(11, 23) + minuteMs);
		// A dollar spent today, and 4 dollars an hour for the rest of the day.
		expect(Number(day.projectedDay) / 1e12).toBeCloseTo(1 + 4 * (12 + 59 / 60), 3);
	});
});

test('the feed goes back by its window, and the refusals with it', () => {
	const denied = {outcome: 'AccessDenied', message: 'no'};
	const log = logOf(
		call('in', {...denied, at: noon - 60 * minuteMs}),
		call('out', {...denied, at: noon - 61 * minuteMs}),
	);
	const {feedSince, refusals, callCount} = overview(stateOf({log}), noon);
	expect([feedSince, refusals.length, refusals[0]?.count, callCount.refused]).toEqual([noon - 60 * minuteMs, 1, 1, 1]);
});

test('what nobody looks at is not worked out, and what is looked at twice only once', () => {
	const ledger = ledgerOf(reply('m'));
	let looks = 0;
	const get = () => {
		looks++;
		return ledger.entries;
	};
	const watched = Object.defineProperty({...ledger}, 'entries', {get});
	const view = overview(stateOf({ledger: watched}), noon);
	expect([view.now, view.watch.metricsRequested, view.sessions.length, view.refusals.length]).toEqual([noon, 0, 0, 0]);
	expect(looks).toBe(0);
	expect(view.spend).toBe(view.spend);
	expect(looks).toBe(1);
});

describe('what is worked out once is the same object', () => {
	const refused = call('refused', {outcome: 'AccessDenied', message: 'no'});
	const state = stateOf({log: logOf(refused)});

	test.each<[string, (known: State) => unknown]>([
		['refusals', known => explainedRefusals(known, noon - 90 * minuteMs)],
		['calls of the feed', known => feedCalls(known, noon)],
		['rows of the feed', known => feedRows(known, noon)],
	])('%s', (_, select) => {
		const first = select(state);
		expect(select(state)).toBe(first);
		expect(select({...state, sdkRegion: 'eu-west-1', notes: new Map(), ledger: ledgerOf(reply('m'))})).toBe(first);
		const more = stateOf({log: logOf(refused, call('other', {...refused, eventId: 'other', region: 'eu-west-1'}))});
		expect(select({...state, log: more.log})).not.toEqual(first);
	});
});

describe('what the clocks say of each other changes with', () => {
	const at = noon - 30 * minuteMs;
	const bob = {kind: 'iam-user', name: 'bob', arn: 'arn:aws:iam::123456789012:user/bob'} as const;
	const metrics = mergeMetrics(
		new Map(),
		[{region: 'us-east-1', profile: globalOpus, points: [['OutputTokenCount', [[at, 50_000]]]]}],
		0,
	);
	const log = logOf(call('unwritten', {at}));
	const state = stateOf({
		log,
		metrics,
		spendSince: noon - 60 * minuteMs,
		slices: {identity: {kind: 'sso', arn: alice}},
	});
	const saying = (known: State) => overview(known, noon).reconciliation();

	test('who I am', () => {
		const other = {...state, slices: {identity: {kind: 'iam-user', arn: bob.arn}}} as const;
		expect([state, other, state].map(known => saying(known).unwrittenCalls)).toEqual([1, 0, 1]);
	});

	test('where the feed begins', () => {
		const shorter = {...state, feedMs: 10 * minuteMs};
		expect([state, shorter, state].map(known => saying(known).unwrittenCalls)).toEqual([1, 0, 1]);
	});

	test('who called', () => {
		const more = {...state, log: logOf(call('unwritten', {at}), call('bob', {at, principal: bob}))};
		const names = (known: State) => JSON.stringify(saying(known).notes).includes('bob');
		expect([state, more, state].map(names)).toEqual([false, true, false]);
	});
});

import {describe, expect, test} from 'vitest';
import type {Call} from '../../../source/domain/calls/call.ts';
import {callersSince} from '../../../source/domain/calls/callers.ts';
import {emptyLog, insert} from '../../../source/domain/calls/event-log.ts';
import {mergeMetrics} from '../../../source/domain/metrics/metrics.ts';
import {defaultBook} from '../../../source/domain/money/price-book.ts';
import {noUsage} from '../../../source/domain/money/usage.ts';
import type {Turn} from '../../../source/domain/replies/turn.ts';
import {type AccountSpend, accountSpend} from '../../../source/domain/spend/account-spend.ts';
import {cacheSplit} from '../../../source/domain/spend/cache-split.ts';
import {emptyLedger, post} from '../../../source/domain/spend/ledger.ts';
import {createPosting} from '../../../source/domain/spend/posting.ts';
import {reconcile} from '../../../source/domain/spend/reconcile.ts';
import {reconcileNoteWords} from '../../../source/screen/words/reconcile-note.ts';
import {linked} from '../../support/builders.ts';
import {listPrices} from '../../support/pricing.ts';

const now = Date.UTC(2026, 10, 23, 12);
const minute = 60_000;
const opus = 'us.anthropic.claude-opus-5-5';
const [alice, bob] = ['arn:aws:sts::123456789012:assumed-role/Dev/alice', 'arn:aws:iam::123456789012:user/bob'];

const reply = (requestId: string, minutesAgo: number): Turn => ({
	id: `msg_bdrk_${requestId}`,
	requestId,
	at: now - minutesAgo * minute,
	sessionId: 's',
	model: 'claude-opus-5-5',
	requestedModel: opus,
	provider: 'bedrock',
	usage: {...noUsage, input: 1000},
	lowerBound: false,
	sidechain: false,
});

const call = (requestId: string, minutesAgo: number, arn: string, others: Partial<Call> = {}): Call => ({
	eventId: `event-${requestId}`,
	requestId,
	at: now - minutesAgo * minute,
	operation: 'InvokeModelWithResponseStream',
	profile: opus,
	region: 'us-east-1',
	principal: {kind: 'assumed-role', arn},
	bearer: false,
	outcome: 'ok',
	...others,
});

const account = (inputTokens: number, profile = opus): AccountSpend | undefined =>
	accountSpend({
		metrics: mergeMetrics(
			new Map(),
			[{region: 'us-east-1', profile, points: [['InputTokenCount', [[now - 30 * minute, inputTokens]]]]}],
			0,
		),
		book: defaultBook,
		resolutions: new Map(),
		split: cacheSplit('5m', emptyLedger),
		since: 0,
	});

type Given = {
	readonly turns?: readonly Turn[];
	readonly calls?: readonly Call[];
	readonly account?: AccountSpend | undefined;
	readonly billed?: {amount: bigint; estimate: bigint; through: string};
	readonly since?: number;
	readonly feedSince?: number;
};

const reconciled = ({turns = [], calls = [], account: seen, billed, since, feedSince}: Given) => {
	const ledger = post(
		emptyLedger,
		turns.map(turn => createPosting(turn, listPrices)),
	);
	const records = calls.map(one => ({kind: 'call' as const, call: one}));
	const both = linked(ledger, insert(emptyLog, records, {limit: 100, keepMs: 1e9}));
	return reconcile({
		...{...both, account: seen, arn: alice, billed, now},
		callers: callersSince(both.log, 0, alice),
		since: since ?? now - 600 * minute,
		feedSince: feedSince ?? now - 600 * minute,
		...{metricsAt: now, trailAt: now},
	});
};

describe('the difference between two clocks in words', () => {
	test.each<[string, Given, readonly (string | RegExp)[]]>([
		['all is seen by both', {turns: [reply('a', 30)], calls: [call('a', 30, alice)], account: account(1000)}, []],
		[
			'others are named with their calls',
			{
				turns: [reply('a', 30)],
				calls: [call('a', 30, alice), call('b', 20, bob), call('c', 20, bob)],
				account: account(4000),
			},
			["75 % of the account's tokens are not from this machine: bob (2 calls)"],
		],
		[
			'others whom CloudTrail has not named',
			{turns: [reply('a', 30)], calls: [call('a', 30, alice)], account: account(2000)},
			["50 % of the account's tokens are not from this machine: callers CloudTrail has not named yet"],
		],
		[
			'replies CloudWatch cannot have yet',
			{
				turns: [reply('a', 30), reply('b', 1)],
				calls: [call('a', 30, alice), call('b', 1, alice)],
				account: account(1000),
			},
			['CloudWatch has not caught up: 1 reply of the last minutes (answered 0 min ago)'],
		],
		[
			'replies CloudWatch should have',
			{
				turns: [reply('a', 30), reply('b', 20)],
				calls: [call('a', 30, alice), call('b', 20, alice)],
				account: account(500),
			},
			['2k of my opus-5.5 tokens are not in CloudWatch: another account, another region, or late data'],
		],
		[
			'replies CloudTrail may still bring',
			{turns: [reply('a', 30), reply('b', 20)], calls: [call('a', 30, alice)], account: account(2000)},
			['CloudTrail has not shown 1 reply yet: it is up to 90 min late'],
		],
		[
			'replies that never reached this account',
			{turns: [reply('a', 200), reply('b', 150)], calls: [call('a', 200, alice)], account: account(2000)},
			["1 reply never reached this account's CloudTrail: another account or region?"],
		],
		[
			'older than anything that was read is nobody’s fault',
			{turns: [reply('a', 200)], calls: [call('b', 30, bob)], account: account(1000)},
			[],
		],
		[
			'my calls that no transcript has',
			{turns: [reply('a', 30)], calls: [call('a', 30, alice), call('p', 30, alice)], account: account(1000)},
			['1 call of mine reached no transcript: probes, retries, or another machine'],
		],
		[
			'refused ones are no such calls',
			{
				turns: [reply('a', 30)],
				calls: [call('a', 30, alice), call('p', 30, alice, {outcome: 'AccessDenied'})],
				account: account(1000),
			},
			[],
		],
		[
			'the bill',
			{billed: {amount: 1000n, estimate: 1034n, through: '2026-11-22'}, account: account(1000)},
			[/^100 % of/, "the account's estimate through 2026-11-22 is +3.4 % off the bill of those days"],
		],
		[
			'nothing of AWS',
			{turns: [reply('a', 30)]},
			['CloudTrail has not shown 1 reply yet: it is up to 90 min late', /not in CloudWatch/],
		],
	])('%s', (_, given, notes) => {
		const found = reconciled(given).notes.map(reconcileNoteWords);
		expect(found).toHaveLength(notes.length);
		for (const note of notes)
			expect(found).toContainEqual(typeof note === 'string' ? note : expect.stringMatching(note));
	});

	test('tokens are compared per model, and unknown is null', () => {
		const seen = account(4000, 'us.anthropic.claude-opus-5');
		const {models, localTokens, accountTokens, share} = reconciled({turns: [reply('a', 30)], account: seen});
		expect(models).toEqual([
			{model: 'anthropic.claude-opus-5', localTokens: 0, accountTokens: 4000},
			{model: 'anthropic.claude-opus-5-5', localTokens: 1000, accountTokens: null},
		]);
		expect([localTokens, accountTokens, share]).toEqual([1000, 4000, 0.25]);
	});

	test('request ids join replies and calls', () => {
		const {joinedCalls, unseenCalls} = reconciled({
			turns: [reply('a', 30), reply('b', 20), reply('c', 10)],
			calls: [call('a', 30, alice), call('c', 10, alice), call('x', 10, bob)],
		});
		expect([joinedCalls, unseenCalls]).toEqual([2, 1]);
	});
});

describe('calls that no transcript has', () => {
	const calls = [60, 40, 20].map(minutesAgo => call(`p${minutesAgo}`, minutesAgo, alice));
	const ago = (minutes: number) => now - minutes * minute;
	test.each<[string, Pick<Given, 'since' | 'feedSince'>, number]>([
		['in both windows', {}, 3],
		['at the very start of the later one', {since: ago(40)}, 2],
		['after the start of the spend window', {since: ago(39)}, 1],
		['after the start of the feed window', {feedSince: ago(39)}, 1],
		['in the shorter of both', {since: ago(50), feedSince: ago(10)}, 0],
		['whichever is the shorter', {since: ago(10), feedSince: ago(50)}, 0],
	])('count %s', (_, window, expected) => {
		const {unwrittenCalls, notes} = reconciled({calls, ...window});
		expect(unwrittenCalls).toBe(expected);
		const told = expected === 0 ? [] : [{kind: 'unwritten', calls: expected}];
		expect(notes.filter(({kind}) => kind === 'unwritten')).toEqual(told);
	});
});

describe('a reply that CloudTrail lacks is missed where its records reach back to', () => {
	test.each([
		[151, []],
		[150, []],
		[149, [{kind: 'missing-in-trail', replies: 1}]],
		[91, [{kind: 'missing-in-trail', replies: 1}]],
		[90, [{kind: 'trail-behind', replies: 1}]],
	])('%i minutes ago', (minutesAgo, expected) => {
		const {notes} = reconciled({turns: [reply('a', minutesAgo)], calls: [call('b', 150, bob)], account: account(1000)});
		expect(notes.filter(({kind}) => kind.endsWith('trail') || kind === 'trail-behind')).toEqual(expected);
	});
});

describe('a difference that rounding or a second explains is none', () => {
	const kinds = (local: number, seen: number) => {
		const turns = [{...reply('a', 30), usage: {...noUsage, input: local}}];
		return reconciled({turns, calls: [call('a', 30, alice)], account: account(seen)}).notes.map(({kind}) => kind);
	};
	test.each([
		[1000, 1000, []],
		[991, 1000, []],
		[990, 1000, ['others']],
		[1010, 1000, []],
		[1011, 1000, ['missing-in-metrics']],
	] as const)('%i tokens of mine and %i of the account: %o', (local, seen, expected) => {
		expect(kinds(local, seen)).toEqual(expected);
	});
});

test('what differs is data, with the figures it is told by', () => {
	const four = ['b', 'c', 'd', 'e'].map((name, index) =>
		call(name, 20 + index, `arn:aws:iam::123456789012:user/${name}`),
	);
	const {notes} = reconciled({turns: [reply('a', 30)], calls: [call('a', 30, alice), ...four], account: account(4000)});
	expect(notes).toEqual([
		{
			kind: 'others',
			share: 0.75,
			elsewhere: 0,
			callers: expect.arrayContaining([{name: 'b', calls: 1}]),
			unnamed: 1,
		},
	]);
});

test('what I called elsewhere comes before anybody else', () => {
	const calls = [call('a', 30, alice), call('b', 29, alice), call('c', 28, 'arn:aws:iam::123456789012:user/bob')];
	const {notes} = reconciled({turns: [reply('a', 30)], calls, account: account(3000)});
	expect(notes).toMatchObject([
		{kind: 'others', elsewhere: 1, callers: [{name: 'bob', calls: 1}]},
		{kind: 'unwritten', calls: 1},
	]);
});

test('where metrics could not be read, their names are told, and nothing is missing in them', () => {
	const part = {...(account(1) as AccountSpend), lowerBound: true, unread: ['us.anthropic.claude-opus-5-5']};
	const {notes} = reconciled({turns: [reply('a', 30)], calls: [call('a', 30, alice)], account: part});
	expect(notes).toEqual([{kind: 'unread', names: ['us.anthropic.claude-opus-5-5']}]);
});

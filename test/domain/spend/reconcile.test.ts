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
};

const reconciled = ({turns = [], calls = [], account: seen, billed}: Given) => {
	const ledger = post(
		emptyLedger,
		turns.map(turn => createPosting(turn, listPrices)),
	);
	const records = calls.map(one => ({kind: 'call' as const, call: one}));
	const both = linked(ledger, insert(emptyLog, records, {limit: 100, keepMs: 1e9}));
	return reconcile({
		...{...both, account: seen, arn: alice, billed, now},
		callers: callersSince(both.log, 0, alice),
		...{since: now - 600 * minute, feedSince: now - 600 * minute, metricsAt: now, trailAt: now},
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

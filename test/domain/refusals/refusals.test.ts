import {describe, expect, test} from 'vitest';
import type {Call} from '../../../source/domain/calls/call.ts';
import {fromTrail, type Me, observe} from '../../../source/domain/refusals/observation.ts';
import {refusalOf} from '../../../source/domain/refusals/refusal-of.ts';
import {refusalKey, refusalsOf} from '../../../source/domain/refusals/refusals.ts';
import type {LocalFailure} from '../../../source/domain/replies/failure.ts';

const opus = 'us.anthropic.claude-opus-5-5';
const haiku = 'us.anthropic.claude-haiku-5-5';
const arn = 'arn:aws:sts::123456789012:assumed-role/Dev/alice';
const denied = (model = opus) =>
	`User: ${arn} is not authorized to perform: bedrock:InvokeModel on resource: arn:aws:bedrock:us-west-2:123456789012:inference-profile/${model} because no identity-based policy allows the bedrock:InvokeModel action`;

let count = 0;
const call = (more: Partial<Call> = {}): Call => ({
	eventId: `e${count++}`,
	at: 1000,
	operation: 'InvokeModel',
	profile: opus,
	region: 'us-west-2',
	principal: {kind: 'assumed-role', name: 'alice', arn},
	bearer: false,
	outcome: 'AccessDenied',
	message: denied(),
	...more,
});
const failure = (more: Partial<LocalFailure> = {}): LocalFailure => ({
	...{id: `f${count++}`, at: 1000, sessionId: 's1', status: 403, message: denied(), model: opus},
	...more,
});
const me: Me = {name: 'alice', region: 'us-west-2', calledBy: () => opus};
const refusalsSince = (
	failures: readonly LocalFailure[],
	calls: readonly Call[],
	{since, me: whose}: {readonly since: number; readonly me: Me},
) =>
	refusalsOf(
		observe(
			failures.filter(({at}) => at >= since),
			calls.filter(({at}) => at >= since),
			whose,
		),
	);
const found = (failures: readonly LocalFailure[], calls: readonly Call[] = [], since = 0) =>
	refusalsSince(failures, calls, {since, me});

describe('refusals of one kind are one group', () => {
	test('the same cause, model and caller, however often', () => {
		expect(found([], [call(), call({at: 3000}), call({at: 2000})])).toMatchObject([
			{cause: 'identity-policy', model: opus, caller: 'alice', count: 3, firstAt: 1000, lastAt: 3000},
		]);
	});
	test.each<readonly [string, Partial<Call>]>([
		['another cause', {message: 'Too many requests', outcome: 'Throttling'}],
		['another model', {profile: haiku, message: denied(haiku)}],
		['another caller', {principal: {kind: 'assumed-role', name: 'bob'}}],
	])('%s makes another one', (_, more) => {
		expect(found([], [call(), call(more)])).toHaveLength(2);
	});
	test('spellings of one model are one', () => {
		const inArn = `arn:aws:bedrock:us-west-2:123456789012:inference-profile/${opus}`;
		expect(found([], [call(), call({profile: inArn})])).toHaveLength(1);
	});
	test('models that nobody knows are told apart by their id', () => {
		expect(found([], [call({profile: 'abcdef123456'}), call({profile: 'abcdef654321'})])).toHaveLength(2);
	});
	test('the newest group comes first', () => {
		const refusals = found([], [call({at: 1}), call({at: 3, profile: haiku}), call({at: 2})]);
		expect(refusals.map(({model}) => model)).toEqual([haiku, opus]);
	});
	test('its key stays the same while it grows', () => {
		const [one] = found([], [call()]);
		const [grown] = found([failure()], [call(), call({at: 9000})]);
		expect(one && grown && refusalKey(one) === refusalKey(grown)).toBe(true);
	});
});

describe('what counts as a refusal', () => {
	test.each<readonly [string, readonly LocalFailure[], readonly Call[]]>([
		['a call that was answered', [], [call({outcome: 'ok'})]],
		['a failure before the window', [failure({at: 499})], []],
		['a call before the window', [], [call({at: 499})]],
		['an error of the server', [failure({status: 500})], []],
		['a redirect', [failure({status: 399})], []],
		['a failure without a status', [failure({status: undefined, message: 'socket hang up'})], []],
		['the note that another model answers', [failure({fallback: {from: opus, to: haiku}})], []],
	])('not %s', (_, failures, calls) => {
		expect(found(failures, calls, 500)).toEqual([]);
	});
	test.each([400, 404, 429, 499])('status %i', status => {
		expect(found([failure({status, message: 'Operation not allowed'})])).toHaveLength(1);
	});
	test('one at the very start of the window', () => {
		expect(found([failure({at: 500})], [call({at: 500})], 500)).toHaveLength(1);
	});
});

describe('the same call seen by both clocks is counted once', () => {
	test('the larger count is taken', () => {
		expect(found([failure(), failure()], [call()])).toMatchObject([{count: 2, seenBy: ['transcript', 'cloudtrail']}]);
		expect(found([failure()], [call(), call(), call()])).toMatchObject([{count: 3}]);
	});
	test('what repeats the retries is none of them', () => {
		expect(found([failure(), failure(), failure({isFinal: true})])).toMatchObject([{count: 2, seenBy: ['transcript']}]);
		expect(found([failure({isFinal: true})])).toMatchObject([{count: 1}]);
	});
	test("CloudTrail's words go before the transcript's", () => {
		const [one] = found([failure({message: `API Error: 403 ${denied()}`})], [call({region: 'eu-west-1'})]);
		expect(one).toMatchObject({message: denied(), region: 'eu-west-1', action: 'bedrock:InvokeModel'});
	});
	test('the sessions that met it are named once each', () => {
		const failures = [failure(), failure({sessionId: 's2'}), failure()];
		expect(found(failures, [call()])[0]?.sessionIds).toEqual(['s1', 's2']);
	});
});

describe('a transcript does not say everything', () => {
	test('who called is the person where the message names nobody', () => {
		expect(found([failure({message: 'Too many requests', status: 429})])).toMatchObject([{caller: 'alice'}]);
		expect(found([failure({message: denied().replace('/alice', '/bob')})])).toMatchObject([{caller: 'bob'}]);
	});
	test('what was called is what the session calls, in its spelling', () => {
		expect(found([failure({model: 'anthropic.claude-opus-5-5'})])).toMatchObject([{model: opus}]);
		expect(found([failure({model: undefined, message: 'Operation not allowed', status: 400})])).toMatchObject([
			{model: opus},
		]);
	});
	test('a session that calls another model by now was refused the one that the message names', () => {
		expect(found([failure({model: haiku, message: denied(haiku)})])).toMatchObject([{model: haiku}]);
	});
	test('the model in the text is the last resort', () => {
		const nothing = {...me, calledBy: () => undefined};
		const message = `The model ${haiku} is not available on your bedrock deployment`;
		expect(
			refusalsSince([failure({model: undefined, message, status: 404})], [], {since: 0, me: nothing}),
		).toMatchObject([{model: haiku, cause: 'model-access'}]);
	});
	test('a destination is one by the region that the session calls', () => {
		const message = denied().replace(
			/on resource: \S+/,
			'on resource: arn:aws:bedrock:us-east-2::foundation-model/anthropic.claude-opus-5-5',
		);
		expect(found([failure({message})])).toMatchObject([{cause: 'destination-region'}]);
		const there = {...me, region: 'us-east-2'};
		expect(refusalsSince([failure({message})], [], {since: 0, me: there})).toMatchObject([{cause: 'identity-policy'}]);
	});
});

describe('a refused call of CloudTrail', () => {
	test('leads to its group', () => {
		const refusals = found([failure()], [call(), call({profile: haiku, message: denied(haiku)})]);
		expect(refusalOf(refusals, call({at: 5}))).toBe(refusals.find(({model}) => model === opus));
	});
	test('has none where it was answered, or its group is gone', () => {
		expect(refusalOf(found([], [call()]), call({outcome: 'ok'}))).toBeUndefined();
		expect(refusalOf([], call())).toBeUndefined();
	});
	test('tells its cause by its code where it has no message', () => {
		expect(fromTrail(call({message: undefined, outcome: 'ThrottlingException'}))).toMatchObject({cause: 'throttled'});
		expect(fromTrail(call({message: undefined, outcome: 'ExpiredToken'}))).toMatchObject({
			cause: 'expired-credentials',
			message: 'ExpiredToken',
		});
		expect(fromTrail(call({message: 'slow down', outcome: 'ServiceQuotaExceeded'}))?.cause).toBe('quota');
		expect(fromTrail(call({message: undefined, outcome: 'AccessDenied'}))?.cause).toBe('unknown');
	});
});

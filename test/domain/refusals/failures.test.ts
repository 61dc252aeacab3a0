import {describe, expect, test} from 'vitest';
import type {Call} from '../../../source/domain/calls/call.ts';
import {failingSince, failuresOf} from '../../../source/domain/refusals/failures.ts';
import {type Me, observe} from '../../../source/domain/refusals/observation.ts';
import {outcomeClass} from '../../../source/domain/refusals/outcome.ts';
import {refusalsOf} from '../../../source/domain/refusals/refusals.ts';
import type {LocalFailure} from '../../../source/domain/replies/failure.ts';

const opus = 'us.anthropic.claude-opus-5-5';
const arn = 'arn:aws:sts::123456789012:assumed-role/Dev/alice';
const minute = 60_000;

let count = 0;
const call = (more: Partial<Call> = {}): Call => ({
	...{eventId: `e${count++}`, at: 1000, operation: 'InvokeModel', profile: opus, region: 'us-west-2', bearer: false},
	principal: {kind: 'assumed-role', name: 'alice', arn},
	...{outcome: 'ServiceUnavailable', message: 'Bedrock is unable to process your request.'},
	...more,
});
const failure = (more: Partial<LocalFailure> = {}): LocalFailure => ({
	...{id: `f${count++}`, at: 1000, sessionId: 's1', status: 503, message: '503 unable to process', isFinal: true},
	...more,
});
const me: Me = {name: 'alice', arn, region: 'us-west-2', calledBy: () => opus};
const split = (failures: readonly LocalFailure[], calls: readonly Call[] = [], who = me) => {
	const observations = observe(failures, calls, who);
	return {refused: refusalsOf(observations), failed: failuresOf(observations)};
};

describe('a call that nobody refused has failed', () => {
	test.each<readonly [string, Partial<LocalFailure>, string]>([
		['a fault of the server', {}, 'ServiceUnavailableException'],
		['too many connections at the server', {message: '503 Too many connections'}, 'ServiceUnavailableException'],
		['a stream that broke', {status: undefined, message: 'ModelStreamErrorException: no'}, 'ModelStreamErrorException'],
		['a prompt that is too long', {status: 400, message: 'Prompt is too long'}, 'ValidationException'],
		['one of an old client', {status: undefined, message: 'Prompt is too long'}, 'ValidationException'],
		['too many tokens wanted', {status: 400, message: 'max_tokens: 64000 > 8192'}, 'ValidationException'],
		// https://github.com/anthropics/claude-code/issues/56595
		['a beta that Bedrock does not know', {status: 400, message: '400 invalid beta flag'}, 'ValidationException'],
		// https://github.com/anthropics/claude-code/issues/12122
		['a field too many', {status: 400, message: 'ttl: Extra inputs are not permitted'}, 'ValidationException'],
		['a timeout of the model', {status: 408, message: 'API Error: 408'}, 'ModelTimeoutException'],
		['no connection', {status: undefined, message: 'API Error: Connection error.'}, 'ConnectionError'],
		['a fault of the client', {status: undefined, message: 'API Error: O is not defined'}, 'Error'],
	])('%s', (_, more, code) => {
		const {refused, failed} = split([failure(more)]);
		expect(refused).toEqual([]);
		expect(failed).toMatchObject([{code, count: 1, mine: true, caller: 'alice', model: opus}]);
	});

	test.each<readonly [string, Partial<Call>, string]>([
		['failed', {}, 'failed'],
		['failed', {outcome: 'InternalServer', message: 'unexpected error'}, 'failed'],
		['failed', {outcome: 'Validation', message: 'Input is too long for requested model.'}, 'failed'],
		['refused', {outcome: 'Validation', message: 'The provided model identifier is invalid.'}, 'refused'],
		['refused', {outcome: 'ResourceNotFound', message: 'Model use case details have not been submitted'}, 'refused'],
		['throttled', {outcome: 'Throttling', message: 'Too many tokens'}, 'throttled'],
	])('CloudTrail counts as %s what is so everywhere else: %o', (_, more, expected) => {
		const one = call(more);
		const {refused, failed} = split([], [one]);
		expect(outcomeClass(one)).toBe(expected);
		expect([refused.length, failed.length]).toEqual(expected === 'failed' ? [0, 1] : [1, 0]);
	});

	test('is one row for both clocks, and mine by its ARN', () => {
		expect(split([failure(), failure({isFinal: false})], [call()]).failed).toMatchObject([
			{code: 'ServiceUnavailableException', count: 1, seenBy: ['transcript', 'cloudtrail'], mine: true},
		]);
		const others = call({principal: {kind: 'assumed-role', name: 'bob', arn: `${arn}2`}});
		expect(split([], [others]).failed).toMatchObject([{mine: false, caller: 'bob'}]);
	});
});

describe('credentials are refusals without a status', () => {
	test.each<readonly [string, string, string]>([
		['expired', "Token is expired. To refresh this SSO session run 'aws sso login'", 'expired-credentials'],
		['missing', 'Could not load credentials from any providers', 'no-credentials'],
	])('%s', (_, message, cause) => {
		const one = {status: undefined, code: 'CredentialsProviderError', message};
		expect(split([failure(one), failure({...one, isFinal: false})]).refused).toMatchObject([{cause, count: 1}]);
	});
});

describe('one failure is one row', () => {
	const invalid = {status: 400, message: 'The provided model identifier is invalid.'};
	test('the tries before a message have its model', () => {
		const final = failure({...invalid, at: 3000, model: 'claude-opus-4-8[1m]'});
		const tries = [1000, 2000].map(at => failure({...invalid, at, isFinal: false}));
		const unknown = {...me, calledBy: () => undefined};
		expect(split([final, ...tries], [], unknown).refused).toMatchObject([{model: 'claude-opus-4-8[1m]', count: 2}]);
	});
	test('words of the client in place of the reason that the tries before were given count for nothing', () => {
		const theirs = {status: 404, model: opus};
		const final = failure({
			...theirs,
			at: 2000,
			message: `The model ${opus} is not available on your bedrock deployment`,
		});
		const first = failure({...theirs, isFinal: false, message: 'Model use case details have not been submitted'});
		expect(split([final, first]).refused.map(({cause}) => cause)).toEqual(['use-case-form']);
	});
	test('what has the same request id is the same, whoever the transcript takes for the caller', () => {
		const denied = {outcome: 'AccessDenied', message: 'no', requestId: 'r1'};
		const one = failure({status: 403, message: 'no', requestId: 'r1'});
		expect(split([one], [call(denied)], {...me, name: undefined}).refused).toHaveLength(1);
		expect(split([{...one, requestId: 'r2'}], [call(denied)], {...me, name: undefined}).refused).toHaveLength(2);
	});
	test('two profiles of a model are two, and a transcript that knows the model only belongs to the nearest', () => {
		const denied = (profile: string, at: number) => call({profile, at, outcome: 'AccessDenied', message: 'no reason'});
		const global = 'global.anthropic.claude-opus-5-5';
		const calls = [denied(opus, 1000), denied(opus, 2000), denied(global, 9000)];
		const here = failure({status: 403, message: 'no reason', at: 8900, model: 'anthropic.claude-opus-5-5'});
		const {refused} = split([here], calls, {...me, calledBy: () => undefined});
		expect(refused.map(({model, count: times, seenBy}) => [model, times, seenBy.length])).toEqual([
			[global, 1, 2],
			[opus, 2, 1],
		]);
	});
	test('a role that may not be taken is no matter of a model', () => {
		const message = `User: ${arn} is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::111122223333:role/R`;
		expect(split([failure({status: 403, message})]).refused).toMatchObject([
			{model: undefined, action: 'sts:AssumeRole'},
		]);
	});
});

describe('what others than AWS say is not explained as its', () => {
	const limit = {status: 429, message: 'slow down'};
	const settings = {provider: 'first-party', region: 'us-east-1'} as const;
	test.each<readonly [string, Partial<LocalFailure>, Partial<Me>]>([
		['by the line itself', {...limit, answeredBy: 'anthropic'}, {provenBy: () => 'bedrock'}],
		['by the replies of the session', limit, {provenBy: () => 'vertex'}],
		['by its settings', limit, {calledBy: () => 'claude-opus-5-5', configured: () => settings}],
	])('%s', (_, more, who) => {
		expect(split([failure(more)], [], {...me, ...who})).toEqual({refused: [], failed: []});
	});
	test("a session that is told to be one of Bedrock's is AWS's, whatever settings say", () => {
		const {refused} = split([failure(limit)], [], {...me, configured: () => settings});
		expect(refused).toMatchObject([{cause: 'throttled', model: opus}]);
	});
	test("AWS's own words are its, whatever settings say", () => {
		const {refused} = split([failure({status: 400, message: 'The provided model identifier is invalid.'})], [], {
			...me,
			configured: () => settings,
		});
		expect(refused).toMatchObject([{cause: 'invalid-model'}]);
	});
	test('a limit behind a gateway is the limit of the gateway', () => {
		const configured = () => ({...settings, baseUrl: 'https://litellm.example.com'});
		expect(split([failure(limit)], [], {...me, configured}).refused).toMatchObject([{cause: 'gateway-cap'}]);
	});
});

describe('nothing but failing', () => {
	const since = (failures: readonly LocalFailure[], answeredAt: number | undefined, now: number) =>
		failingSince(observe(failures, [], me), {answeredAt, now});
	const denied = {status: 403, message: 'Operation not allowed'};
	test('begins with the first refusal after the last reply', () => {
		expect(since([failure({...denied, at: 3000}), failure({...denied, at: 2000})], 1000, 4000)).toBe(2000);
	});
	test('ends with a reply', () => {
		expect(since([failure({...denied, at: 2000})], 2500, 4000)).toBeUndefined();
	});
	test('is not said of a session that was never answered, which is unproven anyway', () => {
		expect(since([failure(denied)], undefined, 4000)).toBeUndefined();
	});
	test("is said of the server's faults when the last reply is a quarter of an hour old", () => {
		const failed = [failure({at: 2000})];
		expect(since(failed, 1000, 1000 + 15 * minute)).toBeUndefined();
		expect(since(failed, 1000, 1001 + 15 * minute)).toBe(2000);
	});
	test('is never said of a prompt that is too long, nor of a try that is repeated', () => {
		const tooLong = failure({at: 2000, status: 400, message: 'Prompt is too long'});
		expect(since([tooLong, failure({...denied, at: 2000, isFinal: false})], 1000, 60 * minute)).toBeUndefined();
	});
});

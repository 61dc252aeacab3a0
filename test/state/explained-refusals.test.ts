import {describe, expect, test} from 'vitest';
import {mergeMetrics} from '../../source/domain/metrics/metrics.ts';
import type {LocalFailure} from '../../source/domain/replies/failure.ts';
import {noProofs, prove} from '../../source/domain/routing/proof.ts';
import {explainedRefusals} from '../../source/state/explained-refusals.ts';
import type {State} from '../../source/state/state.ts';
import {call, logOf, minuteMs, noon, reply, stateOf} from '../support/builders.ts';

const fable = 'us.anthropic.claude-fable-5-2';
const at = noon - 10 * minuteMs;
const denied = `User: arn:aws:iam::123456789012:user/alice is not authorized to perform: bedrock:InvokeModel on resource: arn:aws:bedrock:us-east-1:123456789012:inference-profile/${fable} because no identity-based policy allows the bedrock:InvokeModel action`;
const failure = (changes: Partial<LocalFailure> = {}): LocalFailure => ({
	...{id: 'f1', at, sessionId: 's1', status: 403, message: denied, model: fable},
	...changes,
});
const refusals = (state: Partial<State>, since = 0) => explainedRefusals(stateOf(state), since);
const refusedCall = (minutesAgo: number) =>
	call(`e${minutesAgo}`, {at: noon - minutesAgo * minuteMs, outcome: 'AccessDenied', message: denied, profile: fable});

describe('what is explained', () => {
	test('is refused since then, not what was answered', () => {
		const state = {log: logOf(call('ok'), refusedCall(10)), failures: [failure({at: noon - 20 * minuteMs})]};
		const counts = (minutesAgo: number) =>
			refusals(state, noon - minutesAgo * minuteMs).map(({count, seenBy}) => [count, ...seenBy]);
		expect(counts(20)).toEqual([[1, 'transcript', 'cloudtrail']]);
		expect(counts(19).flat()).toEqual([1, 'cloudtrail']);
		expect(counts(10).flat()).toEqual([1, 'cloudtrail']);
		expect(counts(9)).toEqual([]);
	});

	test('has what mends it, in the region and with the profile of the person', () => {
		const configuration = {provider: 'bedrock', region: 'eu-west-1'} as State['configuration'];
		const [expired] = refusals({
			...{configuration, awsProfile: 'corp'},
			failures: [failure({message: 'The security token included in the request is expired'})],
		});
		expect(expired?.fix?.command).toContain('--profile corp');
		expect(refusals({failures: [failure()]})[0]?.fix?.text).toContain('bedrock:InvokeModel');
	});
});

describe('CloudWatch is a witness', () => {
	const counted = (
		profile: string,
		metric: 'InvocationClientErrors' | 'InvocationThrottles' | 'Invocations',
		atMinute: number,
	) =>
		refusals({
			failures: [failure({at: at + 30_000})],
			metrics: mergeMetrics(new Map(), [{region: 'us-east-1', profile, points: [[metric, [[atMinute, 1]]]]}], 0),
		})[0]?.seenBy;
	const [seen, unseen] = [['transcript', 'cloudwatch'], ['transcript']];

	test.each([
		['that counts an error in the minute of the refusal', fable, 'InvocationClientErrors', at, seen],
		['that counts a throttle later', fable, 'InvocationThrottles', at + 5 * minuteMs, seen],
		['for the model by whatever profile', 'global.anthropic.claude-fable-5-2', 'InvocationClientErrors', at, seen],
		['but not of the minute before', fable, 'InvocationClientErrors', at - minuteMs, unseen],
		['but not of another model', 'us.anthropic.claude-opus-5-5', 'InvocationClientErrors', at, unseen],
		['but not by calls alone', fable, 'Invocations', at, unseen],
	] as const)('%s', (_, profile, metric, minute, expected) =>
		expect(counted(profile, metric, minute)).toEqual(expected),
	);
});

describe('a refused model works in the background', () => {
	const answered = (minutesAgo: number, model = 'us.anthropic.claude-opus-5-5', sessionId = 's1') =>
		reply(`msg_bdrk_${sessionId}${minutesAgo}`, {at: noon - minutesAgo * minuteMs, sessionId, requestedModel: model});
	const fallback = failure({id: 'f9', status: undefined, fallback: {from: 'claude-fable-5-2', to: 'claude-opus-5-5'}});

	test.each([
		['where its session answers from another one since then', [answered(5)], [failure()], true],
		['but not where nothing answers', [], [failure()], false],
		['but not where that reply came before', [answered(15)], [failure()], false],
		['nor at the same moment', [answered(10)], [failure()], false],
		['but not where it answers itself again', [answered(5, fable)], [failure()], false],
		[
			'but not where one of its sessions stands still',
			[answered(5)],
			[failure(), failure({id: 'f2', sessionId: 's2'})],
			false,
		],
		[
			'where all of them go on',
			[answered(5), answered(4, undefined, 's2')],
			[failure(), failure({id: 'f2', sessionId: 's2'})],
			true,
		],
		['but not where Claude Code said that it gave it up', [answered(5)], [failure(), fallback], false],
	] as const)('%s', (_, turns, failures, expected) => {
		expect(refusals({failures, proofs: prove(noProofs, turns)})[0]?.isBackground).toBe(expected);
	});

	test('but not where only CloudTrail has seen it', () => {
		expect(refusals({log: logOf(refusedCall(10))})[0]?.isBackground).toBe(false);
	});
});

test('what says nothing new of refusals leaves them the same', () => {
	const state = stateOf({failures: [failure()]});
	const before = explainedRefusals(state, 0);
	const answers = {log: logOf(call('ok')), proofs: prove(state.proofs, [reply('msg_bdrk_1', {sessionId: 's2'})])};
	expect(explainedRefusals({...state, ...answers}, 0)).toBe(before);
});

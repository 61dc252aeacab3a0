import {expect, test} from 'vitest';
import {foldBursts} from '../../../source/domain/calls/bursts.ts';
import type {Call} from '../../../source/domain/calls/call.ts';
import {call, minuteMs, noon} from '../../support/builders.ts';

let count = 0;
const denied = (secondsAgo: number, changes: Partial<Call> = {}): Call =>
	call(`event-${count++}`, {at: noon - secondsAgo * 1000, outcome: 'AccessDenied', ...changes});
const bob = {kind: 'iam-user', name: 'bob', arn: 'arn:aws:iam::123456789012:user/bob'} as const;
const [opus, haiku] = ['us.anthropic.claude-opus-5-5', 'us.anthropic.claude-haiku-5-5'];
const told = (...calls: readonly Call[]) => foldBursts(calls).map(row => [row.count, row.models]);

test.each<[string, readonly Call[], readonly (readonly [count: number, models: number])[]]>([
	['nothing is nothing', [], []],
	['refusals of one caller within a minute are one row', [denied(0), denied(60)], [[2, 1]]],
	['a minute is counted from one refusal to the next', [denied(0), denied(60), denied(120)], [[3, 1]]],
	[
		'after more than a minute another row begins',
		[denied(0), denied(61)],
		[
			[1, 1],
			[1, 1],
		],
	],
	[
		'the models of a row are counted once each',
		[denied(0, {profile: opus}), denied(1, {profile: haiku}), denied(2, {profile: opus})],
		[[3, 2]],
	],
	[
		'a call that names no model is one kind, too',
		[denied(0, {profile: undefined}), denied(1, {profile: undefined})],
		[[2, 1]],
	],
	[
		'another caller has another row',
		[denied(0), denied(1, {principal: bob})],
		[
			[1, 1],
			[1, 1],
		],
	],
	[
		'another outcome has another row',
		[denied(0), denied(1, {outcome: 'Throttling'})],
		[
			[1, 1],
			[1, 1],
		],
	],
	[
		'what was answered is a row each',
		[denied(0, {outcome: 'ok'}), denied(1, {outcome: 'ok'})],
		[
			[1, 1],
			[1, 1],
		],
	],
	[
		'rows of others in between part nothing',
		[denied(0), denied(1, {outcome: 'ok'}), denied(2, {principal: bob}), denied(3)],
		[
			[2, 1],
			[1, 1],
			[1, 1],
		],
	],
])('%s', (_, calls, expected) => expect(told(...calls)).toEqual(expected));

test('a row stands where its newest refusal stands, and shows that one', () => {
	const calls = [call('newest'), denied(30), call('between', {at: noon - minuteMs}), denied(70)];
	expect(foldBursts(calls).map(row => row.call)).toEqual(calls.slice(0, 3));
});

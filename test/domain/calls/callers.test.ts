import {describe, expect, test} from 'vitest';
import {callersSince, repliedPrincipals} from '../../../source/domain/calls/callers.ts';
import {emptyLog, insert} from '../../../source/domain/calls/event-log.ts';
import {alice, call, ledgerOf, linked, logOf, noon, reply} from '../../support/builders.ts';

const bob = 'arn:aws:iam::123456789012:user/bob';
const by = (arn: string | undefined) => ({principal: {kind: 'unknown' as const, arn}});
const nobody = undefined;

describe('who called models', () => {
	test('each principal once, the busiest first, its calls by outcome', () => {
		const log = logOf(
			call('b', by(bob)),
			...['ok', 'AccessDenied', 'Throttling', 'Validation', 'ok'].map((outcome, index) => call(`a${index}`, {outcome})),
			call('n', by(undefined)),
			call('early', {at: noon - 1}),
		);
		expect(callersSince(log, noon, nobody)).toEqual([
			{arn: alice, name: 'alice', calls: 5, ok: 2, refused: 1, throttled: 1, failed: 1, mine: false},
			{arn: bob, name: 'bob', calls: 1, ok: 1, refused: 0, throttled: 0, failed: 0, mine: false},
			{arn: undefined, name: undefined, calls: 1, ok: 1, refused: 0, throttled: 0, failed: 0, mine: false},
		]);
	});

	test('an AWS service has no ARN and keeps its name, apart from whoever has none', () => {
		const service = {principal: {kind: 'unknown', name: 'bedrock-agentcore.amazonaws.com'} as const};
		const log = logOf(call('1', service), call('2', service), call('3', by(undefined)), call('4', service));
		const found = callersSince(log, noon, nobody).map(({arn, name, calls}) => [arn, name, calls]);
		expect(found).toEqual([
			[undefined, 'bedrock-agentcore.amazonaws.com', 3],
			[undefined, undefined, 1],
		]);
		expect(repliedPrincipals(log)).toEqual([]);
	});

	test('is mine as soon as one of its calls is, whatever the others are', () => {
		const log = logOf(
			...[call('1', {requestId: 'other'}), call('2', {requestId: 'mine'}), call('3', {requestId: 'another'})],
			call('4', {...by(bob), requestId: 'theirs'}),
		);
		const {log: replied} = linked(ledgerOf(reply('m', {requestId: 'mine'})), log);
		expect(callersSince(replied, noon, nobody).map(({mine}) => mine)).toEqual([true, false]);
		expect(callersSince(log, noon, bob).map(({mine}) => mine)).toEqual([false, true]);
	});

	test('tokens are summed up over the answered calls of the window that have them', () => {
		const tokens = {input: 10, output: 1};
		const log = logOf(
			...[call('1', {tokens}), call('2', {tokens}), call('3'), call('4', {tokens, outcome: 'AccessDenied'})],
			...[call('early', {tokens, at: noon - 1}), call('5', {...by(bob)})],
		);
		expect(callersSince(log, noon, nobody).map(one => one.tokens)).toEqual([
			{calls: 2, input: 20, output: 2},
			undefined,
		]);
	});

	test('a call is counted when its details are not kept any more', () => {
		const records = [1, 2, 3].map(n => ({kind: 'call' as const, call: call(`${n}`, {tokens: {input: 1, output: 1}})}));
		const log = insert(emptyLog, records, {limit: 1, keepMs: 60_000});
		expect(callersSince(log, noon, nobody)).toMatchObject([{calls: 3, tokens: {calls: 1}}]);
	});
});

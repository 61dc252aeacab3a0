import {describe, expect, test} from 'vitest';
import {noProofs, prove} from '../../source/domain/routing/proof.ts';
import {calledJustNow, isAmong} from '../../source/state/mine.ts';
import {minuteMs, noon, reply} from '../support/builders.ts';

const opus = 'anthropic.claude-opus-5-5';
const application = 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3d4e5f6';
const proofs = prove(noProofs, [
	reply('1', {sessionId: '1', requestedModel: application}),
	reply('2', {sessionId: '2', requestedModel: `us.${opus}`, at: noon - 5 * minuteMs + 1}),
	reply('3', {sessionId: '3', requestedModel: undefined, model: 'claude-haiku-5-5'}),
	reply('4', {sessionId: '4', requestedModel: undefined, model: 'somebody-else'}),
	reply('5', {sessionId: '5', requestedModel: 'us.anthropic.claude-sonnet-5-5', at: noon - 5 * minuteMs}),
]);

describe('what was called within five minutes', () => {
	const called = calledJustNow({proofs}, noon);

	test('is each session’s newest: by called id, else by the model that answered', () => {
		expect([...called].sort()).toEqual(['a1b2c3d4e5f6', 'anthropic.claude-haiku-5-5', 'somebody-else', `us.${opus}`]);
	});

	test.each([
		['an application profile by its opaque id', 'a1b2c3d4e5f6', true],
		['the same by its ARN', application, true],
		['the id that was called', `us.${opus}`, true],
		['another profile of the same model', `global.${opus}`, false],
		['any profile of a model that only its reply names', 'us.anthropic.claude-haiku-5-5', true],
		['an id that nobody knows', 'somebody-else', true],
		['what was called longer ago', 'us.anthropic.claude-sonnet-5-5', false],
	])('%s', (_, profile, expected) => expect(isAmong(called, profile)).toBe(expected));
});

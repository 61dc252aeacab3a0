import {describe, expect, test} from 'vitest';
import {parseModelId} from '../../../source/domain/models/model-id.ts';
import {
	needsResolution,
	type Resolution,
	readCalled,
	resolutionKey,
	scopeOfDestinations,
} from '../../../source/domain/models/resolution.ts';

const arn = (kind: string, id: string) => `arn:aws:bedrock:us-east-1:123456789012:${kind}/${id}`;
const application = arn('application-inference-profile', 'a1b2c3d4e5f6');
const router = arn('prompt-router', 'r0uter');
const [opus, haiku] = ['anthropic.claude-opus-5-5', 'anthropic.claude-haiku-5-5'];
const modelIn = (region: string) => `arn:aws:bedrock:${region}::foundation-model/${opus}`;

test.each([
	[application, 'a1b2c3d4e5f6', true],
	['a1b2c3d4e5f6', 'a1b2c3d4e5f6', true],
	[router, 'r0uter', true],
	[arn('default-prompt-router', 'anthropic.claude:1'), 'anthropic.claude:1', true],
	[arn('inference-profile', `us.${opus}`), `us.${opus}`, false],
	[arn('provisioned-model', 'p1'), 'p1', false],
	[`us.${opus}`, `us.${opus}`, false],
	['nonsense', 'nonsense', false],
])('%s goes by %s and has to be asked for: %s', (id, key, isNeeded) => {
	expect(resolutionKey(id)).toBe(key);
	expect(needsResolution(parseModelId(id))).toBe(isNeeded);
});

test.each<[string, readonly string[], string]>([
	['one region', [modelIn('us-east-1')], 'in-region'],
	['the same region twice', [modelIn('us-east-1'), modelIn('us-east-1')], 'in-region'],
	['two regions', [modelIn('us-east-1'), modelIn('us-west-2')], 'geo'],
	['the form without a region', [modelIn('us-east-1'), modelIn('us-west-2'), modelIn('')], 'global'],
	['profiles of one prefix', [arn('inference-profile', `us.${opus}`), arn('inference-profile', `us.${haiku}`)], 'geo'],
	['global profiles', [arn('inference-profile', `global.${opus}`)], 'global'],
	[
		'profiles of two kinds',
		[arn('inference-profile', `us.${opus}`), arn('inference-profile', `global.${opus}`)],
		'unknown',
	],
	['nowhere', [], 'unknown'],
])('destinations in %s', (_, arns, scope) => expect(scopeOfDestinations(arns)).toBe(scope));

describe('what was called', () => {
	const resolved = (models: readonly string[]): Resolution => ({state: 'resolved', models, scope: 'geo'});
	const resolutions = new Map<string, Resolution>([
		['a1b2c3d4e5f6', resolved([opus])],
		['r0uter', resolved([opus, haiku])],
		['refused', {state: 'unresolved', reason: {kind: 'not-allowed', action: 'x'}, isFinal: true}],
	]);

	test.each<[string, string, string | undefined, object]>([
		['an id that names its model', `us.${opus}`, undefined, {model: opus, scope: 'geo'}],
		['an application profile that was asked for', application, undefined, {model: opus, scope: 'geo'}],
		['the same by its opaque id', 'a1b2c3d4e5f6', 'claude-haiku-5-5', {model: opus, scope: 'geo'}],
		['a router whose reply names the model', router, 'claude-haiku-5-5', {model: haiku, scope: 'geo'}],
		['a router whose reply names another', router, 'claude-opus-5', {candidates: [opus, haiku], scope: 'geo'}],
		['a router and no reply', router, undefined, {candidates: [opus, haiku], scope: 'geo'}],
	])('%s', (_, id, answered, expected) => {
		const {ref, ...called} = readCalled(id, resolutions, answered);
		expect(called).toEqual({model: undefined, ...expected});
		expect(ref).toEqual(parseModelId(id));
	});

	test.each([
		['a profile that Bedrock would not explain', arn('application-inference-profile', 'refused'), 'unknown'],
		['a profile that was not asked for yet', arn('application-inference-profile', 'new'), 'unknown'],
		['throughput that is paid by the hour', arn('provisioned-model', 'p1'), 'in-region'],
	])('%s has a reason and no model', (_, id, scope) => {
		const called = readCalled(id, resolutions);
		expect(called).toMatchObject({scope, reason: expect.anything()});
		expect([called.model, called.candidates]).toEqual([undefined, undefined]);
	});
});

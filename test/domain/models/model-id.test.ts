import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {parseModelId, shortModelName} from '../../../source/domain/models/model-id.ts';

const opus = 'anthropic.claude-opus-5-5';
const sonnet = 'anthropic.claude-sonnet-4-5-20250929-v1:0';

/** As the facts list them, written out again so that a slip in the table shows. */
const known = [
	'anthropic.claude-fable-5-2',
	'anthropic.claude-fable-5-1',
	'anthropic.claude-fable-5',
	'anthropic.claude-mythos-5-1',
	'anthropic.claude-mythos-5',
	opus,
	'anthropic.claude-opus-5',
	'anthropic.claude-opus-4-8',
	'anthropic.claude-opus-4-7',
	'anthropic.claude-opus-4-6-v1',
	'anthropic.claude-opus-4-5-20251101-v1:0',
	'anthropic.claude-opus-4-1-20250805-v1:0',
	'anthropic.claude-opus-4-20250514-v1:0',
	'anthropic.claude-sonnet-5-5',
	'anthropic.claude-sonnet-5',
	'anthropic.claude-sonnet-4-6',
	sonnet,
	'anthropic.claude-sonnet-4-20250514-v1:0',
	'anthropic.claude-haiku-5-5',
	'anthropic.claude-haiku-4-5-20251001-v1:0',
	'anthropic.claude-3-5-haiku-20241022-v1:0',
	'anthropic.claude-3-7-sonnet-20250219-v1:0',
	'anthropic.claude-3-5-sonnet-20241022-v2:0',
	'anthropic.claude-3-5-sonnet-20240620-v1:0',
];

describe('reads every spelling of a model', () => {
	test.each([
		[`us.${opus}`, {kind: 'inference-profile', model: opus, scope: 'geo', prefix: 'us'}],
		[`global.${opus}`, {kind: 'inference-profile', model: opus, scope: 'global', prefix: 'global'}],
		[`us-gov.${opus}`, {kind: 'inference-profile', scope: 'geo', prefix: 'us-gov'}],
		[`apac.${sonnet}`, {kind: 'inference-profile', model: sonnet, scope: 'geo', prefix: 'apac'}],
		[`in.${opus}`, {scope: 'geo', prefix: 'in'}],
		[opus, {kind: 'foundation-model', model: opus, scope: 'in-region'}],
		['claude-opus-5-5', {kind: 'bare', model: opus, scope: 'unknown'}],
		['claude-sonnet-4-5-20250929', {kind: 'bare', model: sonnet}],
		['anthropic.claude-sonnet-4-5', {kind: 'foundation-model', model: sonnet}],
		['claude-opus-4-6', {model: 'anthropic.claude-opus-4-6-v1'}],
		['us.anthropic.claude-opus-4-6-v1:0', {model: 'anthropic.claude-opus-4-6-v1', scope: 'geo'}],
		['anthropic.claude-haiku-4-5', {model: 'anthropic.claude-haiku-4-5-20251001-v1:0', scope: 'in-region'}],
		['claude-opus-4', {model: 'anthropic.claude-opus-4-20250514-v1:0'}],
		['claude-opus-5', {model: 'anthropic.claude-opus-5'}],
		['claude-x', {kind: 'bare', model: 'anthropic.claude-x', scope: 'unknown'}],
		['anthropic.claude-opus-5-5-preview', {model: 'anthropic.claude-opus-5-5-preview'}],
		['us.anthropic.claude-sonnet-4-5-20250929-v1', {model: sonnet}],
		[`us.${opus}[1m]`, {profile: `us.${opus}`, model: opus}],
		[` us.${opus}[1M] `, {profile: `us.${opus}`}],
		[`us.${opus}[1m] [1M]`, {profile: `us.${opus}`, model: opus}],
		['us.amazon.nova-pro-v1:0', {kind: 'inference-profile', model: 'amazon.nova-pro-v1:0', scope: 'geo'}],
		['us.meta.llama4-scout-17b-instruct-v1:0', {model: 'meta.llama4-scout-17b-instruct-v1:0', prefix: 'us'}],
		['qwen.qwen3.5-397b', {kind: 'foundation-model', model: 'qwen.qwen3.5-397b', prefix: undefined}],
		['zai.glm-4.7', {kind: 'foundation-model', model: 'zai.glm-4.7', scope: 'in-region'}],
		['us.anthropic.claude-opus-9', {model: 'anthropic.claude-opus-9', scope: 'geo'}],
		[
			`arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.${opus}`,
			{kind: 'inference-profile', model: opus, scope: 'geo', region: 'us-east-1'},
		],
		[
			`arn:aws:bedrock:us-west-2::foundation-model/${opus}`,
			{kind: 'foundation-model', model: opus, scope: 'in-region'},
		],
		[`arn:aws:bedrock:::foundation-model/${opus}`, {model: opus, scope: 'global', region: undefined}],
		[
			'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3d4e5f6',
			{kind: 'application-inference-profile', model: undefined, scope: 'unknown', region: 'us-east-1'},
		],
		['a1b2c3d4e5f6', {kind: 'application-inference-profile', model: undefined}],
		['a1b2c3d4e5f', {kind: 'unknown', model: undefined}],
		['A1B2C3D4E5F6', {kind: 'unknown', model: undefined}],
		[
			'arn:aws:bedrock:us-east-1::foundation-model/a1b2c3d4e5f6',
			{kind: 'foundation-model', model: 'a1b2c3d4e5f6', scope: 'in-region'},
		],
		['arn:aws:bedrock:us-east-1:123456789012:guardrail/x1', {kind: 'unknown', model: undefined}],
		['arn:aws:iam::123456789012:role/x', {kind: 'unknown', model: undefined}],
		['arn:aws:bedrock:us-east-1:123456789012:provisioned-model/x1', {kind: 'provisioned', model: undefined}],
		['arn:aws:bedrock:us-east-1:123456789012:prompt-router/x1', {kind: 'prompt-router'}],
		['arn:aws:bedrock:us-east-1:123456789012:default-prompt-router/anthropic.claude:1', {kind: 'prompt-router'}],
		['__proto__', {kind: 'unknown', model: undefined}],
		['', {kind: 'unknown'}],
	])('%s', (id, expected) => {
		const ref = parseModelId(id);
		expect(ref).toEqual({...ref, ...expected});
	});

	test('a spelling that two models share names neither', () => {
		expect(parseModelId('claude-3-5-sonnet').model).toBe('anthropic.claude-3-5-sonnet');
		expect(parseModelId('claude-3-5-sonnet-20241022').model).toBe('anthropic.claude-3-5-sonnet-20241022-v2:0');
	});

	test.each([
		['a known id, 600 blanks and a letter', `${opus}${' '.repeat(600)}x`],
		['a known id and 100 kB', `us.${opus}${'x'.repeat(100_000)}`],
		['100 kB of blanks inside', `a${' '.repeat(100_000)}[1m]b`],
		['a line break', `us.${opus}\nx`],
		['an escape sequence', `us.${opus}\u001b[2J`],
		['a text direction mark', `us.${opus}\u202e`],
		['a prototype key', 'constructor'],
	])('%s names no model', (_, id) => {
		const ref = parseModelId(id);
		expect(ref).toEqual({kind: 'unknown', profile: ref.profile, scope: 'unknown'});
		expect(parseModelId(ref.profile)).toEqual(ref);
	});

	test('what an attacker calls a model pollutes nothing', () => {
		for (const id of ['__proto__', 'anthropic.__proto__', 'claude-__proto__', 'us.anthropic.constructor']) {
			shortModelName(parseModelId(id).model ?? id);
		}
		expect(Object.keys(Object.prototype)).toEqual([]);
		expect(parseModelId('claude-__proto__').model).toBe('anthropic.claude-__proto__');
	});

	test('an id reads the same the first time and after thousands of others', () => {
		const first = parseModelId(`us.${opus}[1m]`);
		for (let index = 0; index < 3000; index += 1) parseModelId(`us.anthropic.claude-x-${index}`);
		expect(parseModelId(`us.${opus}[1m]`)).toEqual(first);
	});

	test('never throws, and its profile is short and reads back as itself', () => {
		const parts = [...known, 'us.', 'global.', '[1m]', '[1M]', ' ', '\n', '__proto__', 'arn:aws:bedrock:', '::', '/'];
		const ids = fc.oneof(
			fc.string({unit: 'binary', maxLength: 2000}),
			fc.array(fc.oneof(fc.constantFrom(...parts), fc.string()), {maxLength: 12}).map(pieces => pieces.join('')),
		);
		fc.assert(
			fc.property(ids, id => {
				const {profile} = parseModelId(id);
				expect(profile.length).toBeLessThanOrEqual(512);
				expect(parseModelId(profile).profile).toBe(profile);
			}),
			{numRuns: 1000},
		);
	});
});

describe('every known model is one string in every spelling', () => {
	const prefixes = ['', 'us.', 'eu.', 'jp.', 'au.', 'apac.', 'us-gov.', 'in.', 'ca.', 'global.'];

	test.each(known)('%s', id => {
		const shorter = id.replace(/:0$/, '');
		const bare = shorter.replace('anthropic.', '').replace(/-v\d$/, '');
		const spellings = [
			...prefixes.flatMap(prefix => [prefix + id, prefix + shorter, `${prefix}${id}[1m]`]),
			bare,
			`anthropic.${bare}`,
			`arn:aws:bedrock:eu-west-1:123456789012:inference-profile/eu.${id}`,
			`arn:aws-us-gov:bedrock:us-gov-west-1:123456789012:inference-profile/us-gov.${id}`,
			`arn:aws-cn:bedrock:cn-north-1::foundation-model/${id}`,
			`arn:aws:bedrock:::foundation-model/${id}`,
		];
		for (const spelling of spellings) expect(parseModelId(spelling).model, spelling).toBe(id);
		expect(parseModelId(id)).toMatchObject({kind: 'foundation-model', scope: 'in-region'});
	});
});

test.each([
	[opus, 'opus-5.5'],
	[sonnet, 'sonnet-4.5'],
	['anthropic.claude-3-5-sonnet-20241022-v2:0', 'sonnet-3.5-v2'],
	['anthropic.claude-opus-4-6-v1', 'opus-4.6'],
	['anthropic.claude-mythos-5-2', 'mythos-5.2'],
	['anthropic.claude-3-haiku-20240307-v1:0', 'haiku-3'],
	['anthropic.claude-opus-9', 'opus-9'],
	['__proto__', '__proto__'],
	['amazon.nova-pro-v1:0', 'amazon.nova-pro-v1:0'],
])('%s is called %s', (model, name) => expect(shortModelName(model)).toBe(name));

test.each([
	['us.anthropic.claude-opus-5-5+priority', 'anthropic.claude-opus-5-5', 'geo', 'priority'],
	['global.anthropic.claude-sonnet-5-5+flex', 'anthropic.claude-sonnet-5-5', 'global', 'flex'],
	['us.anthropic.claude-opus-5-5', 'anthropic.claude-opus-5-5', 'geo', undefined],
])('%s is a model and the tier that was billed', (id, model, scope, tier) => {
	const ref = parseModelId(id);
	expect([ref.profile, ref.model, ref.scope, ref.tier]).toEqual([id, model, scope, tier]);
});

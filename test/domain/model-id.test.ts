import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {parseModelId, shortModelName} from '../../source/domain/model-id.ts';
import {picoPerToken, usdNumber, usdString} from '../../source/domain/money.ts';

const opus = 'anthropic.claude-opus-5-5';
const sonnet = 'anthropic.claude-sonnet-4-5-20250929-v1:0';

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
		['us.anthropic.claude-sonnet-4-5-20250929-v1', {model: sonnet}],
		[`us.${opus}[1m]`, {profile: `us.${opus}`, model: opus}],
		[` us.${opus}[1M] `, {profile: `us.${opus}`}],
		['us.amazon.nova-pro-v1:0', {kind: 'inference-profile', model: 'amazon.nova-pro-v1:0', scope: 'geo'}],
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

	test('never throws, keeps the profile on a second reading, and stays short', () => {
		fc.assert(
			fc.property(fc.string({unit: 'binary', maxLength: 2000}), id => {
				const {profile} = parseModelId(id);
				expect(profile.length).toBeLessThanOrEqual(512);
				expect(parseModelId(`us.anthropic.${id}`).profile.length).toBeLessThanOrEqual(512);
			}),
		);
	});
});

test.each([
	[opus, 'opus-5.5'],
	[sonnet, 'sonnet-4.5'],
	['anthropic.claude-3-5-sonnet-20241022-v2:0', 'sonnet-3.5-v2'],
	['anthropic.claude-opus-9', 'opus-9'],
	['amazon.nova-pro-v1:0', 'amazon.nova-pro-v1:0'],
])('%s is called %s', (model, name) => expect(shortModelName(model)).toBe(name));

describe('money', () => {
	test.each([
		['0.1375', 137_500n],
		['3', 3_000_000n],
		['0.000001', 1n],
		['27.5', 27_500_000n],
	])('$%s per million tokens is %s p$ per token', (price, pico) => expect(picoPerToken(price)).toBe(pico));

	test.each(['', '1.0000001', '-1', '1e3', '1,5', '.5'])('“%s” is no price', price => {
		expect(() => picoPerToken(price)).toThrow(RangeError);
	});

	test('is written exactly and read back', () => {
		expect(usdString(220_000n)).toBe('0.00000022');
		expect(usdString(-1_500_000_000_000n)).toBe('-1.5');
		fc.assert(
			fc.property(fc.bigInt(), amount => {
				const [whole = '', fraction = ''] = usdString(amount).split('.');
				expect(BigInt(whole.replace('-', '') + fraction.padEnd(12, '0'))).toBe(amount < 0n ? -amount : amount);
			}),
		);
		expect(usdNumber(4_123_456_789_012n)).toBe(4.123456789012);
	});
});

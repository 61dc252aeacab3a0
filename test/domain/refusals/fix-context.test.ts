import {describe, expect, test} from 'vitest';
import type {Cause} from '../../../source/domain/refusals/causes/index.ts';
import {fixContextOf, withUseCaseForm} from '../../../source/domain/refusals/fix-context.ts';
import type {Prerequisites} from '../../../source/domain/refusals/prerequisites.ts';
import type {Refusal} from '../../../source/domain/refusals/refusals.ts';

const opus = 'us.anthropic.claude-opus-5-5';
const destination = 'arn:aws:bedrock:us-east-2::foundation-model/anthropic.claude-opus-5-5';
const available = [
	'us.anthropic.claude-3-haiku-20240307-v1:0',
	'us.anthropic.claude-haiku-4-5-20251001-v1:0',
	'us.anthropic.claude-haiku-5-5',
	// Nobody knows how old it is.
	'us.anthropic.claude-haiku-99',
	opus,
	'global.anthropic.claude-opus-5-5',
	'us.anthropic.claude-opus-5',
	'us.meta.llama3-8b-instruct-v1:0',
];
const prerequisites = {
	...{region: 'us-west-2', available, called: [], models: [], destinations: new Map([[opus, [destination]]])},
	useCaseForm: {state: 'known', value: false},
} as unknown as Prerequisites;

const refusal = (cause: Cause, more: Partial<Refusal> = {}): Refusal => ({
	...{cause, model: opus, count: 1, firstAt: 1, lastAt: 1, seenBy: ['cloudtrail'], message: '', sessionIds: []},
	denial: {cause},
	...more,
});
const contextOf = (found: Refusal, given: Prerequisites | undefined = prerequisites) =>
	fixContextOf(found, given, {region: 'eu-west-1', profile: 'work'});

describe('the region that is called', () => {
	const arnOf = (rest: string) => ({
		cause: 'identity-policy' as const,
		...{resource: `arn:aws:bedrock:${rest}`, resourceRegion: rest.split(':')[0]},
	});
	test.each<readonly [string, Partial<Refusal>, string]>([
		['is of the refused profile', {denial: arnOf(`us-west-2:123456789012:inference-profile/${opus}`)}, 'us-west-2'],
		['is not where a profile leads to', {denial: arnOf('us-east-2::foundation-model/x')}, 'eu-west-1'],
		[
			'is the one that CloudTrail names',
			{region: 'us-east-1', denial: arnOf('us-west-2:1:inference-profile/x')},
			'us-east-1',
		],
		['is the configured one where none is named', {denial: arnOf(':1:inference-profile/x')}, 'eu-west-1'],
	])('%s', (_, more, expected) => {
		expect(contextOf(refusal('identity-policy', more)).region).toBe(expected);
	});
});

describe('profiles that could be called instead', () => {
	test('lead to the same model', () => {
		expect(contextOf(refusal('invalid-model')).suggestions).toEqual([opus, 'global.anthropic.claude-opus-5-5']);
	});
	test.each(['legacy-model', 'end-of-life'] as const)(
		'of a %s lead to newer ones of its family, newest first',
		cause => {
			const model = 'anthropic.claude-3-5-haiku-20241022-v1:0';
			expect(contextOf(refusal(cause, {model})).suggestions).toEqual([
				'us.anthropic.claude-haiku-5-5',
				'us.anthropic.claude-haiku-4-5-20251001-v1:0',
			]);
		},
	);
	test('of the newest one that is retired are none', () => {
		expect(contextOf(refusal('end-of-life')).suggestions).toEqual([]);
	});
	test.each<readonly [string, Partial<Refusal>]>([
		['no model', {model: undefined}],
		['an opaque id', {model: 'abcdef123456'}],
	])('are unknown with %s', (_, more) => {
		expect(contextOf(refusal('invalid-model', more)).suggestions).toEqual([]);
	});
	test('are none before the region was asked', () => {
		expect(fixContextOf(refusal('invalid-model'), undefined, {}).suggestions).toEqual([]);
	});
});

describe('what else a fix can build upon', () => {
	test('the region of the refusal goes before that of the settings', () => {
		expect(contextOf(refusal('scp')).region).toBe('eu-west-1');
		expect(contextOf(refusal('scp', {region: 'us-west-2'})).region).toBe('us-west-2');
	});
	test('the destinations are those of what was called', () => {
		expect(contextOf(refusal('scp'))).toMatchObject({called: opus, profile: 'work', destinations: [destination]});
		expect(contextOf(refusal('scp', {model: 'us.anthropic.claude-opus-5'})).destinations).toBeUndefined();
		expect(contextOf(refusal('scp', {model: undefined})).destinations).toBeUndefined();
	});
});

describe('where Bedrock says that the use case form is missing, that is why a model cannot be used', () => {
	test('and the refusal says so', () => {
		const found = withUseCaseForm(refusal('model-access'), prerequisites);
		expect([found.cause, found.denial.cause]).toEqual(['use-case-form', 'use-case-form']);
	});
	test.each<readonly [string, Refusal, unknown]>([
		['another cause', refusal('invalid-model'), {state: 'known', value: false}],
		[
			'a sentence of IAM',
			refusal('model-access', {denial: {cause: 'model-access', action: 'bedrock:InvokeModel'}}),
			{state: 'known', value: false},
		],
		['a form that was sent', refusal('model-access'), {state: 'known', value: true}],
		['a form that nobody knows of', refusal('model-access'), {state: 'unknown', reason: 'denied', fix: null}],
	])('but not with %s', (_, found, useCaseForm) => {
		expect(withUseCaseForm(found, {...prerequisites, useCaseForm} as Prerequisites)).toBe(found);
	});
	test('nor before it was asked', () => {
		const found = refusal('model-access');
		expect(withUseCaseForm(found, undefined)).toBe(found);
	});
});

import {describe, expect, test} from 'vitest';
import type {Resolution, Resolutions} from '../../../source/domain/models/resolution.ts';
import type {Turn} from '../../../source/domain/replies/turn.ts';
import type {Configuration} from '../../../source/domain/routing/configuration.ts';
import {createPosting} from '../../../source/domain/spend/posting.ts';
import {reply} from '../../support/builders.ts';
import {listPrices} from '../../support/pricing.ts';

/** Profiles that people reported other programs to price as something else: what a million tokens of input cost here. */
const million = {input: 1_000_000};
const bare: Partial<Turn> = {requestedModel: undefined};

type Known = {
	readonly resolutions?: Resolutions;
	readonly configuration?: object;
	readonly session?: string;
	readonly called?: string;
};

const priced = (changes: Partial<Turn>, known: Known = {}) => {
	const {resolutions = new Map(), configuration, session, called} = known;
	const {quote, scope, scopeFrom} = createPosting(reply('msg_bdrk_01a', {...changes, usage: million}), {
		...listPrices,
		resolutions,
		configurationOf: () => configuration as Configuration | undefined,
		sessionModelOf: () => session,
		callOf: () => (called === undefined ? undefined : {profile: called}),
	});
	if (quote.state === 'unpriced') return [scopeFrom, scope, quote.reason.kind];
	return [scopeFrom, scope, Number(quote.low) / 1e12, Number(quote.high) / 1e12];
};

const arn = (id: string, region = 'us-east-1') =>
	`arn:aws:bedrock:${region}:123456789012:application-inference-profile/${id}`;
const stands = (id: string, model: string, scope: 'geo' | 'global'): readonly [string, Resolution] => [
	id,
	{state: 'resolved', models: [model], scope},
];
const three: Resolutions = new Map([
	stands('opus00000048', 'anthropic.claude-opus-4-8', 'geo'),
	stands('sonnet000005', 'anthropic.claude-sonnet-5', 'geo'),
	stands('haiku0000045', 'anthropic.claude-haiku-4-5-20251001-v1:0', 'global'),
]);

describe('the id that was called', () => {
	test.each<[string, string, readonly unknown[]]>([
		['jp. is a geography: BerriAI/litellm#22975', 'jp.anthropic.claude-sonnet-4-6', ['geo', 3.3, 3.3]],
		['so is au.: aws-samples/anthropic-on-aws#270', 'au.anthropic.claude-opus-4-8', ['geo', 5.5, 5.5]],
		[
			'global. has no tenth: pollinations/pollinations#11579',
			'global.anthropic.claude-haiku-4-5-20251001-v1:0',
			['global', 1, 1],
		],
		['us. has: redpanda-data/ai-sdk-go#215', 'us.anthropic.claude-fable-5-1', ['geo', 11, 11]],
		['and a region of its own: anomalyco/models.dev#6790', 'anthropic.claude-opus-4-6-v1', ['in-region', 5.5, 5.5]],
		['[1m] is no part of it: anthropics/claude-code#49781', 'global.anthropic.claude-opus-4-7[1m]', ['global', 5, 5]],
		[
			'a version that there is not names no model: paperclipai/paperclip#10551',
			'us.anthropic.claude-sonnet-4-5-20250929-v2:0',
			['geo', 'unknown-model'],
		],
	])('%s', (_, requestedModel, expected) => {
		expect(priced({requestedModel})).toEqual(['requestedModel', ...expected]);
	});
});

describe('application inference profiles', () => {
	test.each<[string, string, readonly unknown[]]>([
		['each at its own model: anthropics/claude-code#80601', arn('opus00000048'), ['geo', 5.5, 5.5]],
		['another one: anthropics/claude-code#27890', arn('sonnet000005'), ['geo', 2.2, 2.2]],
		['and a global one', arn('haiku0000045'), ['global', 1, 1]],
		[
			'no $0 while nobody has asked: langfuse/langfuse#13325',
			arn('aaaabbbbcccc', 'eu-west-1'),
			['unknown', 'not-asked-yet'],
		],
		['written in a URL: Portkey-AI/gateway#1118', encodeURIComponent(arn('sonnet000005')), ['geo', 2.2, 2.2]],
	])('%s', (_, requestedModel, expected) => {
		expect(priced({requestedModel}, {resolutions: three})).toEqual(['requestedModel', ...expected]);
	});
});

const bedrock = {provider: 'bedrock', regionPrefix: 'us', findings: []};

describe('a reply that does not say what was called', () => {
	test.each<[string, Partial<Turn>, Known, readonly unknown[]]>([
		[
			'the pin of settings, as a range: anthropics/claude-code#56110',
			{...bare, model: 'claude-opus-4-7'},
			{
				configuration: {
					...bedrock,
					pins: [{variable: 'ANTHROPIC_DEFAULT_OPUS_MODEL', value: 'global.anthropic.claude-opus-4-7'}],
				},
			},
			['configuration', 'global', 5, 5.5],
		],
		[
			'one price for Sonnet 4 wherever it ran: anthropics/claude-code#1434',
			{...bare, model: 'claude-sonnet-4-20250514', at: Date.UTC(2026, 5, 1)},
			{
				configuration: {
					...bedrock,
					pins: [{variable: 'ANTHROPIC_MODEL', value: 'apac.anthropic.claude-sonnet-4-20250514-v1:0'}],
				},
			},
			['configuration', 'geo', 3, 3],
		],
		[
			'a pin that names no profile proves no scope: anthropics/claude-code#23499',
			{...bare, model: 'claude-opus-4-6'},
			{configuration: {...bedrock, pins: [{variable: 'ANTHROPIC_MODEL', value: 'claude-opus-4-6-v1[1m]'}]}},
			['configuration', 'geo', 5, 5.5],
		],
		[
			'the id a session wrote down, after a bare one in settings: anthropics/claude-code#65208',
			{...bare, model: 'claude-haiku-4-5-20251001'},
			{
				session: 'global.anthropic.claude-haiku-4-5-20251001-v1:0',
				configuration: {...bedrock, pins: [{variable: 'ANTHROPIC_MODEL', value: 'claude-haiku-4-5-20251001'}]},
			},
			['session', 'global', 1, 1],
		],
		[
			'CloudTrail before the session: anthropics/claude-code#16997',
			{...bare, model: 'claude-opus-4-5-20251101'},
			{
				session: 'us.anthropic.claude-opus-4-5-20251101-v1:0',
				called: 'global.anthropic.claude-opus-4-5-20251101-v1:0',
			},
			['cloudtrail', 'global', 5, 5],
		],
	])('%s', (_, turn, known, expected) => expect(priced(turn, known)).toEqual(expected));
});

import {describe, expect, test} from 'vitest';
import {readTranscriptLine, type Turn} from '../../../source/domain/replies/turn.ts';
import {emptyLedger, post} from '../../../source/domain/spend/ledger.ts';
import {createPosting} from '../../../source/domain/spend/posting.ts';
import {spendOf} from '../../../source/domain/spend/spend.ts';
import {listPrices} from '../../support/pricing.ts';

/** Wrong dollars that people reported of other programs: the same lines, and what is right here. */
type Line = {
	readonly id?: string;
	readonly model: string;
	readonly requestedModel?: string;
	readonly at?: string;
	readonly sessionId?: string;
	readonly usage: Readonly<Record<string, unknown>>;
};

const turnOf = ({id = 'msg_bdrk_01a', model, requestedModel, at, sessionId = 's1', usage}: Line): Turn => {
	const line = {
		...{type: 'assistant', sessionId, timestamp: at ?? '2026-11-23T12:00:00.000Z', requestedModel},
		message: {
			id,
			model,
			role: 'assistant',
			stop_reason: 'end_turn',
			usage: {input_tokens: 0, output_tokens: 0, ...usage},
		},
	};
	const read = readTranscriptLine(line, {id: 'fallback', sessionId, at: 0} as never);
	if (read?.kind !== 'turn') throw new Error('no reply');
	return read.turn;
};
const priceOf = (line: Line) => {
	const {quote} = createPosting(turnOf(line), listPrices);
	return quote.state === 'priced' ? Number(quote.amount) / 1e12 : quote.reason.kind;
};

const million = 1_000_000;
const opus47 = 'claude-opus-4-7';
const hourly = {
	cache_creation_input_tokens: million,
	cache_creation: {ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: million},
};

describe('Bedrock', () => {
	test.each<[string, Line, number | string]>([
		[
			'counts the cache at eu. profiles: anthropics/claude-code#56110',
			{
				model: opus47,
				requestedModel: 'eu.anthropic.claude-opus-4-7',
				usage: {cache_read_input_tokens: million, cache_creation_input_tokens: million},
			},
			0.55 + 6.875,
		],
		[
			'charges 1-hour writes twice the input: ccusage/ccusage#899',
			{model: 'claude-opus-4-6', requestedModel: 'global.anthropic.claude-opus-4-6-v1', usage: hourly},
			10,
		],
		[
			'passed through or not: BerriAI/litellm#29432',
			{model: 'claude-opus-4-8', requestedModel: 'global.anthropic.claude-opus-4-8', usage: hourly},
			10,
		],
		[
			'with the regional tenth: BerriAI/litellm#28572',
			{model: 'claude-opus-4-5-20251101', requestedModel: 'eu.anthropic.claude-opus-4-5-20251101-v1:0', usage: hourly},
			11,
		],
		[
			'us. is no global profile: Boise-State-Development/agentcore-public-stack#914',
			{model: opus47, requestedModel: 'us.anthropic.claude-opus-4-7', usage: {output_tokens: million}},
			27.5,
		],
		[
			"Claude 3 Haiku's cache is off the usual multiples: BerriAI/litellm#40360",
			{
				model: 'claude-3-haiku-20240307',
				requestedModel: 'us.anthropic.claude-3-haiku-20240307-v1:0',
				usage: {cache_read_input_tokens: million, cache_creation_input_tokens: million},
			},
			0.33,
		],
		[
			'priced cached replies of profiles with a prefix: NousResearch/hermes-agent#50295',
			{
				model: 'claude-sonnet-4-6',
				requestedModel: 'us.anthropic.claude-sonnet-4-6',
				usage: {cache_read_input_tokens: million},
			},
			0.33,
		],
		[
			'a long prompt of Sonnet 4.5 while it had a step: Helicone/helicone#5767',
			{
				...{model: 'claude-sonnet-4-5-20250929', at: '2026-04-01T12:00:00.000Z'},
				requestedModel: 'global.anthropic.claude-sonnet-4-5-20250929-v1:0',
				usage: {input_tokens: 200_001},
			},
			1.200_006,
		],
		[
			'no dollars for an id that there is not, rather than $0: kunchenguid/axi#92',
			{model: 'claude-sonnet-6', requestedModel: 'us.anthropic.claude-sonnet-6-v1:0', usage: {input_tokens: 1}},
			'unknown-model',
		],
		[
			'nor for somebody else’s model behind the same client: steipete/CodexBar#2415',
			{model: 'cli-proxy-gpt-5.4', usage: {input_tokens: 1}},
			'unknown-model',
		],
		[
			'a priority reply is not at the standard price: BerriAI/litellm#21171',
			{
				model: opus47,
				requestedModel: 'us.anthropic.claude-opus-4-7',
				usage: {input_tokens: 1, service_tier: 'priority'},
			},
			'unknown-tier',
		],
		[
			'nor a fast one, which Bedrock does not sell: elgorro/aiquila#416',
			{model: 'claude-opus-5', requestedModel: 'us.anthropic.claude-opus-5', usage: {input_tokens: 1, speed: 'fast'}},
			'unknown-tier',
		],
	])('%s', (_, line, expected) => {
		const price = priceOf(line);
		if (typeof expected === 'number') expect(price).toBeCloseTo(expected, 9);
		else expect(price).toBe(expected);
	});
});

describe('Anthropic', () => {
	test.each<[string, Line, number | string]>([
		[
			'a tenth more for inference in the US: anthropics/claude-code#60641',
			{model: opus47, usage: {input_tokens: million, inference_geo: 'us'}},
			5.5,
		],
		['no premium anywhere else', {model: opus47, usage: {input_tokens: million, inference_geo: 'eu'}}, 5],
		[
			'the fast mode of Opus 5 at twice the price: momoraul/Lupen#47',
			{model: 'claude-opus-5', usage: {input_tokens: million, output_tokens: million, speed: 'fast'}},
			60,
		],
		[
			'of Opus 4.8 too, with its cache: anomalyco/models.dev#4123',
			{model: 'claude-opus-4-8', usage: {cache_creation_input_tokens: million, speed: 'fast'}},
			12.5,
		],
		[
			'no other model has one: anomalyco/models.dev#4123',
			{model: 'claude-opus-4-6', usage: {input_tokens: million, speed: 'fast'}},
			'unknown-tier',
		],
	])('%s', (_, line, expected) => expect(priceOf({...line, id: 'msg_01a'})).toBe(expected));
});

describe('each reply counts once', () => {
	const line: Line = {model: opus47, requestedModel: 'global.anthropic.claude-opus-4-7', usage: {output_tokens: 1000}};
	const early: Line = {...line, usage: {output_tokens: 3}};

	test.each([
		[
			'in a fork that carries it on: stablyai/orca#8023',
			[line, {...line, sessionId: 's2'}, {...line, sessionId: 's3'}],
		],
		['in a session that was resumed, at its final figure: Metabuilder-Labs/tokenjam#300', [early, line, early]],
	])('%s', (_, lines) => {
		const postings = lines.map(one => createPosting(turnOf(one), listPrices));
		const {local} = spendOf(post(emptyLedger, postings), 0);
		expect([local.calls, local.amount]).toEqual([1, 25_000_000_000n]);
	});
});

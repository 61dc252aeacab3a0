import {describe, expect, test} from 'vitest';
import type {Resolution} from '../../../source/domain/models/resolution.ts';
import type {Turn} from '../../../source/domain/replies/turn.ts';
import type {Configuration} from '../../../source/domain/routing/configuration.ts';
import {createPosting, isSamePrice, type Posting, type Pricing} from '../../../source/domain/spend/posting.ts';
import {reply} from '../../support/builders.ts';
import {listPrices} from '../../support/pricing.ts';

const opus = 'anthropic.claude-opus-5-5';
const router = 'arn:aws:bedrock:us-east-1:123456789012:prompt-router/r1';
const configuration = (changes: Partial<Configuration> = {}): Configuration => ({
	...{provider: 'bedrock', providerFrom: {kind: 'no-switch'}, region: 'eu-west-1', regionPrefix: 'eu', findings: []},
	regionFrom: {kind: 'claude-code-default'},
	...changes,
});
const pricing = (
	known: {configured?: Configuration; called?: string; resolutions?: Pricing['resolutions']} = {},
): Pricing => ({
	...listPrices,
	configurationOf: () => known.configured,
	callOf: () => (known.called === undefined ? undefined : {profile: known.called}),
	resolutions: known.resolutions ?? new Map(),
});
const tokens = {input: 1_000_000};
const old = (changes: Omit<Partial<Turn>, 'usage'> = {}) =>
	reply('msg_bdrk_1', {requestedModel: undefined, usage: tokens, ...changes});
const dollars = ({quote}: Posting) =>
	quote.state === 'priced' ? [quote.low, quote.amount].map(Number).map(n => n / 1e12) : quote.reason.kind;

describe('what was called is known from', () => {
	const {called} = {called: `us.${opus}`};
	test.each<[string, Turn, Parameters<typeof pricing>[0], Partial<Posting>]>([
		[
			'the reply itself',
			old({requestedModel: `global.${opus}`}),
			{configured: configuration(), called},
			{scope: 'global', scopeFrom: 'requestedModel', profile: `global.${opus}`},
		],
		[
			'nothing, where the reply has a bare name',
			old({requestedModel: 'claude-opus-5-5'}),
			{},
			{scope: 'unknown', scopeFrom: 'assumed', profile: undefined},
		],
		[
			'nothing, where another provider is configured',
			old(),
			{configured: configuration({provider: 'first-party'})},
			{scope: 'unknown', scopeFrom: 'assumed'},
		],
		[
			'the prefix of the configured region',
			old(),
			{configured: configuration()},
			{scope: 'geo', scopeFrom: 'configuration'},
		],
		[
			'the prefix of all regions',
			old(),
			{configured: configuration({regionPrefix: 'global'})},
			{scope: 'global', scopeFrom: 'configuration'},
		],
		[
			'the pin of that model',
			old(),
			{configured: configuration({model: opus})},
			{scope: 'in-region', scopeFrom: 'configuration'},
		],
		[
			'the prefix, where another model is pinned',
			old(),
			{configured: configuration({model: 'anthropic.claude-haiku-5-5'})},
			{scope: 'geo', scopeFrom: 'configuration'},
		],
		[
			'the prefix, where the pin is a bare name',
			old(),
			{configured: configuration({model: 'claude-opus-5-5'})},
			{scope: 'geo', scopeFrom: 'configuration'},
		],
		[
			'CloudTrail, where it says otherwise',
			old(),
			{configured: configuration(), called: `global.${opus}`},
			{scope: 'global', scopeFrom: 'cloudtrail', profile: `global.${opus}`},
		],
		[
			'CloudTrail, where configuration says the same',
			old(),
			{configured: configuration(), called},
			{scope: 'geo', scopeFrom: 'cloudtrail', profile: called},
		],
		[
			'CloudTrail, where nothing is configured',
			old(),
			{called},
			{scope: 'geo', scopeFrom: 'cloudtrail', profile: called},
		],
		[
			'CloudTrail, where it names another model',
			old(),
			{configured: configuration(), called: 'us.anthropic.claude-haiku-5-5'},
			{model: 'anthropic.claude-haiku-5-5', scopeFrom: 'cloudtrail'},
		],
	])('%s', (_, turn, known, expected) => expect(createPosting(turn, pricing(known))).toMatchObject(expected));
});

describe('what it costs', () => {
	const resolved = (...models: readonly string[]): ReadonlyMap<string, Resolution> =>
		new Map([['r1', {state: 'resolved', models, scope: 'geo'}]]);
	const [sonnet, haiku] = ['anthropic.claude-sonnet-5-5', 'anthropic.claude-haiku-5-5'];
	const routed = (changes: Omit<Partial<Turn>, 'usage'> = {}) => old({requestedModel: router, model: 'x', ...changes});

	test.each<[string, Turn, Parameters<typeof pricing>[0], readonly number[] | string]>([
		['is the price of its scope', old({requestedModel: `global.${opus}`}), {}, [4, 4]],
		['is a range where the scope is open', old(), {}, [4, 4.4]],
		['is not known without all of its tokens', old({incomplete: true}), {}, 'incomplete-usage'],
		['is not known for a model without a price', old({model: 'claude-9'}), {}, 'unknown-model'],
		[
			'is not known for a tier without a price',
			old(),
			{configured: configuration({serviceTier: 'flex'})},
			'unknown-tier',
		],
		['is not known before Bedrock was asked what a router stands for', routed(), {}, 'not-asked-yet'],
		['is that of the one model behind it', routed(), {resolutions: resolved(opus)}, [4.4, 4.4]],
		[
			'is that of the one that answered',
			routed({model: 'claude-opus-5-5'}),
			{resolutions: resolved(haiku, opus)},
			[4.4, 4.4],
		],
		['is the dearest of several, from the cheapest on', routed(), {resolutions: resolved(sonnet, opus)}, [2.2, 4.4]],
		['whatever order they are in', routed(), {resolutions: resolved(opus, sonnet)}, [2.2, 4.4]],
		[
			'is not known where one of them has no price',
			routed(),
			{resolutions: resolved(opus, 'anthropic.claude-9')},
			'unknown-choice',
		],
	])('%s', (_, turn, known, expected) => expect(dollars(createPosting(turn, pricing(known)))).toEqual(expected));
});

describe('two postings of one reply say the same of its price', () => {
	const [own, unpriced] = [createPosting(old(), pricing()), createPosting(old({model: 'claude-9'}), pricing())];
	const priced = own.quote.state === 'priced' ? own.quote : undefined;
	if (priced === undefined) throw new Error('it has a price');
	test.each<[boolean, string, Posting, Posting]>([
		[true, 'who asks again', own, createPosting(old(), pricing())],
		[true, 'without a price for the same reason', unpriced, {...unpriced, quote: structuredClone(unpriced.quote)}],
		[false, 'one without a price', own, {...own, quote: unpriced.quote}],
		[false, 'one with a price now', {...own, quote: unpriced.quote}, own],
		[
			false,
			'another reason',
			unpriced,
			{...unpriced, quote: {state: 'unpriced', model: 'x', reason: {kind: 'incomplete-usage'}}},
		],
		[false, 'another scope', own, {...own, scope: 'global'}],
		[false, 'another evidence', own, {...own, scopeFrom: 'cloudtrail'}],
		[false, 'another model', own, {...own, model: 'x'}],
		[false, 'another profile', own, {...own, profile: 'x'}],
		[false, 'another amount', own, {...own, quote: {...priced, amount: 1n}}],
		[false, 'another lower end', own, {...own, quote: {...priced, low: 1n}}],
		[false, 'another upper end', own, {...own, quote: {...priced, high: 1n}}],
	])('%s: %s', (expected, _, a, b) => expect(isSamePrice(a, b)).toBe(expected));
});

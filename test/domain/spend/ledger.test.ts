import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Resolution} from '../../../source/domain/models/resolution.ts';
import type {Quote} from '../../../source/domain/money/quote.ts';
import {noUsage} from '../../../source/domain/money/usage.ts';
import type {Turn} from '../../../source/domain/replies/turn.ts';
import type {Configuration} from '../../../source/domain/routing/configuration.ts';
import {breakDown, type Dimension} from '../../../source/domain/spend/breakdown.ts';
import {
	emptyLedger,
	entriesSince,
	entryByRequest,
	forgetBefore,
	markSeen,
	post,
	postingsOf,
	reprice,
} from '../../../source/domain/spend/ledger.ts';
import {createPosting, type Pricing} from '../../../source/domain/spend/posting.ts';
import {spendOf} from '../../../source/domain/spend/spend.ts';
import {unpricedWords} from '../../../source/screen/words/unpriced-reason.ts';
import {listPrices} from '../../support/pricing.ts';

const noon = Date.UTC(2026, 10, 23, 12);

const turn = (others: Partial<Turn> = {}): Turn => ({
	id: 'msg_bdrk_01A',
	at: noon,
	sessionId: 's1',
	cwd: '/home/dev/shop',
	model: 'claude-opus-5-5',
	provider: 'bedrock',
	usage: {...noUsage, input: 1000, output: 100},
	lowerBound: false,
	sidechain: false,
	...others,
});

const configuration = (others: Partial<Configuration>): Configuration => ({
	provider: 'bedrock',
	providerFrom: {kind: 'no-switch'},
	region: 'us-east-1',
	regionFrom: {kind: 'claude-code-default'},
	regionPrefix: 'us',
	findings: [],
	...others,
});

const arn = (kind: string, id: string) => `arn:aws:bedrock:us-east-1:123456789012:${kind}/${id}`;
const application = arn('application-inference-profile', 'a1b2c3d4e5f6');
const router = arn('prompt-router', 'r0uter');
const resolved = (models: readonly string[], scope: 'global' | 'geo' | 'in-region'): Resolution => ({
	state: 'resolved',
	models,
	scope,
});

const whyUnpriced = (quoted: Quote) => (quoted.state === 'unpriced' ? unpricedWords(quoted.reason) : undefined);

/** 1000 input and 100 output tokens of Opus 5.5: 4000 + 2000 µ$ at a global profile, 10 % more elsewhere. */
const [global, regional] = [6_000_000_000n, 6_600_000_000n];

describe('the scope of a reply', () => {
	test.each<[string, Partial<Turn>, Partial<Configuration> | undefined, string | undefined, object]>([
		[
			'is what the client asked for',
			{requestedModel: 'global.anthropic.claude-opus-5-5'},
			{},
			'us.anthropic.claude-opus-5-5',
			{scope: 'global', scopeFrom: 'requestedModel', amount: global, low: global},
		],
		[
			'else the configured region prefix',
			{},
			{},
			undefined,
			{scope: 'geo', scopeFrom: 'configuration', amount: regional, low: global, high: regional},
		],
		[
			'else a pin of the same model',
			{},
			{model: 'global.anthropic.claude-opus-5-5'},
			undefined,
			{scope: 'global', scopeFrom: 'configuration', amount: global, low: global, high: regional},
		],
		[
			'else the region prefix, where the pin is a bare name that says no scope',
			{},
			{model: 'claude-opus-5-5', regionPrefix: 'global'},
			undefined,
			{scope: 'global', scopeFrom: 'configuration', amount: global, low: global},
		],
		[
			'but not a pin of another',
			{},
			{model: 'global.anthropic.claude-opus-5'},
			undefined,
			{scope: 'geo', scopeFrom: 'configuration'},
		],
		[
			'CloudTrail agrees with configuration',
			{},
			{},
			'us.anthropic.claude-opus-5-5',
			{scope: 'geo', scopeFrom: 'cloudtrail', amount: regional, low: regional, high: regional},
		],
		[
			'CloudTrail knows better than configuration',
			{},
			{},
			'global.anthropic.claude-opus-5-5',
			{scope: 'global', scopeFrom: 'cloudtrail', profile: 'global.anthropic.claude-opus-5-5', amount: global},
		],
		[
			'CloudTrail alone',
			{},
			undefined,
			'us.anthropic.claude-opus-5-5',
			{scope: 'geo', scopeFrom: 'cloudtrail', amount: regional, low: regional},
		],
		[
			'nobody knows: a range',
			{},
			undefined,
			undefined,
			{scope: 'unknown', scopeFrom: 'assumed', amount: regional, low: global, high: regional},
		],
		['another provider configured now', {}, {provider: 'first-party'}, undefined, {scopeFrom: 'assumed', low: global}],
		[
			'a bare request says nothing',
			{requestedModel: 'claude-opus-5-5'},
			undefined,
			undefined,
			{scopeFrom: 'assumed', low: global},
		],
	])('%s', (_, reply, settings, called, expected) => {
		const pricing: Pricing = {
			...listPrices,
			configurationOf: () => settings && configuration(settings),
			callOf: () => (called === undefined ? undefined : {profile: called}),
		};
		const {quote, ...posting} = createPosting(turn(reply), pricing);
		expect({...posting, ...quote}).toMatchObject(expected);
	});
});

describe('what only Bedrock can explain', () => {
	const pricing = (entries: readonly (readonly [string, Resolution])[]): Pricing => ({
		...listPrices,
		resolutions: new Map(entries),
	});
	const quoteOf = (requestedModel: string, entries: readonly (readonly [string, Resolution])[] = [], model?: string) =>
		createPosting(turn({requestedModel, ...(model !== undefined && {model})}), pricing(entries)).quote;

	test.each([
		['global', global],
		['geo', regional],
		['in-region', regional],
	] as const)('an application profile of %s scope', (scope, amount) => {
		const entry = ['a1b2c3d4e5f6', resolved(['anthropic.claude-opus-5-5'], scope)] as const;
		expect(quoteOf(application, [entry])).toMatchObject({state: 'priced', amount, low: amount});
	});

	test('is unpriced until then, and says what to allow', () => {
		expect(quoteOf(application)).toMatchObject({state: 'unpriced', reason: {kind: 'not-asked-yet'}});
		expect(whyUnpriced(quoteOf(application))).toBe('which model answers there is not known yet');
		const reason = {kind: 'not-allowed', action: 'bedrock:GetInferenceProfile'} as const;
		const refused: Resolution = {state: 'unresolved', reason, isFinal: false};
		const quoted = quoteOf(application, [['a1b2c3d4e5f6', refused]]);
		expect(quoted).toMatchObject({state: 'unpriced', reason});
		expect(whyUnpriced(quoted)).toBe('not resolved: allow bedrock:GetInferenceProfile');
	});

	test('is priced as soon as it is explained', () => {
		const before = post(emptyLedger, [createPosting(turn({requestedModel: application}), listPrices)]);
		const after = pricing([['a1b2c3d4e5f6', resolved(['anthropic.claude-opus-5-5'], 'geo')]]);
		expect(spendOf(reprice(before, after, entriesSince(before, 0)), 0).local).toMatchObject({
			amount: regional,
			unpricedCalls: 0,
		});
		expect(reprice(before, listPrices, entriesSince(before, 0))).toBe(before);
	});

	const models = ['anthropic.claude-opus-5-5', 'anthropic.claude-haiku-4-5-20251001-v1:0'];

	test('a prompt router: the reply says which of its models answered', () => {
		const entry = ['r0uter', resolved(models, 'geo')] as const;
		expect(quoteOf(router, [entry])).toMatchObject({amount: regional, low: regional});
		// 1000 × 1.1 + 100 × 5.5 = 1650 µ$
		expect(quoteOf(router, [entry], 'claude-haiku-4-5-20251001')).toMatchObject({amount: 1_650_000_000n});
	});

	test('a prompt router: a range over its models where nobody says', () => {
		const entry = ['r0uter', resolved(models, 'geo')] as const;
		expect(quoteOf(router, [entry], 'something')).toMatchObject({
			low: 1_650_000_000n,
			amount: regional,
			high: regional,
		});
	});

	test('a prompt router with a model without a price is unpriced', () => {
		const entry = ['r0uter', resolved([...models, 'anthropic.claude-next'], 'geo')] as const;
		expect(quoteOf(router, [entry], 'something')).toMatchObject({state: 'unpriced'});
	});

	test('provisioned throughput is named as such', () => {
		const reason = 'provisioned throughput is paid by the hour, not by the token';
		const quoted = quoteOf(arn('provisioned-model', 'abc123'));
		expect(quoted).toMatchObject({state: 'unpriced', reason: {kind: 'provisioned-throughput'}});
		expect(whyUnpriced(quoted)).toBe(reason);
	});
});

describe('never $0 for what is not known', () => {
	test.each<[string, Partial<Turn>, string]>([
		['an unknown model', {model: 'claude-next-9'}, 'no price is known for this model'],
		['an unknown profile', {requestedModel: 'us.anthropic.claude-next-9-v1:0'}, 'no price is known for this model'],
		['missing usage fields', {incomplete: true}, 'its usage lacks input or output tokens'],
	])('%s', (_, reply, reason) => {
		const ledger = post(emptyLedger, [createPosting(turn(reply), listPrices)]);
		const {local, unpriced, models} = spendOf(ledger, 0);
		expect(local).toMatchObject({amount: 0n, calls: 1, unpricedCalls: 1, unpricedTokens: 1100});
		expect(unpriced).toMatchObject([{calls: 1}]);
		expect(unpriced.map(one => unpricedWords(one.reason))).toEqual([reason]);
		expect(models).toMatchObject([{unpricedCalls: 1}]);
	});

	test('a service tier without a price is unpriced, the default tier is not', () => {
		const at = (serviceTier: string | undefined) =>
			createPosting(turn(), {...listPrices, configurationOf: () => configuration({serviceTier})}).quote;
		expect(at('priority')).toMatchObject({reason: {kind: 'unknown-tier', serviceTier: 'priority'}});
		expect(whyUnpriced(at('priority'))).toBe('the priority tier is not priced');
		expect(at(undefined)).toMatchObject({state: 'priced', amount: regional});
	});
});

describe('whatever the order', () => {
	const counts = fc.nat({max: 200_000});
	const usage = fc.record({
		input: counts,
		output: counts,
		cacheRead: counts,
		cacheWrite5m: counts,
		cacheWrite1h: counts,
	});
	const line = fc.record({
		id: fc.constantFrom('msg_bdrk_1', 'msg_bdrk_2', 'msg_bdrk_3', 'msg_bdrk_4', 'msg_01x'),
		at: fc.integer({min: noon - 20 * 3_600_000, max: noon}),
		sessionId: fc.constantFrom('s1', 's2'),
		cwd: fc.constantFrom('/a', '/b', undefined),
		model: fc.constantFrom('claude-opus-5-5', 'claude-haiku-5-5', 'claude-unheard-of'),
		requestedModel: fc.constantFrom('global.anthropic.claude-opus-5-5', 'us.anthropic.claude-haiku-5-5', undefined),
		requestId: fc.constantFrom('r1', undefined),
		provider: fc.constantFrom('bedrock' as const, 'first-party' as const),
		usage,
		lowerBound: fc.boolean(),
		sidechain: fc.boolean(),
	});
	const posted = (turns: readonly Turn[]) => turns.map(one => createPosting(one, listPrices));
	const sorted = (ledger: ReturnType<typeof post>) =>
		[...postingsOf(ledger)].sort((a, b) => (a.turn.id < b.turn.id ? -1 : 1));

	test('any order, any repetition, any split into files gives the same ledger', () => {
		const shuffled = fc
			.array(line, {maxLength: 12})
			.chain(lines =>
				fc.tuple(
					fc.constant(lines),
					fc.shuffledSubarray([...lines, ...lines], {minLength: lines.length * 2}),
					fc.nat({max: 24}),
				),
			);
		fc.assert(
			fc.property(shuffled, ([lines, again, cut]) => {
				const straight = post(emptyLedger, posted(lines));
				const split = post(post(emptyLedger, posted(again.slice(0, cut))), posted(again.slice(cut)));
				expect(sorted(split)).toEqual(sorted(straight));
				expect(post(split, posted(lines))).toBe(split);
			}),
		);
	});

	test('the sum of models is the sum of hours, sessions, folders, days and scopes, and is the total', () => {
		fc.assert(
			fc.property(fc.array(line, {maxLength: 12}), fc.integer({min: 0, max: 24}), (lines, hours) => {
				const ledger = post(emptyLedger, posted(lines));
				const since = noon - hours * 3_600_000;
				const {local, models} = spendOf(ledger, since);
				const total = (amounts: Iterable<{amount: bigint; calls: number; unpricedTokens: number}>) =>
					[...amounts].reduce(
						(sum, {amount, calls, unpricedTokens}) => ({
							amount: sum.amount + amount,
							calls: sum.calls + calls,
							unpricedTokens: sum.unpricedTokens + unpricedTokens,
						}),
						{amount: 0n, calls: 0, unpricedTokens: 0},
					);
				const expected = {amount: local.amount, calls: local.calls, unpricedTokens: local.unpricedTokens};
				expect(total(models)).toEqual(expected);
				for (const dimension of ['model', 'scope', 'session', 'folder', 'hour', 'day'] satisfies Dimension[]) {
					expect(total(breakDown(ledger, dimension, since).values()), dimension).toEqual(expected);
				}
			}),
		);
	});
});

describe('the call of a reply', () => {
	const posted = (requestId: string | undefined, output: number) =>
		createPosting(turn({...(requestId !== undefined && {requestId}), usage: {...noUsage, output}}), listPrices);
	const call = {eventId: 'e1', at: noon, region: 'us-east-1'};
	const ledger = markSeen(post(emptyLedger, [posted('r1', 1)]), 'r1', call);

	test('is kept while a better line of the same request comes', () => {
		expect(entryByRequest(post(ledger, [posted('r1', 2)]), 'r1')).toMatchObject({seen: call});
	});

	test('is not that of a better line of another request', () => {
		const next = post(ledger, [posted('r2', 2)]);
		expect(entryByRequest(next, 'r2')?.seen).toBeUndefined();
		expect(entryByRequest(next, 'r1')).toBeUndefined();
	});

	test('is noted once', () => {
		expect(markSeen(ledger, 'r1', call)).toBe(ledger);
		expect(markSeen(ledger, 'other', call)).toBe(ledger);
		expect(entryByRequest(markSeen(ledger, 'r1', undefined), 'r1')?.seen).toBeUndefined();
	});
});

test('what is forgotten is older than a moment, not of it', () => {
	const ids = ['old', 'kept'].map((id, index) => createPosting(turn({id, at: noon + index}), listPrices));
	const ledger = post(emptyLedger, ids);
	expect([...postingsOf(forgetBefore(ledger, noon + 1))].map(one => one.turn.id)).toEqual(['kept']);
	expect(forgetBefore(ledger, noon)).toBe(ledger);
});

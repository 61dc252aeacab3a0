import {describe, expect, test} from 'vitest';
import {mergeMetrics} from '../../../source/domain/metrics/metrics.ts';
import {createBook} from '../../../source/domain/money/price-book.ts';
import {priceTable} from '../../../source/domain/money/price-table.ts';
import type {Turn} from '../../../source/domain/replies/turn.ts';
import {emptyLedger, post} from '../../../source/domain/spend/ledger.ts';
import {openFilter} from '../../../source/screen/input/filter.ts';
import {keepOrder} from '../../../source/screen/input/order.ts';
import {rankSpend, spendPane} from '../../../source/screen/panes/spend.ts';
import {plainText} from '../../../source/screen/text/line.ts';
import {overview} from '../../../source/state/overview.ts';
import type {State} from '../../../source/state/state.ts';
import {globalOpus, ledgerOf, minuteMs, noon, posting, reply, stateOf} from '../../support/builders.ts';
import {listPrices} from '../../support/pricing.ts';

const million = {input: 1_000_000};
/** Old enough to be no pace. */
const early = {at: noon - 60 * minuteMs};
const unknown = reply('msg_bdrk_2', {usage: million, model: 'claude-9', requestedModel: undefined, ...early});
const view = (state: Partial<State>) => overview(stateOf(state), noon);
const pane = (state: Partial<State>, width = 200) => spendPane({overview: view(state), width, filter: openFilter});
const paceOf = (state: Partial<State>, width = 200) => pane(state, width).notices.map(plainText)[0];
const rows = (state: Partial<State>, width = 200) =>
	pane(state, width)
		.listing.fit(9)
		.draw(0, 9)
		.map(line => plainText(line).trim());
const metrics = (tokens: number, profile = globalOpus) =>
	mergeMetrics(
		new Map(),
		[{region: 'us-east-1', profile, points: [['InputTokenCount', [[noon - 60 * minuteMs, tokens]]]]}],
		0,
	);

describe('the pace', () => {
	const one = reply('msg_bdrk_1', {usage: million, ...early});
	const direct = reply('msg_01', {usage: million, provider: 'first-party', requestedModel: undefined, ...early});
	const unproven = reply('msg_x', {usage: million, provider: 'unknown', ...early});

	test.each<[string, Partial<State>, number, string]>([
		['of nothing', {}, 200, '0 calls'],
		['of calls that have ended', {ledger: ledgerOf(one)}, 200, 'idle 1h · 1 calls'],
		[
			'of replies from elsewhere',
			{ledger: ledgerOf(one, direct)},
			100,
			'idle 1h · ▲ 1 reply not from Bedrock ($4.00 list price, not in the sum) · 1 calls',
		],
		['in a few words', {ledger: ledgerOf(one, direct)}, 99, 'idle 1h · ▲ 1 reply not from Bedrock · 1 calls'],
		[
			'of replies that nothing proves',
			{ledger: ledgerOf(unproven)},
			100,
			'? 1 reply of unproven origin, not in the sum · 0 calls',
		],
		['the same in a few words', {ledger: ledgerOf(unproven)}, 99, '? 1 reply unproven · 0 calls'],
		['of replies without a price', {ledger: ledgerOf(unknown)}, 100, 'idle 1h · +1 unpriced 1.0M tok · 1 calls'],
		[
			'beside the account’s',
			{ledger: ledgerOf(one), metrics: metrics(4_000_000)},
			60,
			'idle 1h · account $16.00 (never) mine 25% · 1 calls',
		],
		[
			'without the age where there is little room',
			{ledger: ledgerOf(one), metrics: metrics(4_000_000)},
			59,
			'idle 1h · account $16.00 mine 25% · 1 calls',
		],
		['beside an account without tokens', {metrics: metrics(0)}, 60, '0 calls'],
		[
			'beside an account without a price',
			{metrics: metrics(1000, 'ab12cd34ef56')},
			59,
			'account unpriced 1.0k tok · 0 calls',
		],
	])('%s', (_, state, width, words) => expect(paceOf(state, width)).toBe(words));

	test('of the last quarter of an hour, and where the day ends at that', () => {
		const fresh = reply('msg_bdrk_1', {usage: million, at: noon - minuteMs});
		expect(paceOf({ledger: ledgerOf(fresh)})).toMatch(/^\$\S+\/h · day → \$\S+ · 1 calls$/);
	});
});

describe('a row of the table', () => {
	test('says what was called, at which scope, with which tokens, for how much', () => {
		const usage = {input: 100, output: 2000, cacheRead: 300};
		expect(rows({ledger: ledgerOf(reply('msg_bdrk_1', {usage}))})[0]).toMatch(
			/^opus-5\.5 global +1 +400 +2\.0k +75% +\$0\.04$/,
		);
	});

	test.each([
		['us.anthropic.claude-opus-5-5', / geo /],
		['anthropic.claude-opus-5-5', / region /],
		[undefined, / scope\? /],
	])('of %s says the scope', (requestedModel, words) => {
		expect(rows({ledger: ledgerOf(reply('msg_bdrk_1', {requestedModel, usage: million}))})[0]).toMatch(words);
	});

	test('opens the model, has titles from 44 columns on, and is told apart from the same model by another evidence', () => {
		const ledger = ledgerOf(reply('msg_bdrk_1'), reply('msg_bdrk_2', {requestedModel: undefined}));
		const {listing} = pane({ledger}, 44);
		expect(new Set(listing.keys).size).toBe(2);
		expect([listing.hasTitles, pane({ledger}, 43).listing.hasTitles]).toEqual([true, false]);
		expect(
			[0, 1]
				.map(listing.targetOf)
				.map(target => target?.kind === 'model' && target.key)
				.sort(),
		).toEqual(['anthropic.claude-opus-5-5', globalOpus]);
	});

	test('is ordered by its money, below all others where it has none', () => {
		const free = reply('msg_bdrk_3', {requestedModel: 'anthropic.claude-opus-5-5'});
		const known = view({ledger: ledgerOf(unknown, free, reply('msg_bdrk_1', {usage: million}))});
		expect(keepOrder(undefined, rankSpend(known), noon).keys.map(key => key.split(' ')[0])).toEqual([
			...[globalOpus, 'anthropic.claude-opus-5-5', ''],
		]);
	});

	test('is hidden among trouble only, unless something of it is not known', () => {
		const filter = {...openFilter, isTroubleOnly: true};
		const keysOf = (...turns: readonly Turn[]) =>
			spendPane({overview: view({ledger: ledgerOf(...turns)}), width: 100, filter}).listing.keys.length;
		expect(keysOf(reply('msg_bdrk_1', {usage: million}))).toBe(0);
		expect(keysOf(reply('msg_bdrk_1', {usage: million, lowerBound: true}))).toBe(1);
		expect(keysOf(unknown)).toBe(1);
	});
});

describe('besides, it is said', () => {
	const told = (state: Partial<State>) => pane(state).notices.map(plainText).slice(1);
	const book = createBook([priceTable], {overall: 100_000n, models: new Map()});
	const discounted = (...turns: readonly Turn[]) =>
		post(
			emptyLedger,
			turns.map(turn => posting(turn, {...listPrices, book})),
		);
	const one = reply('msg_bdrk_1', {usage: million});

	test.each<[string, Partial<State>, readonly string[]]>([
		['nothing of list prices', {ledger: ledgerOf(one)}, []],
		['why there is no price', {ledger: ledgerOf(unknown)}, ['▲ 9 ×1 unpriced: no price is known for this model']],
		['what was taken off', {book, ledger: discounted(one)}, ['list price $4.00, your discount (10 %) taken off']],
		[
			'that it differs by model',
			{book: createBook([priceTable], {models: new Map()}), ledger: discounted(one)},
			['list price $4.00, your discount (per model) taken off'],
		],
	])('%s', (_, state, words) => expect(told(state)).toEqual(words));

	test('how far transcripts have been read, before all the rest', () => {
		expect(pane({progress: {bytes: 200, bytesDone: 50}}).notices.map(plainText)).toEqual([
			...['reading transcripts 25%', '0 calls'],
		]);
	});
});

describe('footnotes', () => {
	const footnotes = (state: Partial<State>, width = 200) => (pane(state, width).footnotes ?? []).map(plainText);
	const bill = {
		...{
			from: '2026-11-01',
			to: '2026-11-24',
			amount: 5_000_000_000_000n,
			isProvisional: true,
			askedAt: noon - 120 * minuteMs,
		},
		...{currency: 'USD', days: new Map([['2026-11-22', 5_000_000_000_000n]]), models: []},
	} as const;

	test.each<[string, Partial<State>, readonly (string | RegExp)[]]>([
		['are none where nothing is known', {}, []],
		[
			'say the bill and how old it is',
			{slices: {'cost-explorer': bill}},
			[/^billed \$5\.00 this month through 2026-11-22 \(asked 2h\)$/],
		],
		[
			'say the account’s month where a budget asks for it',
			{limits: {month: 1n}, metrics: metrics(1_000_000)},
			[/^account this month \$4\.00$/, /^100 % of the account/],
		],
		[
			'say what the cache is good for',
			{ledger: ledgerOf(reply('msg_bdrk_1', {usage: {cacheRead: 1_000_000}}))},
			[/^cache 100% hit saved \$3\.80 \(read \$0\.20, write \$0\.00\)$/],
		],
		[
			'say where the cache loses',
			{ledger: ledgerOf(reply('msg_bdrk_1', {usage: {cacheWrite5m: 1_000_000}}))},
			[/^cache 0% hit lost \$1\.00 /],
		],
	])('%s', (_, state, expected) =>
		expect(footnotes(state)).toEqual(expected.map(words => expect.stringMatching(words))),
	);

	test('tell the difference of the clocks from 70 columns on', () => {
		const state = {metrics: metrics(1_000_000)};
		expect(footnotes(state, 70)).toEqual([expect.stringContaining('not from this machine')]);
		expect(footnotes(state, 69)).toEqual([]);
	});
});

import {calcPrice} from '@pydantic/genai-prices';
import {describe, expect, test} from 'vitest';
import {knownModels} from '../../../source/domain/models/known-models.ts';
import {parseModelId} from '../../../source/domain/models/model-id.ts';
import {defaultBook} from '../../../source/domain/money/price-book.ts';
import {quote} from '../../../source/domain/money/quote.ts';
import {noUsage, type Usage} from '../../../source/domain/money/usage.ts';
import litellmPrices from './litellm-prices.json' with {type: 'json'};

const prefixes = ['global.', 'us.', 'eu.', ''] as const;
const kinds = ['input', 'output', 'cacheWrite5m', 'cacheWrite1h', 'cacheRead'] as const;
type Kind = keyof Usage;
/** One question to a dataset: what do a million tokens of one kind cost, called by this id? */
type Cell = {readonly model: string; readonly prefix: (typeof prefixes)[number]; readonly kind: Kind};
/** Pico-dollars for the million tokens; undefined where there is no price. */
type Amount = bigint | undefined;

const tokens = 1_000_000;
const today = Date.parse('2026-11-23');
const cells: readonly Cell[] = [...knownModels.keys()].flatMap(model =>
	prefixes.flatMap(prefix => kinds.map(kind => ({model, prefix, kind}))),
);

const ours = ({model, prefix, kind}: Cell, at = today): Amount => {
	const {scope} = parseModelId(prefix + model);
	const quoted = quote(defaultBook, {...noUsage, [kind]: tokens}, {model: prefix + model, scope, at});
	return quoted.state === 'priced' ? quoted.amount : undefined;
};

/** Binary fractions are rounded to whole pico-dollars: the error of the largest figure is a hundredth of one. */
const pico = (dollars: number): bigint => BigInt(Math.round(dollars * 1e12));

/** genai-prices counts cached tokens within `input_tokens`, and 1-hour writes within `cache_write_tokens`. */
const genaiUsage: Readonly<Record<Kind, Readonly<Record<string, number>>>> = {
	input: {input_tokens: tokens},
	output: {output_tokens: tokens},
	cacheWrite5m: {input_tokens: tokens, cache_write_tokens: tokens},
	cacheWrite1h: {input_tokens: tokens, cache_write_tokens: tokens, cache_write_1h_tokens: tokens},
	cacheRead: {input_tokens: tokens, cache_read_tokens: tokens},
};

const genai = ({model, prefix, kind}: Cell): Amount => {
	const options = {providerId: 'aws', timestamp: new Date(today)};
	const found = calcPrice({...genaiUsage[kind]}, prefix + model, options);
	return found === null ? undefined : pico(found.total_price);
};

const litellmField = {
	input: 'input_cost_per_token',
	output: 'output_cost_per_token',
	cacheWrite5m: 'cache_creation_input_token_cost',
	cacheWrite1h: 'cache_creation_input_token_cost_above_1hr',
	cacheRead: 'cache_read_input_token_cost',
} as const;

/**
 * The Bedrock figures of litellm's model_prices_and_context_window.json at e1d16f51d148, without the prices of long
 * prompts: https://github.com/BerriAI/litellm/blob/main/model_prices_and_context_window.json
 */
const litellmEntries = new Map<string, Readonly<Partial<Record<string, number>>>>(Object.entries(litellmPrices));

const litellm = ({model, prefix, kind}: Cell): Amount => {
	const perToken = litellmEntries.get(prefix + model)?.[litellmField[kind]];
	return perToken === undefined ? undefined : pico(perToken * tokens);
};

/** A known way in which a dataset differs from us; what is left out means all. */
type Wrong = {
	readonly reason: string;
	/** By their short names. */
	readonly models: readonly string[];
	readonly prefixes?: readonly Cell['prefix'][];
	readonly kinds?: readonly Kind[];
	/** What the dataset says instead. */
	readonly says: (cell: Cell) => Amount;
};

const applies = ({models, prefixes: called = prefixes, kinds: used = kinds}: Wrong, cell: Cell): boolean =>
	models.includes(knownModels.get(cell.model) ?? '') && called.includes(cell.prefix) && used.includes(cell.kind);

const nothing = (): Amount => undefined;
const priceOf =
	(change: Partial<Cell>, at = today) =>
	(cell: Cell): Amount =>
		ours({...cell, ...change}, at);
const dollars = (prices: {readonly [kind in Kind]?: number}) => (cell: Cell) => pico(prices[cell.kind] ?? Number.NaN);
const beforeExtendedAccess = Date.parse('2025-11-30');

const regional = ['us.', 'eu.', ''] as const;
const text = ['input', 'output'] as const;
const allBut1h = ['input', 'output', 'cacheWrite5m', 'cacheRead'] as const;
const cached = ['cacheWrite5m', 'cacheWrite1h', 'cacheRead'] as const;

const priced1h = [
	...['opus-5', 'opus-4.8', 'opus-4.7', 'opus-4.6', 'opus-4.5'],
	...['sonnet-5.5', 'sonnet-5', 'sonnet-4.6', 'sonnet-4.5', 'sonnet-4', 'haiku-4.5'],
];
const at5mRate = {
	reason: '1-hour writes charged at the 5-minute rate',
	kinds: ['cacheWrite1h'],
	says: priceOf({kind: 'cacheWrite5m'}),
} as const;
const notSold = 'prices a global profile that is not sold';

const wrongInGenai: readonly Wrong[] = [
	{reason: 'unknown to the dataset', models: ['mythos-5.1', 'mythos-5', 'haiku-5.5'], says: nothing},
	{reason: 'unknown to the dataset', models: ['fable-5.2'], says: nothing},
	{
		reason: 'geographic ids are matched with a -v1 only',
		models: ['fable-5.1', 'fable-5'],
		prefixes: ['us.', 'eu.'],
		says: nothing,
	},
	{
		reason: 'resolves to Sonnet 5',
		models: ['sonnet-5.5'],
		kinds: ['cacheRead'],
		says: priceOf({model: 'anthropic.claude-sonnet-5'}),
	},
	{...at5mRate, models: priced1h},
	{...at5mRate, models: ['fable-5.1', 'fable-5'], prefixes: ['global.', '']},
	{...at5mRate, models: ['opus-4.1', 'opus-4', 'haiku-3.5'], prefixes: regional},
	{
		reason: 'extended access at the price before it',
		models: ['sonnet-3.5-v2', 'sonnet-3.5'],
		prefixes: regional,
		kinds: allBut1h,
		says: priceOf({}, beforeExtendedAccess),
	},
	{
		reason: notSold,
		models: ['sonnet-3.5-v2', 'sonnet-3.5'],
		prefixes: ['global.'],
		kinds: allBut1h,
		says: priceOf({prefix: ''}, beforeExtendedAccess),
	},
	{
		reason: notSold,
		models: ['haiku-3.5'],
		prefixes: ['global.'],
		kinds: allBut1h,
		says: priceOf({prefix: ''}),
	},
	{...at5mRate, models: ['haiku-3.5'], prefixes: ['global.'], says: priceOf({prefix: '', kind: 'cacheWrite5m'})},
	{
		reason: notSold,
		models: ['sonnet-3.7', 'sonnet-3', 'haiku-3', 'opus-3'],
		prefixes: ['global.'],
		kinds: text,
		says: priceOf({prefix: ''}),
	},
	{
		reason: 'a cache price that no source of ours gives',
		models: ['sonnet-3'],
		kinds: ['cacheWrite5m', 'cacheRead'],
		says: dollars({cacheWrite5m: 3.75, cacheRead: 0.3}),
	},
	{
		reason: notSold,
		models: ['sonnet-3.7'],
		prefixes: ['global.'],
		kinds: ['cacheWrite5m', 'cacheRead'],
		says: priceOf({prefix: ''}),
	},
	{
		...at5mRate,
		models: ['sonnet-3.7', 'sonnet-3.5-v2', 'sonnet-3.5', 'sonnet-3'],
		says: dollars({cacheWrite1h: 3.75}),
	},
	{
		reason: 'cached tokens without a price charged as input',
		models: ['haiku-3', 'opus-3'],
		kinds: cached,
		says: priceOf({prefix: '', kind: 'input'}),
	},
];

const wrongInLitellm: readonly Wrong[] = [
	{
		reason: 'unknown to the dataset',
		models: ['mythos-5.1', 'mythos-5', 'sonnet-5.5', 'haiku-5.5'],
		says: nothing,
	},
	{reason: 'unknown to the dataset', models: ['fable-5.2'], says: nothing},
	{
		reason: 'no longer in the dataset',
		models: ['sonnet-3'],
		prefixes: regional,
		kinds: text,
		says: nothing,
	},
	{reason: 'no longer in the dataset', models: ['haiku-3'], prefixes: regional, says: nothing},
	{
		reason: 'un-prefixed ids priced as global',
		models: [
			...['fable-5.1', 'fable-5', 'opus-5.5', 'opus-5', 'opus-4.8', 'opus-4.7', 'opus-4.6', 'opus-4.5'],
			...['sonnet-5', 'sonnet-4.6', 'sonnet-4.5', 'haiku-4.5'],
		],
		prefixes: [''],
		says: priceOf({prefix: 'global.'}),
	},
	{reason: 'no price of 1-hour writes', models: ['sonnet-4'], kinds: ['cacheWrite1h'], says: nothing},
	{
		reason: 'no price of 1-hour writes',
		models: ['opus-4.1', 'opus-4', 'haiku-3.5', 'sonnet-3.7'],
		prefixes: regional,
		kinds: ['cacheWrite1h'],
		says: nothing,
	},
	{
		reason: 'extended access at the price before it',
		models: ['sonnet-3.5-v2', 'sonnet-3.5'],
		prefixes: regional,
		kinds: allBut1h,
		says: priceOf({}, beforeExtendedAccess),
	},
	{
		reason: 'a cache price that no source of ours gives',
		models: ['opus-3'],
		prefixes: regional,
		kinds: ['cacheWrite5m', 'cacheRead'],
		says: dollars({cacheWrite5m: 18.75, cacheRead: 1.5}),
	},
];

/** A line a person can read in a diff. */
const line = (cell: Cell, amount: Amount, reason = ''): string => {
	const price = amount === undefined ? 'no price' : `$${Number(amount) / 1e12}`;
	return [cell.prefix + cell.model, cell.kind, price, reason].join(' ').trimEnd();
};

describe.each([
	{name: 'genai-prices', theirs: genai, wrong: wrongInGenai, agreements: 268},
	{name: 'litellm', theirs: litellm, wrong: wrongInLitellm, agreements: 244},
])('our prices and those of $name', ({theirs, wrong, agreements}) => {
	const compared = cells.map(cell => {
		const reasons = wrong.filter(rule => applies(rule, cell));
		return {cell, ours: ours(cell), theirs: theirs(cell), reasons};
	});

	test('are the same, or differ in a way that is listed', () => {
		const lines = (amounts: (row: (typeof compared)[number]) => Amount) =>
			compared.map(row => line(row.cell, amounts(row), row.reasons[0]?.reason));
		expect(lines(row => row.theirs)).toEqual(
			lines(row => (row.reasons[0] === undefined ? row.ours : row.reasons[0].says(row.cell))),
		);
	});

	test('really differ wherever a difference is listed', () => {
		const same = compared.filter(row => row.reasons.length > 0 && row.theirs === row.ours);
		expect(same.map(row => line(row.cell, row.ours, row.reasons[0]?.reason))).toEqual([]);
	});

	test('differ for one reason at a time, and no reason is listed in vain', () => {
		const unclear = compared.filter(row => row.reasons.length > 1);
		expect(unclear.map(row => line(row.cell, row.ours))).toEqual([]);
		expect(wrong.filter(rule => !cells.some(cell => applies(rule, cell)))).toEqual([]);
	});

	test(`agree on at least ${agreements} figures`, () => {
		const agreed = compared.filter(row => row.theirs !== undefined && row.theirs === row.ours);
		expect(agreed.length).toBeGreaterThanOrEqual(agreements);
	});
});

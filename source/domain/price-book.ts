import {parseModelId, type Scope} from './model-id.ts';
import {type PicoUsd, picoPerToken} from './money.ts';
import {checkedOn, type PriceEntry, priceTable} from './price-table.ts';
import {promptTokens, type Usage} from './usage.ts';

/** Pico-dollars per token by kind; a kind that no source prices is missing. */
type Rates = {readonly [kind in keyof Usage]?: PicoUsd};

/** What a reply was charged by. */
type Price = {
	readonly rates: Rates;
	/** The UTC day since which it holds, or on which it was last checked where no source says since when. */
	readonly from: string;
	readonly source: string;
	/** The step that applied, such as `> 100,000 prompt tokens`. */
	readonly tier?: string | undefined;
};

export type Quote =
	| {
			readonly state: 'priced';
			/** The best single figure; `low` and `high` equal it where the scope is known. */
			readonly amount: PicoUsd;
			readonly low: PicoUsd;
			readonly high: PicoUsd;
			readonly price: Price;
	  }
	| {readonly state: 'unpriced'; readonly model: string; readonly reason: string};

type Charge = {readonly rates: Rates; readonly tier?: string | undefined};

type Entry = {
	readonly from?: string | undefined;
	readonly until?: string | undefined;
	readonly source: string;
	charge(scope: 'global' | 'regional', usage: Usage): Charge | undefined;
};

/** Prices by canonical model id, each model's entries without overlap in time. */
export type PriceBook = ReadonlyMap<string, readonly Entry[]>;

export type Asked = {
	/** Any spelling of the model. */
	readonly model: string;
	readonly scope: Scope;
	/** When the reply came, epoch ms; prices change at UTC midnight. */
	readonly at: number;
};

const toRates = ([input, output, write5m, write1h, read]: PriceEntry['regional']): Rates => {
	const kinds = {input, output, cacheWrite5m: write5m, cacheWrite1h: write1h, cacheRead: read};
	const known = Object.entries(kinds).filter((entry): entry is [string, string] => entry[1] !== undefined);
	return Object.fromEntries(known.map(([kind, price]) => [kind, picoPerToken(price)]));
};

const toEntry = ({from, until, source, step, ...row}: PriceEntry): Entry => {
	const base = {global: row.global && toRates(row.global), regional: toRates(row.regional)};
	const above = step && {global: step.global && toRates(step.global), regional: toRates(step.regional)};
	return {
		from,
		until,
		source,
		charge(scope, usage) {
			const isAbove = step !== undefined && promptTokens(usage) > step.above;
			const rates = isAbove ? above?.[scope] : base[scope];
			return rates && {rates, tier: isAbove ? `> ${step.above.toLocaleString('en-US')} prompt tokens` : undefined};
		},
	};
};

const createBook = (table: readonly PriceEntry[]): PriceBook => {
	const book = new Map<string, Entry[]>();
	for (const row of table) book.set(row.model, [...(book.get(row.model) ?? []), toEntry(row)]);
	return book;
};

/** The prices that ship with this version. */
export const defaultBook: PriceBook = createBook(priceTable);

const kindsOf = (usage: Usage) => Object.entries(usage) as [keyof Usage, number][];

/** The sum, or the first token kind that is used but has no price. */
const sum = (rates: Rates, usage: Usage): PicoUsd | keyof Usage => {
	let total = 0n;
	for (const [kind, tokens] of kindsOf(usage)) {
		if (tokens === 0) continue;
		const rate = rates[kind];
		if (rate === undefined) return kind;
		total += rate * BigInt(tokens);
	}
	return total;
};

const kindNames: Readonly<Record<keyof Usage, string>> = {
	input: 'input',
	output: 'output',
	cacheRead: 'cache reads',
	cacheWrite5m: '5-minute cache writes',
	cacheWrite1h: '1-hour cache writes',
};

/**
 * What a usage costs by exact model id, scope and date: priced, or unpriced with the reason. Without a known scope the
 * amount is the regional one, which Claude Code's own default profiles are charged, and the range begins at the global
 * one. Integer arithmetic throughout.
 */
export const quote = (book: PriceBook, usage: Usage, {model: asked, scope, at}: Asked): Quote => {
	const model = parseModelId(asked).model ?? asked;
	const unpriced = (reason: string): Quote => ({state: 'unpriced', model, reason});
	const entries = book.get(model);
	if (entries === undefined) return unpriced('no price is known for this model');
	const day = new Date(at).toISOString().slice(0, 10);
	const entry = entries.find(
		({from, until}) => (from === undefined || from <= day) && (until === undefined || day < until),
	);
	if (entry === undefined) return unpriced(`no price is known for ${day}`);
	const regional = entry.charge('regional', usage);
	const global = entry.charge('global', usage);
	const charged = scope === 'global' ? global : regional;
	if (charged === undefined) return unpriced('this model is not sold as a global profile');
	const amount = sum(charged.rates, usage);
	if (typeof amount === 'string') return unpriced(`no price is known for its ${kindNames[amount]}`);
	const cheapest = scope === 'unknown' && global !== undefined ? sum(global.rates, usage) : amount;
	const price = {rates: charged.rates, from: entry.from ?? checkedOn, source: entry.source, tier: charged.tier};
	return {state: 'priced', amount, low: typeof cheapest === 'string' ? amount : cheapest, high: amount, price};
};

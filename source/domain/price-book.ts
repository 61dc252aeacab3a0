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
	/** What it was charged as; `geo` where the call does not tell. */
	readonly scope: Exclude<Scope, 'unknown'>;
	/** The step that applied, such as `> 100,000 prompt tokens`. */
	readonly tier?: string | undefined;
};

/** What a usage costs, or why that cannot be said. */
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
	/** UTC midnights, epoch ms. */
	readonly fromAt: number;
	readonly untilAt: number;
	readonly source: string;
	charge(scope: 'global' | 'regional', usage: Usage): Charge | undefined;
};

/** Prices by canonical model id, each model's entries without overlap in time. */
export type PriceBook = ReadonlyMap<string, readonly Entry[]>;

/** What was called, and when. */
export type Asked = {
	/** Any spelling of the model. */
	readonly model: string;
	readonly scope: Scope;
	/** When the reply came, epoch ms; prices change at UTC midnight. */
	readonly at: number;
	/** Batch inference costs half. */
	readonly batch?: boolean | undefined;
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
		fromAt: from === undefined ? Number.NEGATIVE_INFINITY : Date.parse(from),
		untilAt: until === undefined ? Number.POSITIVE_INFINITY : Date.parse(until),
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

const kinds = ['input', 'output', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h'] as const;

/** The sum, or the first token kind that is used but has no price. */
const sum = (rates: Rates, usage: Usage): PicoUsd | keyof Usage => {
	let total = 0n;
	for (const kind of kinds) {
		const tokens = usage[kind];
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

/** Every rate that ships is even in pico-dollars, so half of it is exact. */
const halve = (rates: Rates): Rates =>
	Object.fromEntries(Object.entries(rates).map(([kind, rate]) => [kind, rate / 2n]));

const isCount = (tokens: number): boolean => Number.isSafeInteger(tokens) && tokens >= 0;

/** The last moment a Date can hold, epoch ms. */
const lastInstant = 8_640_000_000_000_000;

/**
 * What a usage costs by exact model id, scope and date: priced, or unpriced with the reason; never throws. Without a
 * known scope the amount is the regional one, which Claude Code's own default profiles are charged, and the range begins
 * at the global one. Integer arithmetic throughout.
 */
export const quote = (book: PriceBook, usage: Usage, {model: asked, scope, at, batch = false}: Asked): Quote => {
	const {profile, model = profile} = parseModelId(asked);
	const unpriced = (reason: string): Quote => ({state: 'unpriced', model, reason});
	const isDate = Math.abs(at) <= lastInstant;
	if (!isDate) return unpriced('when it was called is not known');
	if (!kinds.every(kind => isCount(usage[kind]))) return unpriced('its token counts are not whole numbers');
	const entries = book.get(model);
	if (entries === undefined) return unpriced('no price is known for this model');
	const entry = entries.find(({fromAt, untilAt}) => fromAt <= at && at < untilAt);
	if (entry === undefined) return unpriced(`no price is known for ${new Date(at).toISOString().slice(0, 10)}`);
	const regional = entry.charge('regional', usage);
	const global = entry.charge('global', usage);
	const charged = scope === 'global' ? global : regional;
	if (charged === undefined) return unpriced('this model is not sold as a global profile');
	const ratesOf = (charge: Charge) => (batch ? halve(charge.rates) : charge.rates);
	const rates = ratesOf(charged);
	const amount = sum(rates, usage);
	if (typeof amount === 'string') return unpriced(`no price is known for its ${kindNames[amount]}`);
	const cheapest = scope === 'unknown' && global !== undefined ? sum(ratesOf(global), usage) : amount;
	const price: Price = {
		rates,
		from: entry.from ?? checkedOn,
		source: entry.source,
		scope: scope === 'unknown' ? 'geo' : scope,
		tier: charged.tier,
	};
	return {state: 'priced', amount, low: typeof cheapest === 'string' ? amount : cheapest, high: amount, price};
};

import {parseModelId, type Scope} from '../models/model-id.ts';
import {discountOf, lessPercent, type Percent} from './discount.ts';
import type {PicoUsd} from './money.ts';
import {type Charge, extendedBy, type PriceBook, type Rates, standardTier} from './price-book.ts';
import {checkedOn} from './price-table.ts';
import type {UnpricedReason} from './unpriced-reason.ts';
import {promptTokens, type Usage} from './usage.ts';

/** What a reply was charged by. */
export type Price = {
	readonly rates: Rates;
	/** The UTC day since which it holds, or on which it was last checked where no source says since when. */
	readonly from: string;
	readonly source: string;
	/** What it was charged as; `geo` where the call does not tell. */
	readonly scope: Exclude<Scope, 'unknown'>;
	/** Above how many prompt tokens these rates hold, where a step applied. */
	readonly above?: number | undefined;
	/**
	 * Bedrock's extended access, by its own dates or by those of the table: AWS may ask more, by what is known of other
	 * models at most twice as much.
	 */
	readonly extendedBy?: 'bedrock' | 'table' | undefined;
	/** The negotiated percentage that was taken off last. */
	readonly discount?: Percent | undefined;
};

type Unpriced = {readonly state: 'unpriced'; readonly model: string; readonly reason: UnpricedReason};

/** What a usage costs, or why that cannot be said. */
export type Quote =
	| {
			readonly state: 'priced';
			/** The best single figure; `low` and `high` equal it where everything is known. Discounts are taken off. */
			readonly amount: PicoUsd;
			readonly low: PicoUsd;
			readonly high: PicoUsd;
			/** The same figure at list price; equal where nothing was negotiated. */
			readonly list: PicoUsd;
			readonly price: Price;
	  }
	| Unpriced;

/** What was called, and when. */
export type Asked = {
	/** Any spelling of the model. */
	readonly model: string;
	readonly scope: Scope;
	/** The scope is what settings say of the next call, not what this call proves: the other scopes' price is possible. */
	readonly isScopeLikely?: boolean | undefined;
	/** When the reply came, epoch ms; prices change at UTC midnight. */
	readonly at: number;
	/** Batch inference costs half. */
	readonly batch?: boolean | undefined;
	/** `standard`, `flex`, `priority`: a tier without a price of its own is unpriced. */
	readonly serviceTier?: string | undefined;
};

/** The rates of one request of a size, and at a global profile where the scope is open. */
export type RateCard = {
	readonly state: 'rated';
	readonly charged: Charge;
	/** Where the scope is not proven: what it would be charged by as a global profile. */
	readonly cheapest?: Charge | undefined;
	/** The same as a regional one. */
	readonly dearest?: Charge | undefined;
	readonly price: Price;
};

const kinds = ['input', 'output', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h'] as const;

/** The sum, or the first token kind that is used but has no price. */
export const sumOf = (rates: Rates, usage: Usage): PicoUsd | keyof Usage => {
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

/** Every rate that ships is even in pico-dollars, so half of it is exact. */
const halve = ({rates, above}: Charge): Charge => ({
	rates: Object.fromEntries(Object.entries(rates).map(([kind, rate]) => [kind, rate / 2n])),
	above,
});

const isCount = (tokens: number): boolean => Number.isSafeInteger(tokens) && tokens >= 0;

const dayMs = 86_400_000;
/** The last moment a Date can hold, epoch ms. */
const lastInstant = 8_640_000_000_000_000;

/** What a request with so many prompt tokens is charged by, token by token; or why that cannot be said. */
export const rateCard = (
	book: PriceBook,
	{model: asked, scope, isScopeLikely = false, at, batch = false, serviceTier = standardTier}: Asked,
	size: number,
): RateCard | Unpriced => {
	const {profile, model = profile} = parseModelId(asked);
	const unpriced = (reason: UnpricedReason): Unpriced => ({state: 'unpriced', model, reason});
	const isDate = Math.abs(at) <= lastInstant;
	if (!isDate) return unpriced({kind: 'unknown-time'});
	const entries = book.entries.get(model);
	if (entries === undefined) return unpriced({kind: 'unknown-model'});
	const ofTier = entries.filter(entry => entry.serviceTier === serviceTier);
	if (ofTier.length === 0) return unpriced({kind: 'unknown-tier', serviceTier});
	const inForce = ofTier.filter(({fromAt, untilAt}) => fromAt <= at && at < untilAt);
	if (inForce.length === 0) return unpriced({kind: 'unknown-day', day: Math.floor(at / dayMs) * dayMs});
	const find = (kind: 'global' | 'regional') =>
		inForce.map(entry => ({entry, charge: entry.charge(kind, size)})).find(({charge}) => charge !== undefined);
	const found = find(scope === 'global' ? 'global' : 'regional');
	if (found?.charge === undefined) {
		return unpriced({kind: scope === 'global' ? 'not-sold-globally' : 'sold-globally-only'});
	}
	const adjust = (charge: Charge) => (batch ? halve(charge) : charge);
	const charged = adjust(found.charge);
	const isOpen = isScopeLikely || scope === 'unknown';
	const asIf = (kind: 'global' | 'regional') => {
		const other = isOpen ? find(kind)?.charge : undefined;
		return other && adjust(other);
	};
	const {from = checkedOn, source} = found.entry;
	const discount = discountOf(book.discounts, model);
	const price: Price = {
		...{rates: charged.rates, from, source, discount, extendedBy: extendedBy(book, found.entry, at)},
		scope: scope === 'unknown' ? 'geo' : scope,
		above: charged.above,
	};
	return {state: 'rated', charged, cheapest: asIf('global'), dearest: asIf('regional'), price};
};

/** What extended access may cost of what is listed. */
export const extendedAtMost = 2n;

/**
 * What a usage costs by exact model id, scope and date: priced, or unpriced with the reason; never throws. Without a
 * known scope the amount is the regional one, which Claude Code's own default profiles are charged, and the range begins
 * at the global one. Integer arithmetic throughout.
 */
export const quote = (book: PriceBook, usage: Usage, asked: Asked): Quote => {
	const hasCounts = kinds.every(kind => isCount(usage[kind]));
	const card = rateCard(book, asked, hasCounts ? promptTokens(usage) : 0);
	if (card.state === 'unpriced') return card;
	const {profile, model = profile} = parseModelId(asked.model);
	const unpriced = (reason: UnpricedReason): Quote => ({state: 'unpriced', model, reason});
	if (!hasCounts) return unpriced({kind: 'broken-counts'});
	const {charged, cheapest, dearest, price} = card;
	const list = sumOf(charged.rates, usage);
	if (typeof list === 'string') return unpriced({kind: 'unknown-rate', usage: list});
	const ofCase = (other: Charge | undefined) => {
		const sum = other === undefined ? list : sumOf(other.rates, usage);
		return typeof sum === 'string' ? list : sum;
	};
	const net = (amount: PicoUsd) => lessPercent(amount, price.discount);
	const high = ofCase(dearest) * (price.extendedBy ? extendedAtMost : 1n);
	return {state: 'priced', amount: net(list), low: net(ofCase(cheapest)), high: net(high), list, price};
};

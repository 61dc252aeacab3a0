import {type Discounts, noDiscounts} from './discount.ts';
import {type PicoUsd, picoPerToken} from './money.ts';
import {type PriceEntry, priceTable, type Row} from './price-table.ts';
import type {Usage} from './usage.ts';

/** Pico-dollars per token by kind; a kind that no source prices is missing. */
export type Rates = {readonly [kind in keyof Usage]?: PicoUsd};

/** What one request is charged by: its rates, and above how many prompt tokens they hold, where a step applied. */
export type Charge = {readonly rates: Rates; readonly above?: number | undefined};

export const standardTier = 'standard';

type Entry = {
	/** As it is written in the table it comes from. */
	readonly row: PriceEntry;
	readonly from?: string | undefined;
	/** UTC midnights, epoch ms. */
	readonly fromAt: number;
	readonly untilAt: number;
	readonly source: string;
	readonly serviceTier: string;
	readonly isExtended?: boolean | undefined;
	/** A price that ships with this version and says nothing of extended access: there it is this or more. */
	readonly isOpenAbove: boolean;
	/** What so many prompt tokens are charged by; undefined where the model is not sold that way. */
	charge(scope: 'global' | 'regional', promptTokens: number): Charge | undefined;
};

/** Prices by canonical model id; of two entries that hold on one day the earlier one in the list counts. */
export type PriceBook = {
	readonly entries: ReadonlyMap<string, readonly Entry[]>;
	/** What was negotiated with AWS; applied last, list price beside it. */
	readonly discounts: Discounts;
	/** From when on (epoch ms) Bedrock says that a model is in extended access; infinity: not at all. */
	readonly extendedFrom: ReadonlyMap<string, number>;
};

const toRates = ([input, output, write5m, write1h, read]: Row): Rates => {
	const kinds = {input, output, cacheWrite5m: write5m, cacheWrite1h: write1h, cacheRead: read};
	const known = Object.entries(kinds).filter((entry): entry is [string, string] => entry[1] !== undefined);
	return Object.fromEntries(known.map(([kind, price]) => [kind, picoPerToken(price)]));
};

const shipped: ReadonlySet<PriceEntry> = new Set(priceTable);

const toEntry = (written: PriceEntry): Entry => {
	const {from, until, source, step, serviceTier = standardTier, isExtended, coversExtended, ...row} = written;
	const ratesOf = ({global, regional}: Pick<PriceEntry, 'global' | 'regional'>) => ({
		global: global && toRates(global),
		regional: regional && toRates(regional),
	});
	const base = ratesOf(row);
	const above = step && ratesOf(step);
	return {
		row: written,
		from,
		fromAt: from === undefined ? Number.NEGATIVE_INFINITY : Date.parse(from),
		untilAt: until === undefined ? Number.POSITIVE_INFINITY : Date.parse(until),
		source,
		serviceTier,
		isExtended,
		isOpenAbove: shipped.has(written) && coversExtended !== true,
		charge(scope, promptTokens) {
			const isAbove = step !== undefined && promptTokens > step.above;
			const rates = isAbove ? above?.[scope] : base[scope];
			return rates && {rates, above: isAbove ? step.above : undefined};
		},
	};
};

/**
 * A book from tables of prices, the most important first: what a person wrote down outranks AWS's price list, which
 * outranks what ships. Throws RangeError on a figure that is no price.
 */
export const createBook = (
	tables: readonly (readonly PriceEntry[])[],
	discounts: Discounts = noDiscounts,
): PriceBook => {
	const entries = new Map<string, Entry[]>();
	for (const row of tables.flat()) entries.set(row.model, [...(entries.get(row.model) ?? []), toEntry(row)]);
	return {entries, discounts, extendedFrom: new Map()};
};

/** Whether the price of one token may be higher than an entry says, and who says so: Bedrock's dates before the table. */
export const extendedBy = (
	{extendedFrom}: PriceBook,
	{row: {model}, isExtended = false, isOpenAbove}: Entry,
	at: number,
): 'bedrock' | 'table' | undefined => {
	const from = extendedFrom.get(model);
	if (from === undefined) return isExtended ? 'table' : undefined;
	return at >= from && (isExtended || isOpenAbove) ? 'bedrock' : undefined;
};

/**
 * The book with Bedrock's dates of extended access, and the models whose price they change. The same book where they
 * change none: of a model that is in extended access by nobody's word nothing is kept.
 */
export const withExtendedAccess = (
	book: PriceBook,
	dates: ReadonlyMap<string, number>,
): {readonly book: PriceBook; readonly changed: ReadonlySet<string>} => {
	const isTold = ([model, from]: readonly [string, number]) =>
		Number.isFinite(from) || book.entries.get(model)?.some(({isExtended}) => isExtended === true) === true;
	const extendedFrom = new Map([...dates].filter(isTold));
	const models = [...extendedFrom.keys(), ...book.extendedFrom.keys()];
	const changed = new Set(models.filter(model => extendedFrom.get(model) !== book.extendedFrom.get(model)));
	return {book: changed.size === 0 ? book : {...book, extendedFrom}, changed};
};

/** The prices that ship with this version. */
export const defaultBook: PriceBook = createBook([priceTable]);

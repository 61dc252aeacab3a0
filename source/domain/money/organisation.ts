import {parseModelId} from '../models/model-id.ts';
import {type PicoUsd, picoFromDecimal, picoPerToken} from './money.ts';
import type {Rates} from './price-book.ts';
import {sumOf} from './quote.ts';
import {totalTokens, type Usage} from './usage.ts';

/** 10⁻¹² of the whole, so that `0.85` stays exact. */
type Multiplier = bigint;

const whole: Multiplier = 1_000_000_000_000n;
const most: Multiplier = 10n * whole;

/**
 * What an administrator wrote down as the organisation's own prices: managed `modelPricing`, which Claude Code's figures
 * follow. The multiplier scales the overrides, too; an override has one price for both kinds of cache writes.
 * https://code.claude.com/docs/en/settings-reference#modelpricing
 */
export type OrganisationPricing = {
	readonly multiplier?: Multiplier | undefined;
	/** By the id that the setting names: a canonical model, or one profile of it. */
	readonly overrides: ReadonlyMap<string, Rates>;
};

/** A part of the setting that counts for nothing. `key` is `multiplier`, or the id that it names. */
export type OrganisationFault = {readonly key: string; readonly kind: 'not-a-multiplier' | 'not-rates' | 'not-a-model'};

const readMultiplier = (value: unknown): Multiplier | undefined => {
	const read = typeof value === 'number' ? picoFromDecimal(String(value)) : undefined;
	return read !== undefined && read > 0n && read <= most ? read : undefined;
};

/** Dollars for a million tokens, as Claude Code takes them. */
const mostPerMillion = 10_000;

const readRate = (value: unknown): PicoUsd | undefined => {
	if (typeof value !== 'number' || !(value >= 0 && value <= mostPerMillion)) return undefined;
	try {
		return picoPerToken(String(value));
	} catch {
		return undefined;
	}
};

const readRates = (value: unknown): Rates | undefined => {
	const it = Object(value) as Readonly<Record<string, unknown>>;
	const [input, output, cacheRead, write] = ['input', 'output', 'cacheRead', 'cacheWrite'].map(key =>
		readRate(it[key]),
	);
	const isWhole = input !== undefined && output !== undefined && cacheRead !== undefined && write !== undefined;
	return isWhole ? {input, output, cacheRead, cacheWrite5m: write, cacheWrite1h: write} : undefined;
};

/** What an override is about: a profile by its own id, any other spelling by the model; nothing for an alias. */
const subjectOf = (id: string): string | undefined => {
	const {kind, profile, model} = parseModelId(id);
	return kind === 'inference-profile' || kind === 'application-inference-profile' ? profile : model;
};

/** More models than anybody sells; the file may hold anything. */
const mostOverrides = 200;

/** Reads `modelPricing`; whatever of it makes no sense is left out and named, as Claude Code does it. */
export const readOrganisationPricing = (
	value: unknown,
): {readonly pricing: OrganisationPricing; readonly faults: readonly OrganisationFault[]} => {
	const it = Object(value) as {readonly multiplier?: unknown; readonly overrides?: unknown};
	const multiplier = readMultiplier(it.multiplier);
	const faults: OrganisationFault[] = [];
	if (it.multiplier !== undefined && multiplier === undefined)
		faults.push({key: 'multiplier', kind: 'not-a-multiplier'});
	const overrides = new Map<string, Rates>();
	for (const [key, written] of Object.entries(Object(it.overrides) as object).slice(0, mostOverrides)) {
		const [subject, rates] = [subjectOf(key), readRates(written)];
		if (rates === undefined) faults.push({key, kind: 'not-rates'});
		else if (subject === undefined) faults.push({key, kind: 'not-a-model'});
		else overrides.set(subject, rates);
	}
	return {pricing: {multiplier, overrides}, faults};
};

/** Two files' prices as one: what the first says counts. */
export const mergePricing = (first: OrganisationPricing, second: OrganisationPricing): OrganisationPricing => ({
	multiplier: first.multiplier ?? second.multiplier,
	overrides: new Map([...second.overrides, ...first.overrides]),
});

/** Whether it says anything. */
export const saysPrices = ({multiplier, overrides}: OrganisationPricing): boolean =>
	multiplier !== undefined || overrides.size > 0;

/** `×0.85` */
export const multiplierText = ({multiplier = whole}: OrganisationPricing): string => `×${Number(multiplier) / 1e12}`;

/** A sum of replies by what was called. */
type Row = {
	readonly model?: string | undefined;
	readonly profile?: string | undefined;
	readonly usage: Usage;
	/** At list price, and the tokens that have none. */
	readonly list: PicoUsd;
	readonly unpricedTokens: number;
	readonly lowerBound: boolean;
};

/** What those replies cost at the organisation's prices; `lowerBound` where some of them have no price either. */
export type OrganisationCost = {readonly amount: PicoUsd; readonly lowerBound: boolean};

/** The organisation's price of replies, rounded to the pico-dollar; undefined where none of them has one. */
export const organisationCost = (
	{multiplier = whole, overrides}: OrganisationPricing,
	{model, profile, usage, list, unpricedTokens, lowerBound}: Row,
): OrganisationCost | undefined => {
	const rates = overrides.get(profile ?? '') ?? overrides.get(model ?? '');
	const sum = rates === undefined ? list : sumOf(rates, usage);
	if (typeof sum === 'string') return undefined;
	const isOpen = rates === undefined && unpricedTokens > 0;
	if (isOpen && unpricedTokens >= totalTokens(usage)) return undefined;
	return {amount: (sum * multiplier + whole / 2n) / whole, lowerBound: isOpen || lowerBound};
};

/** All rows at the organisation's prices; undefined where no row has one. */
export const organisationTotal = (pricing: OrganisationPricing, rows: readonly Row[]): OrganisationCost | undefined => {
	const costs = rows.map(row => organisationCost(pricing, row));
	const known = costs.filter(cost => cost !== undefined);
	if (rows.length > 0 && known.length === 0) return undefined;
	const isPart = known.length < rows.length || known.some(({lowerBound}) => lowerBound);
	return {amount: known.reduce((sum, {amount}) => sum + amount, 0n), lowerBound: isPart};
};

import {instant, record, text} from '../common/json.ts';
import {knownModels} from '../models/known-models.ts';
import {picoFromDecimal, picoPerToken, usdString} from './money.ts';
import type {PriceEntry, Row} from './price-table.ts';
import type {Usage} from './usage.ts';

/** One price per million tokens of AWS's price list, service code `AmazonBedrockFoundationModels`. */
export type ListedPrice = {
	/** As AWS sells it, without the edition: `Claude Opus 5.5`. */
	readonly name: string;
	/** The canonical id of exactly that name; undefined where this version does not know it. */
	readonly model?: string | undefined;
	readonly region: string;
	/** `global.` profiles, or geographic profiles and in-region calls. */
	readonly scope: 'global' | 'regional';
	readonly tier: 'standard' | 'batch' | 'flex' | 'priority';
	readonly kind: keyof Usage;
	readonly isLongContext: boolean;
	/** Dollars, plain decimal with at most six decimals. */
	readonly perMillion: string;
	/** UTC day since which it counts. */
	readonly from: string;
};

/** `opus-5.5` and `sonnet-3.5-v2` as AWS sells them: `Claude Opus 5.5`, and before the 4 generation `Claude 3.5 Sonnet v2`. */
const soldName = (shortName: string): string => {
	const [family = '', version = '', ...revision] = shortName.split('-');
	const capitalised = family.replace(/^./, letter => letter.toUpperCase());
	const words = Number(version) < 4 ? [version, capitalised] : [capitalised, version];
	return ['Claude', ...words, ...revision].join(' ');
};

const modelsByName: ReadonlyMap<string, string> = new Map([...knownModels].map(([id, name]) => [soldName(name), id]));

type Meter = Pick<ListedPrice, 'scope' | 'tier' | 'kind' | 'isLongContext'>;

/** The words of a usage type, whichever of the two naming schemes it follows, in the words of the newer one. */
const wordsOf = (usagetype: string): string | undefined => {
	const [, metered] = /^[A-Z0-9]+-MP:[A-Z0-9]+_(.+)-Units$/.exec(usagetype) ?? [];
	if (metered === undefined || metered.startsWith('Reserved_')) return undefined;
	return metered
		.replace(/^CacheRead(?:Input)?TokenCount/, 'cache_read_tokens')
		.replace(/^CacheWrite1hInputTokenCount/, 'cache_write_tokens_1h')
		.replace(/^CacheWriteInputTokenCount/, 'cache_write_tokens')
		.replace(/^InputTokenCount/, 'input_tokens')
		.replace(/^OutputTokenCount/, 'output_tokens')
		.toLowerCase();
};

const kindOf = (words: string): [kind: keyof Usage, rest: string] | undefined => {
	const [, name, hour, rest = ''] =
		/^(input|output|cache_read(?:_input)?|cache_write(?:_input)?)_tokens(_1h)?((?:_[a-z]+)*)$/.exec(words) ?? [];
	if (name === undefined) return undefined;
	if (name === 'input' || name === 'output') return hour === undefined ? [name, rest] : undefined;
	if (name.startsWith('cache_read')) return hour === undefined ? ['cacheRead', rest] : undefined;
	return [hour === undefined ? 'cacheWrite5m' : 'cacheWrite1h', rest];
};

const tiers = ['batch', 'flex', 'priority'] as const;

const readMeter = (usagetype: string): Meter | undefined => {
	const words = wordsOf(usagetype);
	const found = words === undefined ? undefined : kindOf(words);
	if (found === undefined) return undefined;
	const [kind, rest] = found;
	const left = new Set(rest.replace('_long_ctx', '_long').split('_').filter(Boolean));
	const take = (word: string) => left.delete(word);
	const isLongContext = take('long');
	const scope = take('global') ? 'global' : 'regional';
	take('standard');
	const tier = tiers.find(take) ?? 'standard';
	// A word that nobody has explained yet may change what is paid for.
	return left.size > 0 ? undefined : {scope, tier, kind, isLongContext};
};

/** A price as the table writes it; undefined where it is finer than a pico-dollar per token, never rounded. */
const perMillionOf = (usd: unknown): string | undefined => {
	const written = text(usd) ?? '';
	const amount = picoFromDecimal(written);
	const isFiner = /\.\d{6}\d*[1-9]/.test(written);
	const isPrice = amount !== undefined && amount >= 0n && amount % 1_000_000n === 0n && !isFiner;
	return isPrice ? usdString(amount) : undefined;
};

/** The UTC day of an ISO 8601 time; undefined for anything else, and for days that a price book could not keep. */
const dayOf = (date: unknown): string | undefined => {
	const at = /^\d{4}-\d\d-\d\d/.test(text(date) ?? '') ? instant(date) : undefined;
	return at === undefined ? undefined : /^\d{4}-\d\d-\d\d/.exec(new Date(at).toISOString())?.[0];
};

/**
 * Reads one product with its on-demand prices; what is not a token price of Claude is nothing. Prices are per million
 * tokens whatever unit the list names: some say `Units`. https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/
 */
export const readProduct = (value: unknown): readonly ListedPrice[] => {
	const it = record(value);
	const attributes = record(record(it?.product)?.attributes);
	const name = /^(Claude .+) \(Amazon Bedrock Edition\)$/.exec(text(attributes?.servicename) ?? '')?.[1];
	const region = text(attributes?.regionCode);
	const meter = readMeter(text(attributes?.usagetype) ?? '');
	if (name === undefined || region === undefined || meter === undefined) return [];
	const model = modelsByName.get(name);
	const terms = Object.values(record(record(it?.terms)?.OnDemand) ?? {}).map(record);
	return terms.flatMap(term => {
		const from = dayOf(term?.effectiveDate);
		if (from === undefined) return [];
		return Object.values(record(term?.priceDimensions) ?? {}).flatMap(dimension => {
			const perMillion = perMillionOf(record(record(dimension)?.pricePerUnit)?.USD);
			return perMillion === undefined ? [] : [{name, model, region, ...meter, perMillion, from}];
		});
	});
};

type Cell = Pick<ListedPrice, 'scope' | 'kind' | 'isLongContext'>;

const cellKey = ({scope, kind, isLongContext}: Cell) => `${scope} ${kind} ${isLongContext}`;

const rowKinds = ['input', 'output', 'cacheWrite5m', 'cacheWrite1h', 'cacheRead'] as const;
const scopes = ['global', 'regional'] as const;
const cells: readonly Cell[] = [false, true].flatMap(isLongContext =>
	scopes.flatMap(scope => rowKinds.map(kind => ({scope, kind, isLongContext}))),
);

/** The standard prices of a region by model (or by name, where no model is known), the newest of each kind. */
const standardIn = (listed: readonly ListedPrice[], region: string) => {
	const models = new Map<string, Map<string, ListedPrice>>();
	for (const price of listed) {
		if (price.region !== region || price.tier !== 'standard') continue;
		const key = price.model ?? price.name;
		const found = models.get(key) ?? new Map<string, ListedPrice>();
		const known = found.get(cellKey(price));
		if (known === undefined || known.from <= price.from) found.set(cellKey(price), price);
		models.set(key, found);
	}
	return models;
};

const source =
	'https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonBedrockFoundationModels/current/index.json';

/** Haiku 5.5's step; the list itself does not say where a long context begins. */
const longContextAbove: ReadonlyMap<string, number> = new Map([['anthropic.claude-haiku-5-5', 100_000]]);

/**
 * One region's list as entries of the table; known models with input and output prices only. A model with a step whose
 * prices are not listed is left out too: whatever shipped knows more, and a step without prices is no valid price file.
 */
export const entriesOf = (listed: readonly ListedPrice[], region: string): readonly PriceEntry[] =>
	[...standardIn(listed, region)].flatMap(([model, found]) => {
		if (!knownModels.has(model)) return [];
		const rowOf = (scope: Cell['scope'], isLongContext: boolean): Row | undefined => {
			const [input, output, write5m, write1h, read] = rowKinds.map(
				kind => found.get(cellKey({scope, kind, isLongContext}))?.perMillion,
			);
			return input === undefined || output === undefined ? undefined : [input, output, write5m, write1h, read];
		};
		const rows = (isLongContext: boolean) => {
			const [global, regional] = [rowOf('global', isLongContext), rowOf('regional', isLongContext)];
			return {...(global !== undefined && {global}), ...(regional !== undefined && {regional})};
		};
		const base = rows(false);
		if (base.global === undefined && base.regional === undefined) return [];
		const above = longContextAbove.get(model);
		const long = rows(true);
		const isStepMissing = above !== undefined && long.global === undefined && long.regional === undefined;
		if (isStepMissing) return [];
		const step = above === undefined ? undefined : {above, ...long};
		const from = [...found.values()]
			.map(price => price.from)
			.sort()
			.at(-1) as string;
		return [{model, ...base, from, ...(step !== undefined && {step}), source}];
	});

/** One figure on which the table and AWS's list do not agree; dollars per million tokens, undefined where one has none. */
export type Difference = Cell & {
	/** The canonical id, or AWS's name of a model that this version does not know. */
	readonly model: string;
	readonly ours?: string | undefined;
	readonly theirs?: string | undefined;
};

const isSame = (ours: string | undefined, theirs: string | undefined): boolean =>
	ours === undefined || theirs === undefined ? ours === theirs : picoPerToken(ours) === picoPerToken(theirs);

/**
 * Compares a table with one region's list as of that moment (epoch ms). Models that the list does not mention are no
 * difference: it lags launches by days and drops what is retired.
 */
export const comparePrices = (
	table: readonly PriceEntry[],
	listed: readonly ListedPrice[],
	{region, at}: {readonly region: string; readonly at: number},
): readonly Difference[] =>
	[...standardIn(listed, region)].flatMap(([model, found]) => {
		const entry = table.find(
			({model: id, from, until}) =>
				id === model &&
				(from === undefined || Date.parse(from) <= at) &&
				(until === undefined || at < Date.parse(until)),
		);
		return cells.flatMap(cell => {
			const row = (cell.isLongContext ? entry?.step : entry)?.[cell.scope];
			const ours = row?.[rowKinds.indexOf(cell.kind as (typeof rowKinds)[number])];
			const theirs = found.get(cellKey(cell))?.perMillion;
			return isSame(ours, theirs) ? [] : [{model, ...cell, ours, theirs}];
		});
	});

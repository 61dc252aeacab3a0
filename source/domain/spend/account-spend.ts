import {countSince, type Metrics, type ModelMetrics, type Namespace} from '../metrics/metrics.ts';
import type {Scope} from '../models/model-id.ts';
import {type Resolutions, readCalled} from '../models/resolution.ts';
import {lessPercent} from '../money/discount.ts';
import type {PicoUsd} from '../money/money.ts';
import type {PriceBook} from '../money/price-book.ts';
import {type Asked, extendedAtMost, type RateCard, rateCard, sumOf} from '../money/quote.ts';
import type {UnpricedReason} from '../money/unpriced-reason.ts';
import {addUsage, noUsage, totalTokens, type Usage} from '../money/usage.ts';
import {cutOf, type Day, daysOf, scaled} from './account-days.ts';

type Figures = {
	/** The best single figure, discounts taken off; `list` is the same before them. */
	readonly amount: PicoUsd;
	readonly low: PicoUsd;
	readonly high: PicoUsd;
	readonly list: PicoUsd;
};

/** What the account's calls to one id come to. */
export type AccountModel = Figures & {
	readonly region: string;
	readonly namespace: Namespace;
	readonly profile: string;
	readonly model?: string | undefined;
	readonly scope: Scope;
	readonly calls: number;
	/** Cache writes are split as assumed: CloudWatch does not tell. */
	readonly usage: Usage;
	/** The effective date of the newest price used, ISO. */
	readonly priceDate?: string | undefined;
	/** Why no price can be said. */
	readonly unpriced?: UnpricedReason | undefined;
	/** Not all of its metrics could be read: more was used than this. */
	readonly lowerBound: boolean;
};

/** What CloudWatch's token counts of the whole account come to. */
export type AccountSpend = Figures & {
	readonly since: number;
	readonly calls: number;
	readonly tokens: number;
	readonly unpricedTokens: number;
	/** Dearest first. */
	readonly models: readonly AccountModel[];
	/** Some of the account's metrics could not be read: those of these ids, or of whole regions. */
	readonly lowerBound: boolean;
	readonly unread: readonly string[];
};

/** How cache writes divide into 5-minute and 1-hour ones: a setting is certain, what was seen here only likely. */
export type CacheSplit = {
	readonly isCertain: boolean;
	/** The share of 1-hour writes, 0 to 1. */
	readonly hourShare: (model: string | undefined) => number;
};

type AccountInput = {
	readonly metrics: Metrics;
	readonly book: PriceBook;
	readonly resolutions: Resolutions;
	readonly split: CacheSplit;
	/** Epoch ms. */
	readonly since: number;
	/** Epoch ms; absent: until now. */
	readonly until?: number | undefined;
	/** Regions of which nothing could be read. */
	readonly unreadRegions?: readonly string[] | undefined;
};

/** Larger than any price step. */
const longPrompt = Number.MAX_SAFE_INTEGER;
const nothing: Figures = {amount: 0n, low: 0n, high: 0n, list: 0n};

const addFigures = (a: Figures, b: Figures): Figures => ({
	amount: a.amount + b.amount,
	low: a.low + b.low,
	high: a.high + b.high,
	list: a.list + b.list,
});

const shareUnits = 1_000_000;

/** Perhaps all of the hour's calls were before the window, perhaps all were in it. */
const partOf = <Priced extends Figures>(priced: Priced, share: number): Priced => {
	const part = (amount: PicoUsd) => (amount * BigInt(Math.round(share * shareUnits))) / BigInt(shareUnits);
	return {...priced, amount: part(priced.amount), list: part(priced.list), low: 0n};
};

const asHourly = (usage: Usage, share: number): Usage => {
	const hourly = Math.round(usage.cacheWrite5m * share);
	return {...usage, cacheWrite5m: usage.cacheWrite5m - hourly, cacheWrite1h: usage.cacheWrite1h + hourly};
};

const asKind = (usage: Usage, kind: 'cacheRead' | 'cacheWrite1h'): Usage => ({
	...usage,
	input: 0,
	[kind]: usage[kind] + usage.input,
});

type Case = {readonly usage: Usage; readonly isAboveStep?: boolean; readonly isGlobal?: boolean};

/** The cases CloudWatch leaves open: the figure, the cheapest one and the dearest one. */
const casesOf = (
	usage: Usage,
	hourShare: number,
	{isCertain, isMantle}: {isCertain: boolean; isMantle: boolean},
): Record<'best' | 'low' | 'high', Case> => {
	const best = {usage: asHourly(usage, hourShare)};
	if (isMantle) return {best, low: {usage: asKind(usage, 'cacheRead')}, high: {usage: asKind(usage, 'cacheWrite1h')}};
	return {
		best,
		low: {usage: isCertain ? best.usage : usage, isGlobal: true},
		high: {usage: isCertain ? best.usage : asHourly(usage, 1), isAboveStep: true},
	};
};

const priceDay = (
	{at, usage}: Day,
	{
		book,
		asked,
		hourShare,
		isCertain,
		isMantle,
	}: {
		book: PriceBook;
		asked: Omit<Asked, 'at'>;
		hourShare: number;
		isCertain: boolean;
		isMantle: boolean;
	},
): (Figures & {readonly priceDate: string}) | UnpricedReason => {
	const small = rateCard(book, {...asked, at}, 0);
	const large = rateCard(book, {...asked, at}, longPrompt);
	if (small.state === 'unpriced') return small.reason;
	const {price} = small;
	const sum = ({usage: tokens, isAboveStep = false, isGlobal = false}: Case): PicoUsd | undefined => {
		const card: RateCard = isAboveStep && large.state === 'rated' ? large : small;
		const total = sumOf((isGlobal ? (card.cheapest ?? card.charged) : card.charged).rates, tokens);
		return typeof total === 'string' ? undefined : total;
	};
	const {best, low, high} = casesOf(usage, hourShare, {isCertain, isMantle});
	const list = sum(best);
	if (list === undefined) return {kind: 'unknown-rate'};
	const net = (amount: PicoUsd) => lessPercent(amount, price.discount);
	return {
		amount: net(list),
		low: net(sum(low) ?? list),
		high: net((sum(high) ?? list) * (price.extendedBy ? extendedAtMost : 1n)),
		list,
		priceDate: price.from,
	};
};

/** What the price of a model's tokens depends on besides them. */
export type AccountTerms = Omit<AccountInput, 'metrics' | 'split' | 'unreadRegions'> & {
	readonly isCertain: boolean;
	/** The share of 1-hour writes, 0 to 1. */
	readonly hourShare: number;
};

/** What the account's calls to one id come to under those terms. */
export const priceModel = (metrics: ModelMetrics, terms: AccountTerms): AccountModel => {
	const {book, resolutions, since, isCertain, hourShare} = terms;
	const {region, namespace = 'AWS/Bedrock', profile} = metrics;
	const called = readCalled(profile, resolutions);
	const {
		model,
		scope,
		ref: {tier},
	} = called;
	const days = daysOf(metrics, terms);
	const cut = cutOf(metrics, since);
	const within = cut === undefined ? noUsage : scaled(cut.usage, cut.share);
	const usage = asHourly(days.map(day => day.usage).reduce(addUsage, within), hourShare);
	const calls = Math.round(countSince(metrics, 'Invocations', since));
	const common = {region, namespace, profile, model, scope, calls, usage, lowerBound: metrics.isUnread};
	const isMantle = namespace === 'AWS/BedrockMantle';
	let sum: Figures & {priceDate?: string} = nothing;
	for (const day of cut === undefined ? days : [cut, ...days]) {
		const asked = {model: model ?? profile, scope, serviceTier: tier === 'default' ? undefined : tier};
		const priced = called.reason ?? priceDay(day, {book, asked, hourShare, isCertain, isMantle});
		if ('kind' in priced) return {...common, ...nothing, unpriced: priced};
		sum = {...addFigures(sum, day === cut ? partOf(priced, cut.share) : priced), priceDate: priced.priceDate};
	}
	return {...common, ...sum};
};

const dearestFirst = (a: AccountModel, b: AccountModel) =>
	a.amount === b.amount ? totalTokens(b.usage) - totalTokens(a.usage) : a.amount > b.amount ? -1 : 1;

/**
 * The account's estimate since then, each day at its own prices. The 5-minute and 1-hour split of cache writes, the size
 * of single prompts, and on Mantle everything about the cache are not in CloudWatch: hence a range. Undefined while
 * CloudWatch has said nothing. `price` may remember what it said of a model.
 */
export const accountSpend = (
	{metrics, split, unreadRegions = [], ...common}: AccountInput,
	price: typeof priceModel = priceModel,
): AccountSpend | undefined => {
	const isRead = ({series, hours, isUnread}: ModelMetrics) => !isUnread || series.size + hours.size > 0;
	if (![...metrics.values()].some(isRead)) return undefined;
	const termsOf = ({profile}: ModelMetrics): AccountTerms => ({
		...common,
		isCertain: split.isCertain,
		hourShare: split.hourShare(readCalled(profile, common.resolutions).model),
	});
	const models = [...metrics.values()].map(model => price(model, termsOf(model))).sort(dearestFirst);
	const unreadIds = models.filter(({lowerBound}) => lowerBound).map(({profile}) => profile);
	const unread = [...new Set([...unreadIds.sort(), ...unreadRegions])];
	const tokensOf = (some: readonly AccountModel[]) => some.reduce((sum, {usage}) => sum + totalTokens(usage), 0);
	return {
		...models.reduce<Figures>(addFigures, nothing),
		since: common.since,
		calls: models.reduce((sum, {calls}) => sum + calls, 0),
		tokens: tokensOf(models),
		unpricedTokens: tokensOf(models.filter(({unpriced}) => unpriced !== undefined)),
		...{models, unread, lowerBound: unread.length > 0},
	};
};

/** The part of the account's money that is mine, 0 to 1; undefined where there is nothing to compare with. */
export const shareOfAccount = (account: {readonly amount: PicoUsd} | undefined, mine: PicoUsd): number | undefined => {
	if (account === undefined || account.amount === 0n) return undefined;
	// The transcripts are minutes ahead of CloudWatch: more than everything is everything.
	return Math.min(1, Number((mine * 10_000n) / account.amount) / 10_000);
};

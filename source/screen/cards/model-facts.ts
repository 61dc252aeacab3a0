import {type CountMetric, countSince, type ModelMetrics, metricsKey} from '../../domain/metrics/metrics.ts';
import {readCalled, resolutionKey} from '../../domain/models/resolution.ts';
import {formatPercent} from '../../domain/money/discount.ts';
import {type PicoUsd, usdString} from '../../domain/money/money.ts';
import {type RateCard, rateCard} from '../../domain/money/quote.ts';
import type {UnpricedReason} from '../../domain/money/unpriced-reason.ts';
import {totalTokens} from '../../domain/money/usage.ts';
import type {AccountModel} from '../../domain/spend/account-spend.ts';
import type {ModelSpend} from '../../domain/spend/spend.ts';
import {outlookOf} from '../../state/lifecycle.ts';
import type {Overview} from '../../state/overview.ts';
import {formatCount, formatLatency, formatUsd, stepWords} from '../text/format.ts';
import {costText, rangeText, unloggedText} from '../text/money.ts';
import {plural} from '../text/plural.ts';
import {extendedPriceWords, lifecycleWord, outlookWords} from '../words/lifecycle.ts';
import {unpricedWords} from '../words/unpriced-reason.ts';
import type {Field} from './fields.ts';
import {exactCount, scopeFromWords, usageWords} from './words.ts';

/** What a card about a model is about: an id that is called, what CloudWatch counts of it, and what of it is mine. */
export type Subject = {
	/** As it is called. */
	readonly profile: string;
	/** One for each region and namespace. */
	readonly metrics: readonly ModelMetrics[];
	readonly mine: readonly ModelSpend[];
};

/** The key of a row of the models (`metricsKey`), or of the spend table: profile, else model. */
export const subjectOf = ({state, spend}: Overview, key: string): Subject | undefined => {
	const counted = state.metrics.get(key);
	if (counted !== undefined) {
		const {profile} = counted;
		const called = readCalled(profile, state.resolutions);
		// Older clients do not write down what they called.
		const mine = spend.models.filter(row =>
			row.profile === undefined
				? row.model === called.model && row.scope === called.scope
				: resolutionKey(row.profile) === resolutionKey(profile),
		);
		return {profile, metrics: [counted], mine};
	}
	const mine = spend.models.filter(({profile, model}) => (profile ?? model ?? '') === key);
	const [first] = mine;
	if (first === undefined) return undefined;
	const isSame = ({profile}: ModelMetrics) =>
		first.profile === undefined
			? readCalled(profile, state.resolutions).model === first.model
			: resolutionKey(profile) === resolutionKey(first.profile);
	return {profile: key, metrics: [...state.metrics.values()].filter(isSame), mine};
};

const sumOf = (metrics: readonly ModelMetrics[], metric: CountMetric, since: number): number | undefined =>
	metrics.some(model => model.series.has(metric) || model.hours.has(metric))
		? metrics.reduce((sum, model) => sum + countSince(model, metric, since), 0)
		: undefined;

/** A zero is a figure; what CloudWatch was never asked for is none. */
const countWords = (count: number | undefined): string => (count === undefined ? 'not known yet' : exactCount(count));

const speedField = (
	label: string,
	metrics: readonly ModelMetrics[],
	of: (model: ModelMetrics) => number | undefined,
): Field => {
	const known = metrics.filter(model => of(model) !== undefined);
	if (known.length === 0) return {label, value: 'not known'};
	const words = known.map(model => `${metrics.length > 1 ? `${model.region} ` : ''}${formatLatency(of(model))}`);
	return {label, value: words.join(', '), note: 'median of the last hour'};
};

const hourMs = 3_600_000;

/** Calls, trouble, speed and tokens of the whole account. */
export const countFields = ({metrics}: Subject, {spend: {since}, now}: Overview): readonly Field[] => {
	const count = (metric: CountMetric, from = since) => sumOf(metrics, metric, from);
	const [throttles, errors] = [count('InvocationThrottles'), count('InvocationClientErrors')];
	const usage = {
		input: count('InputTokenCount') ?? 0,
		output: count('OutputTokenCount') ?? 0,
		cacheRead: count('CacheReadInputTokens') ?? 0,
		cacheWrite5m: count('CacheWriteInputTokens') ?? 0,
		cacheWrite1h: 0,
	};
	const isMantle = metrics.some(({namespace}) => namespace === 'AWS/BedrockMantle');
	const lastHour = count('Invocations', now - hourMs);
	return [
		{
			label: 'calls',
			value: countWords(count('Invocations')),
			style: 'strong',
			note: lastHour === undefined ? undefined : `${formatCount(lastHour)} in the last hour`,
		},
		{label: 'throttled', value: countWords(throttles), style: (throttles ?? 0) > 0 ? 'warn' : 'plain'},
		{label: 'client errors', value: countWords(errors), style: (errors ?? 0) > 0 ? 'bad' : 'plain'},
		speedField('p50 latency', metrics, model => model.p50LatencyMs),
		speedField('first token', metrics, model => model.p50FirstTokenMs),
		{
			label: 'tokens',
			value: totalTokens(usage) === 0 ? 'not known yet' : usageWords(usage, exactCount),
			note: isMantle ? 'Mantle counts those of the cache as input' : undefined,
		},
	];
};

const accountField = (models: readonly AccountModel[]): Field => {
	const common = {label: 'account', style: 'strong'} as const;
	if (models.length === 0) return {...common, value: undefined};
	// Calls whose tokens nobody has asked for yet are not free.
	if (models.every(({usage}) => totalTokens(usage) === 0)) return {...common, value: 'not known yet'};
	const reason = models.find(({unpriced}) => unpriced !== undefined)?.unpriced;
	if (reason !== undefined) return {...common, value: `unpriced: ${unpricedWords(reason)}`};
	const sum = (of: (model: AccountModel) => PicoUsd) => models.reduce((total, model) => total + of(model), 0n);
	const [amount, low, high] = [sum(one => one.amount), sum(one => one.low), sum(one => one.high)];
	const why = low === high ? '' : ': CloudWatch does not tell cache lifetimes or prompt sizes';
	return {...common, value: rangeText({amount, low, high}), note: `estimate${why}`};
};

const withComma = (words: string | undefined): string => (words === undefined ? '' : `, ${words}`);

const mineField = (row: ModelSpend): Field => ({
	label: 'mine',
	value: costText(row),
	note: `${plural(row.calls, 'call')}, ${row.scope} price, scope ${scopeFromWords[row.scopeFrom]}${withComma(unloggedText(row))}`,
});

/** The account's money and mine beside it: two clocks, never added. */
export const moneyFields = ({metrics, mine}: Subject, {account}: Overview): readonly Field[] => {
	const keys = new Set(metrics.map(metricsKey));
	const models = account?.models.filter(model => keys.has(metricsKey(model))) ?? [];
	return [accountField(models), ...mine.map(mineField)];
};

/** Exact dollars for a million tokens, with cents at least. */
const perMillion = (rate: PicoUsd | undefined): string | undefined => {
	if (rate === undefined) return undefined;
	const exact = usdString(rate * 1_000_000n);
	return /\.\d{3,}$/.test(exact) ? `$${exact}` : formatUsd(rate * 1_000_000n);
};

const rateWords = ({charged: {rates}}: RateCard): string =>
	(
		[
			['in', rates.input],
			['out', rates.output],
			['cache read', rates.cacheRead],
			['cache write 5m', rates.cacheWrite5m],
			['1h', rates.cacheWrite1h],
		] as const
	)
		.flatMap(([name, rate]) => (rate === undefined ? [] : `${name} ${perMillion(rate)}`))
		.join(' · ');

const unpricedField = (reason: UnpricedReason): readonly Field[] => [
	{label: 'per MTok', value: `unpriced: ${unpricedWords(reason)}`},
];

/** What a million tokens cost now, since when, and who says so. */
export const priceFields = ({profile}: Subject, {state, now}: Overview): readonly Field[] => {
	const {model, scope, reason} = readCalled(profile, state.resolutions);
	const asked = {model: model ?? profile, scope, at: now, serviceTier: state.configuration?.serviceTier};
	const small = rateCard(state.book, asked, 0);
	if (small.state === 'unpriced') return unpricedField(reason ?? small.reason);
	if (reason !== undefined) return unpricedField(reason);
	const {price} = small;
	const outlook = outlookOf(state, model ?? profile, now);
	const large = rateCard(state.book, asked, Number.MAX_SAFE_INTEGER);
	const step = large.state === 'rated' ? large.charged.above : undefined;
	const off = price.discount === undefined ? '' : `, of which your ${formatPercent(price.discount)} come off`;
	const open = scope === 'unknown' ? ', as nothing tells the scope' : '';
	return [
		{label: 'per MTok', value: rateWords(small), note: `list price${off}`},
		...(step === undefined || large.state !== 'rated'
			? []
			: [{label: 'long prompts', value: rateWords(large), note: stepWords(step)}]),
		{
			label: 'price',
			value: `${price.scope}, as of ${price.from}${open}`,
			note: price.extendedBy && `in extended access ${extendedPriceWords}`,
		},
		{label: 'source', value: price.source},
		{
			label: 'in future',
			value: outlook && outlookWords(outlook, now),
			style: lifecycleWord(outlook, now) === '' ? 'plain' : 'warn',
		},
	];
};

import sparkly from 'sparkly';
import {bucketsSince} from '../../domain/metrics/buckets.ts';
import {type CountMetric, countSince, type ModelMetrics, metricsKey, seriesOf} from '../../domain/metrics/metrics.ts';
import {bucketSums} from '../../domain/metrics/series.ts';
import {readCalled, resolutionKey} from '../../domain/models/resolution.ts';
import {answeredAt, isStale} from '../../state/health.ts';
import {outlookOf} from '../../state/lifecycle.ts';
import {isAmong} from '../../state/mine.ts';
import type {Overview} from '../../state/overview.ts';
import {filterRows, type Traits} from '../input/filter.ts';
import {inOrder, type Ranked} from '../input/order.ts';
import type {Column} from '../text/columns.ts';
import {formatCount, formatLatency, formatSpan} from '../text/format.ts';
import {type Line, span} from '../text/line.ts';
import {calledModel} from '../text/model-name.ts';
import {lifecycleWord} from '../words/lifecycle.ts';
import {list} from './listing.ts';
import {clockOf, dimNotes, type PaneContent, type PaneInput, problemLines} from './pane.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** CloudWatch goes on revising the last minutes: they are dimmed. */
const provisionalMinutes = 5;

const drawn = (sums: readonly (number | undefined)[]): string =>
	sparkly(
		sums.map(sum => sum ?? Number.NaN),
		{minimum: 0},
	);

/** A window of more than an hour is summed as a whole and drawn from its beginning. */
const isLong = ({state: {spanMs, begins, spendSince}, now}: Overview) =>
	(begins === undefined ? (spanMs ?? 0) : now - spendSince) > hourMs;

/**
 * Invocations per bucket over the last hour, or the chosen window where that is longer; gaps are gaps, the provisional
 * tail is dimmed.
 */
export const sparkline = (model: ModelMetrics, overview: Overview, buckets: number): Line => {
	const {now, state} = overview;
	if (isLong(overview)) {
		const {sums} = bucketsSince([model], ['Invocations'], {since: state.spendSince, until: now, buckets});
		return [span(drawn(sums).padEnd(buckets), 'accent')];
	}
	const sums = bucketSums(seriesOf(model, 'Invocations'), now, {buckets, minutes: 60});
	const bars = drawn(sums);
	const tail = Math.ceil((provisionalMinutes * buckets) / 60);
	return [span(bars.slice(0, buckets - tail), 'accent'), span(bars.slice(buckets - tail), 'dim')];
};

/** Buckets that divide an hour into whole minutes. */
const bucketsFor = (width: number): number => {
	if (width >= 110) return 60;
	if (width >= 70) return 30;
	return width >= 44 ? 20 : 12;
};

/** The last hour, or the chosen window where that is longer. */
export const recently = (model: ModelMetrics, metric: CountMetric, overview: Overview): number =>
	countSince(model, metric, isLong(overview) ? overview.state.spendSince : overview.now - hourMs);

const trouble = (model: ModelMetrics, overview: Overview): string => {
	const throttles = recently(model, 'InvocationThrottles', overview);
	const errors = recently(model, 'InvocationClientErrors', overview);
	const parts = [throttles > 0 ? `${formatCount(throttles)} thr` : '', errors > 0 ? `${formatCount(errors)} err` : ''];
	return parts.filter(part => part !== '').join(' ');
};

/** Where calls may run, in a word: the profile's prefix, `app` for an application profile, Mantle's name. */
const scopeWord = ({namespace, profile}: ModelMetrics, {resolutions}: Overview['state']): string => {
	if (namespace === 'AWS/BedrockMantle') return 'mantle';
	const {ref, scope} = readCalled(profile, resolutions);
	if (ref.kind === 'application-inference-profile') return scope === 'unknown' ? 'app' : `app ${scope}`;
	return ref.prefix ?? '';
};

/** The model an id stands for, as far as that is known. */
export const metricsName = ({profile}: ModelMetrics, {resolutions}: Overview['state']): string =>
	calledModel(profile, resolutions);

/** How long the model will be there, in a word, where that is not for good. */
const lifeWord = ({profile}: ModelMetrics, {state, now}: Overview): string => {
	const {model} = readCalled(profile, state.resolutions);
	return model === undefined ? '' : lifecycleWord(outlookOf(state, model, now), now);
};

const columnsFor = (overview: Overview, width: number, isManyRegions: boolean): readonly Column<ModelMetrics>[] => {
	const {state} = overview;
	return [
		{title: 'model', cell: model => metricsName(model, state), max: 24, min: 8, drop: 0},
		{title: 'scope', cell: model => scopeWord(model, state), style: () => 'dim', drop: 6},
		{title: 'region', cell: ({region}) => (isManyRegions ? region : ''), style: () => 'dim', drop: 5},
		{
			title: isLong(overview) ? formatSpan(state.spanMs, state.begins) : 'last hour',
			cell: () => ' '.repeat(bucketsFor(width)),
			draw: (model, columns) => sparkline(model, overview, columns),
			drop: 0,
		},
		{
			title: 'calls',
			cell: model => `${formatCount(recently(model, 'Invocations', overview))}${isLong(overview) ? '' : '/h'}`,
			align: 'right',
			drop: 1,
		},
		{title: 'p50', cell: ({p50LatencyMs}) => formatLatency(p50LatencyMs), align: 'right', drop: 3},
		{
			title: 'first',
			cell: ({p50FirstTokenMs}) => formatLatency(p50FirstTokenMs),
			style: () => 'dim',
			align: 'right',
			drop: 4,
		},
		{title: '', cell: model => trouble(model, overview), style: () => 'bad', drop: 2},
		{title: '', cell: model => lifeWord(model, overview), style: () => 'warn', drop: 2},
	];
};

/** Models that were called in the window, the busiest first. */
export const shownModels = (overview: Overview): readonly ModelMetrics[] =>
	[...overview.state.metrics.values()]
		.filter(model => countSince(model, 'Invocations', overview.state.spendSince) > 0 || trouble(model, overview) !== '')
		.sort(
			(a, b) =>
				recently(b, 'Invocations', overview) - recently(a, 'Invocations', overview) || (a.profile < b.profile ? -1 : 1),
		);

/** What decides the order of the models, and is kept steady. */
export const rankModels = (overview: Overview): readonly Ranked[] =>
	shownModels(overview).map(model => ({
		key: metricsKey(model),
		value: recently(model, 'Invocations', overview),
	}));

const traitsOf = (overview: Overview): ((model: ModelMetrics) => Traits) => {
	const {state, spend} = overview;
	const ids = spend.models.flatMap(({profile, model}) => [profile, model].filter(id => id !== undefined));
	const called = new Set(ids.map(resolutionKey));
	return model => ({
		model: metricsName(model, state),
		profile: model.profile,
		region: model.region,
		isMine: isAmong(called, model.profile),
		isTrouble: trouble(model, overview) !== '',
	});
};

/** Models: the whole account's calls per model from CloudWatch, with speed and trouble. */
export const modelsPane = (input: PaneInput): PaneContent => {
	const {overview, width, filter, order} = input;
	const all = shownModels(overview);
	const models = inOrder(filterRows(filter, all, traitsOf(overview)), metricsKey, order);
	const isManyRegions = new Set(all.map(({region}) => region)).size > 1;
	const isRead = answeredAt(overview.state, 'cloudwatch') !== undefined;
	const calls = all.reduce((sum, model) => sum + recently(model, 'Invocations', overview), 0);
	const unit = isLong(overview) ? ` ${formatSpan(overview.state.spanMs, overview.state.begins)}` : '/h';
	const none: readonly Line[] = isRead ? [[span('CloudWatch has no Bedrock calls in this window.', 'dim')]] : [];
	return {
		headline: isRead ? [span(`${formatCount(calls)} calls${unit}`, 'strong'), span(' account', 'dim')] : [],
		clock: clockOf(overview, 'cloudwatch', 'CloudWatch'),
		notices: [
			...problemLines(input, 'cloudwatch'),
			...dimNotes(overview, 'cloudwatch'),
			...(all.length === 0 ? none : []),
		],
		listing: list({
			columns: columnsFor(overview, width, isManyRegions),
			rows: models,
			keyOf: metricsKey,
			targetOf: model => ({kind: 'model', key: metricsKey(model)}),
			...{width, titles: width >= 60, outOf: all.length},
		}),
		isStale: isStale(overview.state, 'cloudwatch', overview.now),
	};
};

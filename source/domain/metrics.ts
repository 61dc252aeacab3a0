import {emptySeries, mergeSeries, type Point, type Series} from './series.ts';

/**
 * The `AWS/Bedrock` metrics that are read as sums by minute. InputTokenCount excludes cache tokens.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/monitoring-runtime-metrics.html
 */
export const countMetrics = [
	'Invocations',
	'InvocationThrottles',
	'InvocationClientErrors',
	'InputTokenCount',
	'OutputTokenCount',
	'CacheReadInputTokens',
	'CacheWriteInputTokens',
] as const;

export type CountMetric = (typeof countMetrics)[number];

/** What one round of CloudWatch said about one ModelId of one region. */
export type MetricsUpdate = {
	readonly region: string;
	/** The ModelId dimension: the id that was called, or an application profile's opaque id. */
	readonly profile: string;
	readonly points: readonly (readonly [metric: CountMetric, points: readonly Point[]])[];
	/** Medians over the last 60 minutes; undefined when that hour had no call or was not asked for. */
	readonly p50LatencyMs?: number | undefined;
	readonly p50FirstTokenMs?: number | undefined;
};

export type ModelMetrics = {
	readonly region: string;
	readonly profile: string;
	readonly series: ReadonlyMap<CountMetric, Series>;
	readonly p50LatencyMs?: number | undefined;
	readonly p50FirstTokenMs?: number | undefined;
};

/** By region and called id. A Map, because the ids are other people's strings. */
export type Metrics = ReadonlyMap<string, ModelMetrics>;

const keyOf = ({region, profile}: {readonly region: string; readonly profile: string}) => `${region} ${profile}`;

const mergeOne = (known: ModelMetrics | undefined, update: MetricsUpdate, keepSince: number): ModelMetrics => {
	const series = new Map(known?.series);
	let isChanged = known === undefined;
	for (const [metric, points] of update.points) {
		const before = series.get(metric) ?? emptySeries;
		const after = mergeSeries(before, points, keepSince);
		isChanged ||= after !== before;
		series.set(metric, after);
	}
	const isSameSpeed = known?.p50LatencyMs === update.p50LatencyMs && known?.p50FirstTokenMs === update.p50FirstTokenMs;
	if (known !== undefined && !isChanged && isSameSpeed) return known;
	const {region, profile, p50LatencyMs, p50FirstTokenMs} = update;
	return {region, profile, series, p50LatencyMs, p50FirstTokenMs};
};

/** Adds a round's answers; the same object comes back when they said nothing new. */
export const mergeMetrics = (metrics: Metrics, updates: readonly MetricsUpdate[], keepSince: number): Metrics => {
	const merged = new Map(metrics);
	let isChanged = false;
	for (const update of updates) {
		const before = merged.get(keyOf(update));
		const after = mergeOne(before, update, keepSince);
		isChanged ||= after !== before;
		merged.set(keyOf(update), after);
	}
	return isChanged ? merged : metrics;
};

/** One metric's series of a model; empty when it was never answered. */
export const seriesOf = (model: ModelMetrics, metric: CountMetric): Series => model.series.get(metric) ?? emptySeries;

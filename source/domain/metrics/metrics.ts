import {equal} from '../common/equal.ts';
import {emptySeries, mergeSeries, type Point, pointsFrom, type Series, sumWithin} from './series.ts';

/**
 * The `AWS/Bedrock` metrics that are read as sums. InputTokenCount excludes cache tokens.
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

/** Bedrock's own endpoint, or the Mantle one, whose input tokens come without a cache split. */
export type Namespace = 'AWS/Bedrock' | 'AWS/BedrockMantle';

type Points = readonly (readonly [metric: CountMetric, points: readonly Point[]])[];

type Speed = {
	/** Medians over the last 60 minutes; undefined when that hour had no call or was never asked for. */
	readonly p50LatencyMs?: number | undefined;
	readonly p50FirstTokenMs?: number | undefined;
};

/** What CloudWatch was asked about: one model of one region. */
export type MetricsKey = {
	readonly region: string;
	/** Absent: `AWS/Bedrock`. */
	readonly namespace?: Namespace | undefined;
	/** The ModelId (Mantle: Model) dimension: the id that was called, or an application profile's opaque id. */
	readonly profile: string;
};

/** What one round of CloudWatch said about one model. */
export type MetricsUpdate = MetricsKey & {
	/** Sums by minute. */
	readonly points: Points;
	/** Sums by hour for the time before `minutesFrom`, where that was asked for: in place of those known before. */
	readonly hours?: Points | undefined;
	/** From when on minutes are known, epoch ms; what lies before is in the hours alone. */
	readonly minutesFrom?: number | undefined;
	/** Absent: not asked for this time, what is known stays. */
	readonly speed?: Speed | undefined;
	/** The model is known by name, but not all of what was asked about it was answered. */
	readonly isUnread?: boolean | undefined;
};

export type ModelMetrics = Required<MetricsKey> &
	Speed & {
		readonly series: ReadonlyMap<CountMetric, Series>;
		readonly hours: ReadonlyMap<CountMetric, Series>;
		readonly minutesFrom: number;
		/** The last time not all was answered: its sums are lower bounds. */
		readonly isUnread: boolean;
	};

/** By region, namespace and called id. A Map, because the ids are other people's strings. */
export type Metrics = ReadonlyMap<string, ModelMetrics>;

/** The name under which a model of a region is kept. */
export const metricsKey = ({region, namespace = 'AWS/Bedrock', profile}: MetricsKey): string =>
	`${region} ${namespace} ${profile}`;

const mergeAll = (known: ReadonlyMap<CountMetric, Series> | undefined, points: Points, keepSince: number) => {
	const merged = new Map(known);
	let isChanged = false;
	for (const [metric, added] of points) {
		const before = merged.get(metric) ?? emptySeries;
		const after = mergeSeries(before, added, keepSince);
		isChanged ||= after !== before || !merged.has(metric);
		merged.set(metric, after);
	}
	return isChanged ? merged : (known ?? merged);
};

/** Hours begin at any minute: those of another reading would overlap with these. */
const replaceHours = (known: ReadonlyMap<CountMetric, Series> | undefined, hours: Points, keepSince: number) => {
	const read = hours.filter(([, points]) => points.length > 0);
	const others = new Map([...(known ?? [])].filter(([metric]) => !read.some(([one]) => one === metric)));
	const replaced = mergeAll(others, read, keepSince);
	const pointsOf = (hours: typeof known, metric: CountMetric) => [...pointsFrom(hours?.get(metric) ?? emptySeries, 0)];
	const isSame = read.every(([metric]) => equal(pointsOf(known, metric), pointsOf(replaced, metric)));
	return isSame && known !== undefined ? known : replaced;
};

const mergeOne = (known: ModelMetrics | undefined, update: MetricsUpdate, keepSince: number): ModelMetrics => {
	const {region, namespace = 'AWS/Bedrock', profile, minutesFrom = known?.minutesFrom ?? 0} = update;
	const series = mergeAll(known?.series, update.points, keepSince);
	const hours = replaceHours(known?.hours, update.hours ?? [], keepSince);
	const isUnread = update.isUnread ?? false;
	const {p50LatencyMs, p50FirstTokenMs} = update.speed ?? known ?? {};
	const isSame =
		known?.series === series &&
		known.hours === hours &&
		known.minutesFrom === minutesFrom &&
		known.isUnread === isUnread &&
		known.p50LatencyMs === p50LatencyMs &&
		known.p50FirstTokenMs === p50FirstTokenMs;
	const common = {region, namespace, profile, series, hours, minutesFrom, isUnread};
	return isSame ? known : {...common, p50LatencyMs, p50FirstTokenMs};
};

/** Adds a round's answers; the same object comes back when they said nothing new. Older points are forgotten. */
export const mergeMetrics = (metrics: Metrics, updates: readonly MetricsUpdate[], keepSince: number): Metrics => {
	const merged = new Map(metrics);
	let isChanged = false;
	for (const update of updates) {
		const before = merged.get(metricsKey(update));
		const after = mergeOne(before, update, keepSince);
		isChanged ||= after !== before;
		merged.set(metricsKey(update), after);
	}
	if (!isChanged) return metrics;
	if (merged.size === metrics.size) return merged;
	// Models come in the order in which they are read, which is anybody's guess.
	return new Map([...merged].sort(([a], [b]) => (a < b ? -1 : 1)));
};

/** One metric's minutes of a model; empty when it was never answered. */
export const seriesOf = (model: ModelMetrics, metric: CountMetric): Series => model.series.get(metric) ?? emptySeries;

/** Every known point of a metric since then (epoch ms), each moment once: hours first, minutes where they begin. */
export const pointsSince = function* (model: ModelMetrics, metric: CountMetric, since: number): Generator<Point> {
	for (const point of pointsFrom(model.hours.get(metric) ?? emptySeries, since)) {
		if (point[0] >= model.minutesFrom) break;
		yield point;
	}
	yield* pointsFrom(seriesOf(model, metric), Math.max(since, model.minutesFrom));
};

/** A metric's sum from one moment on and before another (epoch ms); undefined where nothing is known of that time. */
export const countWithin = (
	{series, hours, minutesFrom}: ModelMetrics,
	metric: CountMetric,
	since: number,
	until = Number.POSITIVE_INFINITY,
): number | undefined => {
	const early = sumWithin(hours.get(metric) ?? emptySeries, since, Math.min(until, minutesFrom));
	const late = sumWithin(series.get(metric) ?? emptySeries, Math.max(since, minutesFrom), until);
	return early === undefined ? late : early + (late ?? 0);
};

const hourMs = 3_600_000;

/** An hour that begins before a moment and ends after it: nobody knows in which of its minutes the calls were. */
export type CutHour = {
	readonly at: number;
	readonly value: number;
	/** The part of it that lies after the moment, 0 to 1. */
	readonly share: number;
};

/** The hour of a metric that a window's beginning cuts in two; undefined where it begins with one, or with minutes. */
export const cutHour = (
	{hours, minutesFrom}: ModelMetrics,
	metric: CountMetric,
	since: number,
): CutHour | undefined => {
	for (const [at, value] of pointsFrom(hours.get(metric) ?? emptySeries, since - hourMs + 1)) {
		if (at >= since || at >= minutesFrom) break;
		const end = Math.min(at + hourMs, minutesFrom);
		if (end > since) return {at, value, share: (end - since) / (end - at)};
	}
	return undefined;
};

/** A metric's sum since then (epoch ms); of an hour that is cut in two, the part that lies after that moment. */
export const countSince = (model: ModelMetrics, metric: CountMetric, since: number): number => {
	const {value, share} = cutHour(model, metric, since) ?? {value: 0, share: 0};
	return (countWithin(model, metric, since) ?? 0) + Math.round(value * share);
};

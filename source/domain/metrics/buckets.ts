import {type CountMetric, countMetrics, countWithin, type ModelMetrics} from './metrics.ts';
import {emptySeries, sumWithin} from './series.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Lengths whose beginnings a person expects on a time axis, ms; above them come whole days. */
const lengthsMs: readonly number[] = [
	...[1, 2, 5, 10, 15, 20, 30].map(minutes => minutes * minuteMs),
	...[1, 2, 3, 4, 6, 8, 12, 24].map(hours => hours * hourMs),
];

/** Times are epoch ms. */
type BucketWindow = {readonly since: number; readonly until: number; readonly buckets: number};

/** Sums of equal length one after the other, oldest first; undefined where nothing of the bucket is known. */
export type Buckets = {
	/** When the first one begins, epoch ms. */
	readonly startAt: number;
	readonly lengthMs: number;
	readonly sums: readonly (number | undefined)[];
};

const startOf = (since: number, lengthMs: number) => Math.floor(since / lengthMs) * lengthMs;

const countOf = ({since, until}: BucketWindow, lengthMs: number) =>
	Math.max(1, Math.ceil((until - startOf(since, lengthMs)) / lengthMs));

/** Part of the window is known by the hour alone. */
const isHourly = ({hours, minutesFrom}: ModelMetrics, {since, until}: BucketWindow): boolean =>
	countMetrics.some(metric => {
		const known = hours.get(metric) ?? emptySeries;
		return sumWithin(known, since - hourMs + 1, Math.min(until, minutesFrom)) !== undefined;
	});

/**
 * How long each of at most so many buckets is, ms: never shorter than the coarsest period that is known of the window,
 * since nobody knows in which minute of its hour a call was.
 */
const lengthFor = (models: readonly ModelMetrics[], window: BucketWindow): number => {
	const least = models.some(model => isHourly(model, window)) ? hourMs : minuteMs;
	const fits = (lengthMs: number) => lengthMs >= least && countOf(window, lengthMs) <= window.buckets;
	const found = lengthsMs.find(fits);
	if (found !== undefined) return found;
	let days = 2;
	while (!fits(days * dayMs) && days * dayMs < window.until - window.since) days++;
	return days * dayMs;
};

/**
 * The sums of some metrics of some models over a window, in at most so many buckets. They begin at whole multiples of
 * their length, so the first one may begin before `since`; for one window they are the same whatever the metric.
 */
export const bucketsSince = (
	models: readonly ModelMetrics[],
	metrics: readonly CountMetric[],
	window: BucketWindow,
): Buckets => {
	const lengthMs = lengthFor(models, window);
	const startAt = startOf(window.since, lengthMs);
	const sumOf = (index: number) => {
		const from = startAt + index * lengthMs;
		const until = Math.min(from + lengthMs, window.until);
		const parts = models.flatMap(model => metrics.flatMap(metric => countWithin(model, metric, from, until) ?? []));
		return parts.length === 0 ? undefined : parts.reduce((sum, part) => sum + part, 0);
	};
	return {startAt, lengthMs, sums: Array.from({length: countOf(window, lengthMs)}, (_, index) => sumOf(index))};
};

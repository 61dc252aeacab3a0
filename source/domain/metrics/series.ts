import {
	emptyTimeline,
	itemAt,
	itemsFrom,
	type Measure,
	sumBetween,
	type Timed,
	type Timeline,
	withItem,
	withoutItem,
} from '../common/timeline.ts';

type Sample = Timed & {readonly value: number};

/** Values by the start of their minute or hour (epoch ms). A minute that is missing is unknown, not zero. */
export type Series = Timeline<Sample>;

export type Point = readonly [at: number, value: number];

const minuteMs = 60_000;

export const emptySeries: Series = emptyTimeline;

/**
 * Newer answers replace older ones minute by minute, since CloudWatch goes on revising the last minutes. Points before
 * `keepSince` are forgotten. The same series comes back when nothing changed.
 */
export const mergeSeries = (series: Series, points: readonly Point[], keepSince: number): Series => {
	const news = points.filter(([at, value]) => at >= keepSince && itemAt(series, {at, seq: 0})?.value !== value);
	if (news.length === 0) return series;
	let merged = series;
	for (const [at, value] of [...news].sort(([a], [b]) => a - b)) merged = withItem(merged, {at, seq: 0, value});
	for (const sample of itemsFrom(series, Number.NEGATIVE_INFINITY)) {
		if (sample.at >= keepSince) break;
		merged = withoutItem(merged, sample);
	}
	return merged;
};

/** The points from then on (epoch ms), the oldest first. */
export const pointsFrom = function* (series: Series, since: number): Generator<Point> {
	for (const {at, value} of itemsFrom(series, since)) yield [at, value];
};

/** A sum of values, and of how many. */
type Total = {sum: number; count: number};

const total: Measure<Sample, Total> = {
	create: () => ({sum: 0, count: 0}),
	add(sums, {value}) {
		sums.sum += value;
		sums.count++;
	},
	merge(sums, part) {
		sums.sum += part.sum;
		sums.count += part.count;
	},
};

/** The values from one moment on and before another; undefined where there is none. */
export const sumWithin = (series: Series, since: number, until?: number): number | undefined => {
	const {sum, count} = sumBetween(series, total, since, until);
	return count === 0 ? undefined : sum;
};

/** The sum of the values from then on. */
export const sumSince = (series: Series, since: number): number => sumWithin(series, since) ?? 0;

/**
 * `buckets` sums of equal length that end with the minute of `now`, oldest first; undefined where no minute of the
 * bucket has a value.
 */
export const bucketSums = (
	series: Series,
	now: number,
	{buckets, minutes}: {readonly buckets: number; readonly minutes: number},
): readonly (number | undefined)[] => {
	const end = Math.floor(now / minuteMs) * minuteMs + minuteMs;
	const lengthMs = (minutes / buckets) * minuteMs;
	const startOf = (index: number) => end - (buckets - index) * lengthMs;
	return Array.from({length: buckets}, (_, index) => sumWithin(series, startOf(index), startOf(index + 1)));
};

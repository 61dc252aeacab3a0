/** Values by the start of their minute (epoch ms). A minute that is missing is unknown, not zero. */
export type Series = ReadonlyMap<number, number>;

export type Point = readonly [at: number, value: number];

const minuteMs = 60_000;

export const emptySeries: Series = new Map();

/**
 * Newer answers replace older ones minute by minute, since CloudWatch goes on revising the last minutes. Points before
 * `keepSince` are forgotten. The same series comes back when nothing changed.
 */
export const mergeSeries = (series: Series, points: readonly Point[], keepSince: number): Series => {
	const isNews = points.some(([at, value]) => at >= keepSince && series.get(at) !== value);
	if (!isNews) return series;
	const merged = new Map(series);
	for (const [at, value] of points) if (at >= keepSince) merged.set(at, value);
	for (const at of merged.keys()) if (at < keepSince) merged.delete(at);
	return merged;
};

/** The sum of the values from then on. */
export const sumSince = (series: Series, since: number): number => {
	let sum = 0;
	for (const [at, value] of series) if (at >= since) sum += value;
	return sum;
};

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
	const sums = new Array<number | undefined>(buckets).fill(undefined);
	for (const [at, value] of series) {
		const index = buckets - 1 - Math.floor((end - 1 - at) / lengthMs);
		if (index >= 0 && index < buckets && at < end) sums[index] = (sums[index] ?? 0) + value;
	}
	return sums;
};

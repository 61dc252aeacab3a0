import {expect, test} from 'vitest';
import {mergeMetrics} from '../../../source/domain/metrics/metrics.ts';
import {bucketSums, emptySeries, mergeSeries, pointsFrom, sumSince} from '../../../source/domain/metrics/series.ts';

const minute = 60_000;
const now = Date.UTC(2026, 10, 23, 12, 0, 30);
const ago = (minutes: number) => Math.floor(now / minute) * minute - minutes * minute;

test('a later answer for the same minute replaces the earlier one', () => {
	const first = mergeSeries(emptySeries, [[ago(1), 3]], 0);
	const second = mergeSeries(first, [[ago(1), 5]], 0);
	expect(sumSince(second, 0)).toBe(5);
	expect(mergeSeries(second, [[ago(1), 5]], 0)).toBe(second);
});

test('minutes before the window are forgotten', () => {
	const series = mergeSeries(mergeSeries(emptySeries, [[ago(90), 1]], 0), [[ago(1), 1]], ago(60));
	expect([...pointsFrom(series, 0)].map(([at]) => at)).toEqual([ago(1)]);
});

test('an answer without news leaves the series the same, however old its minutes are by now', () => {
	const series = mergeSeries(emptySeries, [[ago(90), 1]], 0);
	expect(mergeSeries(series, [[ago(90), 1]], ago(60))).toBe(series);
	expect(mergeSeries(series, [], ago(60))).toBe(series);
});

test('the minute that the window begins with is kept', () => {
	const series = mergeSeries(mergeSeries(emptySeries, [[ago(60), 1]], 0), [[ago(1), 1]], ago(60));
	expect([...pointsFrom(series, 0)].map(([at]) => at)).toEqual([ago(60), ago(1)]);
	expect(sumSince(series, ago(60))).toBe(2);
	expect(sumSince(series, ago(60) + 1)).toBe(1);
});

test('buckets end with this minute, and a bucket without any minute is a gap, not a zero', () => {
	const series = mergeSeries(
		emptySeries,
		[
			[ago(0), 1],
			[ago(1), 2],
			[ago(4), 0],
			[ago(59), 7],
			[ago(60), 100],
		],
		0,
	);
	const buckets = bucketSums(series, now, {buckets: 30, minutes: 60});
	expect(buckets.slice(-3)).toEqual([0, undefined, 3]);
	expect(buckets[0]).toBe(7);
});

test('metrics of an id such as __proto__ are kept like any other', () => {
	const update = {region: 'us-east-1', profile: '__proto__', points: [['Invocations', [[ago(1), 2]]]]} as const;
	const metrics = mergeMetrics(new Map(), [update], 0);
	expect(metrics.size).toBe(1);
	expect(mergeMetrics(metrics, [update], 0)).toBe(metrics);
});

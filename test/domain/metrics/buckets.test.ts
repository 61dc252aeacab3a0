import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {bucketsSince} from '../../../source/domain/metrics/buckets.ts';
import {type MetricsUpdate, type ModelMetrics, mergeMetrics} from '../../../source/domain/metrics/metrics.ts';
import type {Point} from '../../../source/domain/metrics/series.ts';

const minute = 60_000;
const hour = 60 * minute;
const noon = Date.UTC(2026, 10, 23, 12);

const model = (changes: Partial<MetricsUpdate>): ModelMetrics => {
	const update = {region: 'us-east-1', profile: 'us.anthropic.claude-opus-5-5', points: [], ...changes};
	return [...mergeMetrics(new Map(), [update], 0).values()][0] as ModelMetrics;
};

const minutes = (...points: readonly Point[]) => model({points: [['Invocations', points]]});

const sums = (models: readonly ModelMetrics[], since: number, until: number, buckets = 60) =>
	bucketsSince(models, ['Invocations'], {since, until, buckets});

test.each([
	['an hour', hour, 60, minute],
	['an hour in little room', hour, 20, 5 * minute],
	['half a day', 12 * hour, 100, 10 * minute],
	['half a day in little room', 12 * hour, 50, 15 * minute],
	['a week', 7 * 24 * hour, 100, 2 * hour],
	['a month', 30 * 24 * hour, 10, 4 * 24 * hour],
	['an hour in no room at all', hour, 1, hour],
])('%s is cut into lengths that people know', (_, length, buckets, lengthMs) => {
	expect(sums([minutes()], noon - length, noon, buckets).lengthMs).toBe(lengthMs);
});

test('a bucket without a point is a hole, one with a zero is a zero', () => {
	const found = sums([minutes([noon, 0], [noon + minute, 2], [noon + 3 * minute, 1])], noon, noon + 4 * minute);
	expect(found).toEqual({startAt: noon, lengthMs: minute, sums: [0, 2, undefined, 1]});
});

test('several models and several metrics are summed moment by moment', () => {
	const one = model({
		points: [
			['InputTokenCount', [[noon, 5]]],
			['CacheReadInputTokens', [[noon, 7]]],
		],
	});
	const window = {since: noon, until: noon + 2 * minute, buckets: 10};
	expect(bucketsSince([one, one], ['InputTokenCount', 'CacheReadInputTokens'], window).sums).toEqual([24, undefined]);
});

describe('where the early part is known by the hour only', () => {
	const mixed = model({
		points: [
			[
				'Invocations',
				[
					[noon - minute, 100],
					[noon, 1],
					[noon + minute, 2],
				],
			],
		],
		hours: [
			[
				'Invocations',
				[
					[noon - 2 * hour, 30],
					[noon - hour, 40],
					[noon, 500],
				],
			],
		],
		minutesFrom: noon,
	});

	test('no bucket is shorter than an hour, and each moment counts once', () => {
		const found = sums([mixed], noon - 2 * hour, noon + 30 * minute, 600);
		expect(found).toEqual({startAt: noon - 2 * hour, lengthMs: hour, sums: [30, 40, 3]});
	});

	test('a window that begins within an hour shows the whole of it', () => {
		expect(sums([mixed], noon - 90 * minute, noon + minute, 600)).toMatchObject({
			startAt: noon - 2 * hour,
			sums: [30, 40, 1],
		});
	});

	test('a window that begins with the minutes is as fine as they are', () => {
		expect(sums([mixed], noon, noon + 2 * minute).lengthMs).toBe(minute);
	});
});

test('never more buckets than asked for, and nothing of the window is lost', () => {
	const points = fc.array(fc.tuple(fc.integer({min: 0, max: 20_000}), fc.integer({min: 0, max: 9})), {maxLength: 50});
	fc.assert(
		fc.property(points, fc.integer({min: 1, max: 20_000}), fc.integer({min: 2, max: 300}), (pairs, length, buckets) => {
			const known = new Map(pairs.map(([at, value]) => [noon + at * minute, value]));
			const [since, until] = [noon, noon + length * minute];
			const found = sums([minutes(...known)], since, until, buckets);
			expect(found.sums.length).toBeLessThanOrEqual(buckets);
			const total = [...known].reduce((sum, [at, value]) => (at < until ? sum + value : sum), 0);
			expect(found.sums.reduce<number>((sum, value) => sum + (value ?? 0), 0)).toBe(total);
		}),
	);
});

import {describe, expect, test} from 'vitest';
import {
	type CountMetric,
	countSince,
	type Metrics,
	type MetricsUpdate,
	mergeMetrics,
	metricsKey,
	pointsSince,
	seriesOf,
} from '../../../source/domain/metrics/metrics.ts';
import {emptySeries, mergeSeries, pointsFrom} from '../../../source/domain/metrics/series.ts';

const hour = 3_600_000;
const key = {region: 'us-east-1', profile: 'us.anthropic.claude-opus-5-5'};
const update = (others: Partial<MetricsUpdate> = {}): MetricsUpdate => ({...key, points: [], ...others});
const invocations = (...points: readonly (readonly [number, number])[]) => [['Invocations', points] as const];
const merge = (metrics: Metrics, ...updates: readonly MetricsUpdate[]) => mergeMetrics(metrics, updates, 0);
const only = (metrics: Metrics) => {
	const [model] = metrics.values();
	if (model === undefined) throw new Error('a model is known');
	return model;
};
const pointsOf = (metrics: Metrics, metric: CountMetric = 'Invocations', since = 0) => [
	...pointsSince(only(metrics), metric, since),
];

test('a model is kept by region, namespace and called id; the namespace is Bedrock unless it is named', () => {
	expect(metricsKey({...key, namespace: 'AWS/Bedrock'})).toBe(metricsKey(key));
	const others = [
		{...key, region: 'eu-west-1'},
		{...key, profile: 'x'},
		{...key, namespace: 'AWS/BedrockMantle'} as const,
	];
	expect(new Set([key, ...others].map(metricsKey)).size).toBe(4);
});

describe('a first answer', () => {
	test('makes a model known, with its minutes, hours and speed', () => {
		const speed = {p50LatencyMs: 900, p50FirstTokenMs: 300};
		const points = invocations([hour, 3]);
		expect(only(merge(new Map(), update({points, hours: invocations([0, 7]), minutesFrom: hour, speed})))).toEqual({
			...key,
			namespace: 'AWS/Bedrock',
			series: new Map([['Invocations', mergeSeries(emptySeries, [[hour, 3]], 0)]]),
			hours: new Map([['Invocations', mergeSeries(emptySeries, [[0, 7]], 0)]]),
			minutesFrom: hour,
			isUnread: false,
			...speed,
		});
	});

	test('makes it known even where it says nothing', () => {
		const metrics = merge(new Map(), update());
		expect(only(metrics)).toMatchObject({minutesFrom: 0, series: new Map(), hours: new Map()});
		expect(seriesOf(only(metrics), 'Invocations').size).toBe(0);
	});
});

describe('a further answer', () => {
	const known = merge(new Map(), update({points: invocations([hour, 3]), minutesFrom: hour, speed: {p50LatencyMs: 9}}));

	test('replaces minutes that were revised and adds new ones', () => {
		const points = pointsOf(merge(known, update({points: invocations([hour, 4], [hour + 60_000, 1])})));
		expect(points).toEqual([
			[hour, 4],
			[hour + 60_000, 1],
		]);
	});

	test('leaves what it was not asked for as it was', () => {
		const next = only(merge(known, update({points: [['InputTokenCount', [[hour, 5]]]]})));
		expect(next).toMatchObject({minutesFrom: hour, p50LatencyMs: 9});
		expect(countSince(next, 'Invocations', 0)).toBe(3);
		expect(countSince(next, 'InputTokenCount', 0)).toBe(5);
	});

	test('says that there is no speed any more', () => {
		expect(only(merge(known, update({speed: {}}))).p50LatencyMs).toBeUndefined();
	});

	test('forgets minutes and hours before a moment, as soon as it has news', () => {
		const both = merge(known, update({hours: invocations([0, 7])}));
		const next = mergeMetrics(
			both,
			[update({points: invocations([2 * hour, 1]), hours: invocations([2 * hour, 1])})],
			2 * hour,
		);
		expect([...pointsFrom(only(next).series.get('Invocations') ?? emptySeries, 0)]).toEqual([[2 * hour, 1]]);
		expect([...pointsFrom(only(next).hours.get('Invocations') ?? emptySeries, 0)]).toEqual([[2 * hour, 1]]);
	});

	test.each<[string, readonly MetricsUpdate[]]>([
		['nobody answered', []],
		['the answer is empty', [update()]],
		['it is the same', [update({points: invocations([hour, 3]), minutesFrom: hour, speed: {p50LatencyMs: 9}})]],
		['the metric is known and there is no point', [update({points: invocations()})]],
	])('is the same object where %s', (_, updates) => expect(merge(known, ...updates)).toBe(known));

	test.each<[string, MetricsUpdate]>([
		['a minute', update({points: invocations([hour, 4])})],
		['a metric without a point, which is known to have none', update({points: [['InputTokenCount', []]]})],
		['an hour', update({hours: invocations([0, 1])})],
		['from when on minutes are known', update({minutesFrom: 0})],
		['the latency', update({speed: {p50LatencyMs: 8}})],
		['the time to the first token', update({speed: {p50LatencyMs: 9, p50FirstTokenMs: 1}})],
		['another model', update({profile: 'x'})],
		['that not all of it was answered', update({isUnread: true})],
	])('is news by %s', (_, news) => expect(merge(known, news)).not.toBe(known));

	test('of hours that begin at another minute stands in place of those before, which it would count twice', () => {
		const before = merge(known, update({hours: invocations([0, 1], [hour, 2]), minutesFrom: 2 * hour}));
		const after = merge(before, update({hours: invocations([hour / 2, 3])}));
		expect(countSince(only(after), 'Invocations', 0)).toBe(3);
		expect(merge(after, update({hours: invocations([hour / 2, 3])}))).toBe(after);
		expect(merge(after, update({hours: invocations()}))).toBe(after);
	});

	test('of one model leaves the others the same objects', () => {
		const two = merge(known, update({profile: 'x'}));
		const next = merge(two, update({profile: 'x', points: invocations([hour, 1])}));
		expect(next.get(metricsKey(key))).toBe(known.get(metricsKey(key)));
	});
});

describe('the points of a window', () => {
	const metrics = merge(
		new Map(),
		update({
			hours: invocations([0, 100], [hour, 200], [2 * hour, 400]),
			points: invocations([hour + 60_000, 1], [2 * hour, 2], [3 * hour, 4]),
			minutesFrom: 2 * hour,
		}),
	);

	test.each([
		['hours up to where minutes are known from, minutes from there on', 0, [100, 200, 2, 4], 306],
		['hours that begin within it', hour, [200, 2, 4], 206],
		['no hour that began before it, whose part is in the sum', 1.25 * hour, [2, 4], 156],
		['minutes alone', 2 * hour + 1, [4], 4],
		['nothing', 3 * hour + 1, [], 0],
	])('are %s', (_, since, values, sum) => {
		expect(pointsOf(metrics, 'Invocations', since).map(([, value]) => value)).toEqual(values);
		expect(countSince(only(metrics), 'Invocations', since)).toBe(sum);
	});

	test('of a metric that was never answered are none', () => expect(pointsOf(metrics, 'InputTokenCount')).toEqual([]));
});

import {
	CloudWatchClient,
	GetMetricDataCommand,
	GetMetricStatisticsCommand,
	type GetMetricStatisticsCommandInput,
	ListMetricsCommand,
} from '@aws-sdk/client-cloudwatch';
import {describe, expect, test} from 'vitest';
import {models} from '../../../source/demo/world/people.ts';
import {totals} from '../../../source/demo/world/totals.ts';
import type {WorldCall} from '../../../source/demo/world/world.ts';
import type {Usage} from '../../../source/domain/money/usage.ts';
import {hour, minute, openedAt, second, startAt} from '../opened.ts';

const now = startAt + minute;
const client = (at = now) => new CloudWatchClient(openedAt(at).config);

const query = (MetricName: string, profile: string, more: Partial<GetMetricStatisticsCommandInput> = {}) => ({
	Namespace: 'AWS/Bedrock',
	MetricName,
	Dimensions: [{Name: 'ModelId', Value: profile}],
	StartTime: new Date(startAt - 6 * hour),
	EndTime: new Date(now + minute),
	Period: 60,
	...more,
});

const ask = async (input: GetMetricStatisticsCommandInput, at = now) =>
	(await client(at).send(new GetMetricStatisticsCommand(input))).Datapoints ?? [];

const sumOf = async (metric: string, profile: string, more: Partial<GetMetricStatisticsCommandInput> = {}) => {
	const points = await ask({...query(metric, profile, more), Statistics: ['Sum']});
	return points.reduce((sum, {Sum}) => sum + (Sum ?? Number.NaN), 0);
};

describe('sums are those of the published calls', () => {
	const tokenMetrics: readonly (readonly [string, (usage: Usage) => number])[] = [
		['InputTokenCount', usage => usage.input],
		['OutputTokenCount', usage => usage.output],
		['CacheReadInputTokens', usage => usage.cacheRead],
		['CacheWriteInputTokens', usage => usage.cacheWrite5m + usage.cacheWrite1h],
	];
	const used = Object.values(models).filter(model => model !== models.fable);

	test.each(used)('%s', async profile => {
		const {world} = openedAt(now);
		const only = (call: WorldCall) => call.profile === profile && call.publishedAt <= now;
		const {everybody} = totals(world, {from: 0, to: now, only});
		expect(everybody.ok).toBeGreaterThan(10);
		expect(await sumOf('Invocations', profile)).toBe(everybody.ok);
		expect(await sumOf('InvocationThrottles', profile)).toBe(everybody.throttled);
		for (const [metric, value] of tokenMetrics) {
			expect(await sumOf(metric, profile)).toBe(value(everybody.tokens.get(profile) as Usage));
			expect(await sumOf(metric, profile, {Period: 3600})).toBe(value(everybody.tokens.get(profile) as Usage));
		}
	});

	test('refusals are client errors and no invocations', async () => {
		const {world} = openedAt(now);
		const only = ({publishedAt}: WorldCall) => publishedAt <= now;
		expect(await sumOf('InvocationClientErrors', models.fable)).toBe(
			totals(world, {from: 0, to: now, only}).alice.refused,
		);
		expect(await ask({...query('Invocations', models.fable), Statistics: ['Sum']})).toEqual([]);
	});
});

test('a datum lands in the minute of its last token, some seconds after it', async () => {
	const {calls} = openedAt(startAt + 20 * minute);
	const call = calls.find(({at, profile}) => at > startAt + 5 * minute && profile === models.opus) as WorldCall;
	const start = Math.floor(call.endAt / minute) * minute;
	const input = {
		...query('OutputTokenCount', models.opus),
		StartTime: new Date(start),
		EndTime: new Date(start + minute),
		Statistics: ['Sum' as const, 'SampleCount' as const],
	};
	const before = await ask(input, call.publishedAt - 1);
	const [after] = await ask(input, call.publishedAt);
	expect(after?.Timestamp?.getTime()).toBe(start);
	expect((after?.Sum ?? 0) - (before[0]?.Sum ?? 0)).toBeGreaterThanOrEqual(call.usage.output);
	expect((after?.SampleCount ?? 0) - (before[0]?.SampleCount ?? 0)).toBeGreaterThanOrEqual(1);
});

test('quiet minutes are gaps, and no datapoint is a zero', async () => {
	const points = await ask({...query('Invocations', models.haiku), Statistics: ['Sum']});
	expect(points.length).toBeGreaterThan(20);
	expect(points.length).toBeLessThan(6 * 60);
	expect(points.every(({Sum = 0, Unit}) => Sum > 0 && Unit === 'Count')).toBe(true);
});

test('statistics and percentiles are those of the latencies', async () => {
	const {calls} = openedAt(now);
	const [from, to] = [startAt - hour, startAt];
	const latencies = calls
		.filter(({profile, outcome, endAt}) => profile === models.opus && outcome === 'ok' && endAt >= from && endAt < to)
		.map(({latencyMs}) => latencyMs)
		.sort((a, b) => a - b);
	const times = {StartTime: new Date(from), EndTime: new Date(to), Period: 3600};
	const [simple] = await ask({
		...query('InvocationLatency', models.opus, times),
		Statistics: ['Average', 'Minimum', 'Maximum', 'SampleCount'],
	});
	expect(simple).toMatchObject({
		Minimum: latencies[0],
		Maximum: latencies.at(-1),
		SampleCount: latencies.length,
		Unit: 'Milliseconds',
	});
	expect(simple?.Average).toBeCloseTo(latencies.reduce((sum, value) => sum + value, 0) / latencies.length);
	const [extended] = await ask({
		...query('InvocationLatency', models.opus, times),
		ExtendedStatistics: ['p50', 'p100'],
	});
	expect(extended?.ExtendedStatistics).toEqual({
		p50: latencies[Math.ceil(latencies.length / 2) - 1],
		p100: latencies.at(-1),
	});
});

test('only streams have a first token', async () => {
	const input = {ExtendedStatistics: ['p50']};
	expect(await ask({...query('TimeToFirstToken', models.summaries), ...input})).toEqual([]);
	expect(await ask({...query('TimeToFirstToken', models.opus), ...input})).not.toEqual([]);
});

describe('nothing answers', () => {
	test.each([
		['a unit that does not match', {Unit: 'Bytes' as const}],
		['another namespace', {Namespace: 'AWS/BedrockMantle'}],
		['no dimension', {Dimensions: []}],
		[
			'a dimension too many',
			{
				Dimensions: [
					{Name: 'ModelId', Value: models.opus},
					{Name: 'More', Value: 'of it'},
				],
			},
		],
		['an unknown metric', {MetricName: 'CacheReadInputTokenCount'}],
	])('%s', async (_, more) => {
		expect(await ask({...query('Invocations', models.opus), Statistics: ['Sum'], ...more})).toEqual([]);
	});

	test('another region', async () => {
		const other = new CloudWatchClient({...openedAt(now).config, region: 'eu-west-1'});
		expect((await other.send(new ListMetricsCommand({Namespace: 'AWS/Bedrock'}))).Metrics).toEqual([]);
	});
});

describe('GetMetricStatistics refuses', () => {
	test.each([
		['InvalidParameterCombinationException', 'too many datapoints', {StartTime: new Date(now - 25 * hour)}],
		['InvalidParameterCombinationException', 'no statistic', {Statistics: []}],
		['InvalidParameterValueException', 'a crooked period', {Period: 90}],
		['InvalidParameterValueException', 'an end before the start', {EndTime: new Date(startAt - 7 * hour)}],
		['InvalidParameterValueException', 'an unknown statistic', {ExtendedStatistics: ['median']}],
	])('%s: %s', async (name, _, more) => {
		const input = {...query('Invocations', models.opus), Statistics: ['Sum' as const], ...more};
		await expect(ask(input)).rejects.toMatchObject({name});
	});
});

test('ListMetrics names what was called, the refused model only by its errors', async () => {
	const {Metrics = []} = await client().send(new ListMetricsCommand({Namespace: 'AWS/Bedrock'}));
	const of = (model: string) =>
		Metrics.filter(({Dimensions}) => Dimensions?.[0]?.Value === model).map(({MetricName}) => MetricName);
	expect(of(models.fable)).toEqual(['InvocationClientErrors']);
	expect(of(models.opus)).toContain('TimeToFirstToken');
	expect(new Set(Metrics.map(metric => JSON.stringify(metric))).size).toBe(Metrics.length);
	const some = await client().send(
		new ListMetricsCommand({MetricName: 'Invocations', Dimensions: [{Name: 'ModelId', Value: models.opus}]}),
	);
	expect(some.Metrics).toHaveLength(1);
});

test('GetMetricData says the same, newest first or as asked', async () => {
	const times = {StartTime: new Date(startAt - hour), EndTime: new Date(startAt)};
	const MetricName = 'OutputTokenCount';
	const Dimensions = [{Name: 'ModelId', Value: models.opus}];
	const MetricStat = {Metric: {Namespace: 'AWS/Bedrock', MetricName, Dimensions}, Period: 300, Stat: 'Sum'};
	const get = (ScanBy?: 'TimestampAscending') =>
		client().send(
			new GetMetricDataCommand({...times, MetricDataQueries: [{Id: 'out', MetricStat}], ...(ScanBy && {ScanBy})}),
		);
	const [newest] = (await get()).MetricDataResults ?? [];
	expect(newest).toMatchObject({Id: 'out', StatusCode: 'Complete'});
	const points = await ask({...query(MetricName, models.opus, {...times, Period: 300}), Statistics: ['Sum']});
	const sorted = points.sort((a, b) => (b.Timestamp?.getTime() ?? 0) - (a.Timestamp?.getTime() ?? 0));
	expect(newest?.Timestamps).toEqual(sorted.map(({Timestamp}) => Timestamp));
	expect(newest?.Values).toEqual(sorted.map(({Sum}) => Sum));
	expect((await get('TimestampAscending')).MetricDataResults?.[0]?.Values).toEqual(
		[...(newest?.Values ?? [])].reverse(),
	);
	await expect(
		client().send(new GetMetricDataCommand({...times, MetricDataQueries: [{Id: 'e', Expression: 'SEARCH()'}]})),
	).rejects.toThrow('MetricStat');
});

test('the newest minute is still incomplete, as on AWS', async () => {
	const soon = startAt + 30 * second;
	const {calls} = openedAt(soon);
	const unpublished = calls.filter(({endAt, publishedAt}) => endAt <= soon && publishedAt > soon);
	expect(unpublished.length).toBeGreaterThan(0);
});

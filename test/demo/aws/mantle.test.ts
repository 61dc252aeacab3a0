import {
	CloudWatchClient,
	type Dimension,
	GetMetricDataCommand,
	GetMetricStatisticsCommand,
	ListMetricsCommand,
} from '@aws-sdk/client-cloudwatch';
import {describe, expect, test} from 'vitest';
import {mantleModel, mantleProjects} from '../../../source/demo/world/mantle-batch.ts';
import {batchbot} from '../../../source/demo/world/people.ts';
import {totals} from '../../../source/demo/world/totals.ts';
import {hour, lookUpAll, minute, openedAt, startAt} from '../opened.ts';

const Namespace = 'AWS/BedrockMantle';
const now = startAt + 2 * hour;
const {config, world, calls: runtimeCalls} = openedAt(now);
const client = new CloudWatchClient(config);
const calls = world.mantleCallsUntil(now).filter(({publishedAt}) => publishedAt <= now);
const ok = calls.filter(({outcome}) => outcome === 'ok');

const model = {Name: 'Model', Value: mantleModel};
const project = (Value: string) => ({Name: 'Project', Value});
const [first, second] = mantleProjects;

const range = {StartTime: new Date(startAt - 6 * hour), EndTime: new Date(now)};

const sumOf = async (MetricName: string, Dimensions: Dimension[]) => {
	const input = {Namespace, MetricName, Dimensions, ...range, Period: 300, Statistics: ['Sum' as const]};
	const {Datapoints = []} = await client.send(new GetMetricStatisticsCommand(input));
	return Datapoints.reduce((sum, {Sum}) => sum + (Sum ?? Number.NaN), 0);
};

const inputOf = (list: typeof calls) => list.reduce((sum, {input}) => sum + input, 0);
const of = (name: string) => ok.filter(call => call.project === name);

test('somebody calls a few times an hour, and is refused now and then', () => {
	expect(calls.length).toBeGreaterThan(8 * 2);
	expect(calls.length).toBeLessThan(8 * 7);
	expect(calls.length).toBeGreaterThan(ok.length);
	expect(calls.every(({person}) => person === batchbot)).toBe(true);
	const lastHour = world.mantleCallsUntil(startAt).filter(({at}) => at > startAt - hour);
	expect(lastHour.length).toBeGreaterThan(1);
	for (const name of mantleProjects) expect(of(name).length).toBeGreaterThan(3);
});

describe('each level counts every call once, so that they must not be added up', () => {
	const levels: readonly (readonly [name: string, dimensions: Dimension[], calls: typeof calls])[] = [
		['account', [], ok],
		['model', [model], ok],
		['one project', [project(first)], of(first)],
		['the other project', [project(second)], of(second)],
	];

	test.each(levels)('%s', async (_, dimensions, counted) => {
		expect(counted.length).toBeGreaterThan(3);
		expect(await sumOf('Inferences', dimensions)).toBe(counted.length);
		expect(await sumOf('TotalInputTokens', dimensions)).toBe(inputOf(counted));
		expect(await sumOf('TotalOutputTokens', dimensions)).toBe(counted.reduce((sum, {output}) => sum + output, 0));
		expect(await sumOf('InputTokens', dimensions)).toBe(0);
	});

	test('project and model together, in either order, which has token metrics of its own', async () => {
		const both = [model, project(first)];
		expect(await sumOf('Inferences', both)).toBe(of(first).length);
		expect(await sumOf('Inferences', both.toReversed())).toBe(of(first).length);
		expect(await sumOf('InputTokens', both)).toBe(inputOf(of(first)));
		expect(await sumOf('OutputTokens', both)).toBe(of(first).reduce((sum, {output}) => sum + output, 0));
		expect(await sumOf('TotalInputTokens', both)).toBe(0);
	});

	test('refusals are client errors at all four, and no inferences', async () => {
		const refused = calls.length - ok.length;
		expect(await sumOf('InferenceClientErrors', [])).toBe(refused);
		expect(await sumOf('InferenceClientErrors', [model])).toBe(refused);
		const byProject = mantleProjects.map(name => sumOf('InferenceClientErrors', [model, project(name)]));
		expect((await Promise.all(byProject)).reduce((sum, count) => sum + count)).toBe(refused);
	});

	test('the sum over every series that is listed counts each call four times', async () => {
		const {Metrics = []} = await client.send(new ListMetricsCommand({Namespace, MetricName: 'Inferences'}));
		const sums = await Promise.all(Metrics.map(({Dimensions = []}) => sumOf('Inferences', Dimensions)));
		expect(sums.reduce((sum, each) => sum + each)).toBe(4 * ok.length);
	});
});

describe('no series answers', () => {
	test.each([
		['the runtime’s dimension', [{Name: 'ModelId', Value: mantleModel}]],
		['another model', [{Name: 'Model', Value: 'anthropic.claude-opus-5-5'}]],
		['one dimension twice', [model, model]],
		['both projects', [project(first), project(second)]],
	])('%s', async (_, dimensions) => {
		expect(await sumOf('Inferences', dimensions)).toBe(0);
	});

	test('in another region', async () => {
		const other = new CloudWatchClient({...config, region: 'eu-west-1'});
		expect((await other.send(new ListMetricsCommand({Namespace}))).Metrics).toEqual([]);
	});
});

test('ListMetrics names the levels of each metric', async () => {
	const {Metrics = []} = await client.send(new ListMetricsCommand({Namespace}));
	const levelsOf = (name: string) =>
		new Set(
			Metrics.filter(({MetricName}) => MetricName === name).map(({Dimensions = []}) =>
				Dimensions.map(({Name}) => Name).join('+'),
			),
		);
	const levels = ['', 'Model', 'Project'];
	expect(levelsOf('Inferences')).toEqual(new Set([...levels, 'Project+Model']));
	expect(levelsOf('InferenceClientErrors')).toEqual(new Set([...levels, 'Project+Model']));
	expect(levelsOf('TotalInputTokens')).toEqual(new Set(levels));
	expect(levelsOf('TotalOutputTokens')).toEqual(new Set(levels));
	expect(levelsOf('InputTokens')).toEqual(new Set(['Project+Model']));
	expect(levelsOf('OutputTokens')).toEqual(new Set(['Project+Model']));
	expect(new Set(Metrics.map(({MetricName}) => MetricName)).size).toBe(6);
	const byProject = await client.send(
		new ListMetricsCommand({Namespace, MetricName: 'Inferences', Dimensions: [project(first)]}),
	);
	// A filter finds the series that have this dimension, whatever others they have.
	expect(byProject.Metrics).toHaveLength(2);
	const everywhere = (await client.send(new ListMetricsCommand({}))).Metrics ?? [];
	expect(new Set(everywhere.map(metric => metric.Namespace))).toEqual(new Set(['AWS/Bedrock', Namespace]));
});

test('GetMetricData says the same', async () => {
	const Metric = {Namespace, MetricName: 'TotalInputTokens', Dimensions: [model]};
	const MetricDataQueries = [{Id: 'in', MetricStat: {Metric, Period: 300, Stat: 'Sum'}}];
	const {MetricDataResults = []} = await client.send(new GetMetricDataCommand({...range, MetricDataQueries}));
	expect(MetricDataResults[0]?.Values?.reduce((sum, value) => sum + value)).toBe(inputOf(ok));
});

test('a datum is published some seconds after the call', async () => {
	const last = world.mantleCallsUntil(startAt + hour).findLast(({outcome}) => outcome === 'ok');
	if (last === undefined) throw new Error('no call');
	const countAt = async (at: number) => {
		const early = new CloudWatchClient(openedAt(at).config);
		const times = {StartTime: new Date(startAt), EndTime: new Date(startAt + hour + minute), Period: 60};
		const input = {Namespace, MetricName: 'Inferences', Dimensions: [], ...times, Statistics: ['Sum' as const]};
		const {Datapoints = []} = await early.send(new GetMetricStatisticsCommand(input));
		return Datapoints.reduce((sum, {Sum = 0}) => sum + Sum, 0);
	};
	expect(last.publishedAt).toBeGreaterThan(last.endAt);
	expect(await countAt(last.publishedAt)).toBe((await countAt(last.publishedAt - 1)) + 1);
});

test('neither CloudTrail nor the totals of Bedrock’s own endpoint know of any of it', async () => {
	const {tokens, ok: runtimeOk} = totals(world, {from: 0, to: now}).everybody;
	expect([...tokens.keys()].filter(id => id.includes('opus-4-7'))).toEqual([]);
	expect(runtimeOk).toBe(runtimeCalls.filter(({outcome}) => outcome === 'ok').length);
	const events = await lookUpAll(config);
	expect(events.length).toBeGreaterThan(1000);
	expect(events.filter(({CloudTrailEvent = ''}) => /batchbot|opus-4-7|mantle/i.test(CloudTrailEvent))).toEqual([]);
	const {Metrics = []} = await client.send(new ListMetricsCommand({Namespace: 'AWS/Bedrock'}));
	expect(JSON.stringify(Metrics)).not.toContain('opus-4-7');
});

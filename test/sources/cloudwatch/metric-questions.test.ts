import {describe, expect, test} from 'vitest';
import {createMetricQuestions} from '../../../source/sources/cloudwatch/metric-questions.ts';
import {awsAnswering, bodyOf} from '../../support/aws-answers.ts';
import {minuteMs, noon} from '../../support/builders.ts';

const opus = 'us.anthropic.claude-opus-5-5';
const {signal} = new AbortController();
const second = noon / 1000;

/** The questions over CloudWatch with those answers, one after another, and what it was asked. */
const cloudWatch = (...answers: readonly object[]) => {
	const asked: Record<string, unknown>[] = [];
	const aws = awsAnswering(request => {
		const answer = answers[asked.length] ?? {};
		asked.push(bodyOf(request));
		return Response.json(answer);
	});
	return {asked, questions: createMetricQuestions(aws, 'us-east-1')};
};
const metric = (name: string, ...dimensions: readonly (readonly [name: string, value: string])[]) => ({
	...{Namespace: 'AWS/Bedrock', MetricName: name},
	Dimensions: dimensions.map(([Name, Value]) => ({Name, Value})),
});

describe('the models of a namespace', () => {
	test('are those that any of its counts is kept for by model alone, over all pages', async () => {
		const {asked, questions} = cloudWatch(
			{
				Metrics: [
					metric('Invocations', ['ModelId', 'b']),
					metric('InvocationClientErrors', ['ModelId', 'a']),
					metric('OutputTokenCount', ['ModelId', 'b']),
					metric('Invocations', ['ModelId', 'c'], ['ImageSize', 'x']),
					metric('InvocationLatency', ['ModelId', 'd']),
					metric('Invocations', ['Model', 'e']),
					metric('Invocations'),
				],
				NextToken: 'more',
			},
			{Metrics: [metric('InvocationThrottles', ['ModelId', '0'])]},
		);
		expect(await questions.models('AWS/Bedrock', signal)).toEqual(['0', 'a', 'b']);
		expect(asked).toMatchObject([{Namespace: 'AWS/Bedrock'}, {NextToken: 'more'}]);
	});

	test('have another dimension and other names with Mantle', async () => {
		const metrics = [metric('Inferences', ['Model', 'a']), metric('Inferences', ['ModelId', 'b'])];
		const {questions} = cloudWatch({Metrics: [...metrics, metric('Invocations', ['Model', 'c'])]});
		expect(await questions.models('AWS/BedrockMantle', signal)).toEqual(['a']);
	});

	test('are not nobody where CloudWatch says nothing', async () => {
		await expect(cloudWatch({}).questions.models('AWS/Bedrock', signal)).rejects.toThrow();
	});
});

describe('the sums of a metric', () => {
	const of = {namespace: 'AWS/Bedrock', profile: opus, metric: 'InputTokenCount'} as const;
	const range = (minutes: number) => ({start: noon, end: noon + minutes * minuteMs, periodMs: minuteMs});

	test('are asked for by minute, without a unit', async () => {
		const {asked, questions} = cloudWatch({
			Datapoints: [{Timestamp: second, Sum: 5}, {Timestamp: second + 60}, {Sum: 7}, {Timestamp: second + 120, Sum: 0}],
		});
		expect(await questions.sums(of, range(3), signal)).toEqual([
			[noon, 5],
			[noon + 2 * minuteMs, 0],
		]);
		expect(asked).toEqual([
			{
				...{Namespace: 'AWS/Bedrock', MetricName: 'InputTokenCount', Statistics: ['Sum'], Period: 60},
				Dimensions: [{Name: 'ModelId', Value: opus}],
				...{StartTime: second, EndTime: second + 180},
			},
		]);
	});

	test.each([
		[0, []],
		[1440, [1440]],
		[1441, [1440, 1]],
		[1500, [1440, 60]],
	])('of %i minutes are asked for 1,440 at a time', async (minutes, expected) => {
		const {asked, questions} = cloudWatch(...Array.from({length: 3}, () => ({Datapoints: []})));
		expect(await questions.sums(of, range(minutes), signal)).toEqual([]);
		const lengths = asked.map(({StartTime, EndTime}) => (Number(EndTime) - Number(StartTime)) / 60);
		expect(lengths).toEqual(expected);
	});

	test('are asked for by Mantle’s own names, and not where it has none', async () => {
		const mantle = {...of, namespace: 'AWS/BedrockMantle'} as const;
		const {asked, questions} = cloudWatch({Datapoints: []});
		await questions.sums(mantle, range(1), signal);
		expect(await questions.sums({...mantle, metric: 'CacheReadInputTokens'}, range(1), signal)).toEqual([]);
		expect(asked).toMatchObject([{MetricName: 'TotalInputTokens', Dimensions: [{Name: 'Model', Value: opus}]}]);
		expect(asked).toHaveLength(1);
	});
});

describe('a median', () => {
	const p50 = (Timestamp: number, value: number) => ({Timestamp, ExtendedStatistics: {p50: value}});

	test('is the newest of the hour', async () => {
		const {asked, questions} = cloudWatch({Datapoints: [p50(second - 3600, 1), p50(second, 3), p50(second - 60, 2)]});
		expect(await questions.median(opus, 'InvocationLatency', noon, signal)).toBe(3);
		expect(asked).toMatchObject([
			{ExtendedStatistics: ['p50'], Period: 3600, StartTime: second - 3600, EndTime: second},
		]);
	});

	test('is not known without a call, and an error where CloudWatch says nothing', async () => {
		const {questions} = cloudWatch({Datapoints: []}, {});
		expect(await questions.median(opus, 'InvocationLatency', noon, signal)).toBeUndefined();
		await expect(questions.median(opus, 'InvocationLatency', noon, signal)).rejects.toThrow();
	});
});

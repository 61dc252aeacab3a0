import type {Datapoint, GetMetricStatisticsCommandInput} from '@aws-sdk/client-cloudwatch';
import type {CountMetric, Namespace} from '../../domain/metrics/metrics.ts';
import type {Point} from '../../domain/metrics/series.ts';
import type {Aws} from '../aws/aws.ts';
import {emptyAnswer} from '../aws/problem.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** GetMetricStatistics answers at most 1,440 datapoints; a day with a clock change has 1,500 minutes. */
const maxDatapoints = 1440;

/** The dimension that names the model, and AWS's name of each count we know. */
export const vocabulary: Readonly<
	Record<Namespace, {readonly dimension: string; readonly names: Readonly<Partial<Record<CountMetric, string>>>}>
> = {
	'AWS/Bedrock': {
		dimension: 'ModelId',
		names: {
			Invocations: 'Invocations',
			InvocationThrottles: 'InvocationThrottles',
			InvocationClientErrors: 'InvocationClientErrors',
			InputTokenCount: 'InputTokenCount',
			OutputTokenCount: 'OutputTokenCount',
			CacheReadInputTokens: 'CacheReadInputTokens',
			CacheWriteInputTokens: 'CacheWriteInputTokens',
		},
	},
	// Every inference is counted at four levels: only the one by Model is read, and never summed with another.
	// https://docs.aws.amazon.com/bedrock/latest/userguide/monitoring-mantle-metrics.html
	'AWS/BedrockMantle': {
		dimension: 'Model',
		names: {
			Invocations: 'Inferences',
			InvocationClientErrors: 'InferenceClientErrors',
			InputTokenCount: 'TotalInputTokens',
			OutputTokenCount: 'TotalOutputTokens',
		},
	},
};

export type Range = {readonly start: number; readonly end: number; readonly periodMs: number};

/** The questions that can be asked about one region's metrics; each counts what it costs. */
export type MetricQuestions = {
	/** Every model that has reported in a namespace within two weeks. */
	models(namespace: Namespace, signal: AbortSignal): Promise<readonly string[]>;
	/** Sums of one metric by period; the metrics a namespace does not have are empty. */
	sums(
		of: {readonly namespace: Namespace; readonly profile: string; readonly metric: CountMetric},
		range: Range,
		signal: AbortSignal,
	): Promise<readonly Point[]>;
	/** The median of the hour before `end`, ms; undefined without a call. */
	median(profile: string, metric: string, end: number, signal: AbortSignal): Promise<number | undefined>;
};

const at = ({Timestamp}: Datapoint) => Timestamp?.getTime() ?? 0;

/**
 * GetMetricStatistics and not GetMetricData: one metric costs the same in both, $0.01 per thousand, but only the former
 * is in CloudWatch's million free requests a month. https://aws.amazon.com/cloudwatch/pricing/
 */
export const createMetricQuestions = (aws: Aws, region: string): MetricQuestions => {
	const ask = async (input: GetMetricStatisticsCommandInput, signal: AbortSignal) => {
		const {client, sdk} = await aws.cloudWatch(region);
		// Unit is never passed: one that does not match answers nothing, and AWS's own pages disagree on the unit.
		const {Datapoints} = await client.send(new sdk.GetMetricStatisticsCommand(input), {abortSignal: signal});
		if (Datapoints === undefined) throw emptyAnswer('GetMetricStatistics');
		return Datapoints;
	};

	const query = (namespace: Namespace, profile: string, metric: string, {start, end, periodMs}: Range) => ({
		Namespace: namespace,
		MetricName: metric,
		Dimensions: [{Name: vocabulary[namespace].dimension, Value: profile}],
		StartTime: new Date(start),
		EndTime: new Date(end),
		Period: periodMs / 1000,
	});

	return {
		async models(namespace, signal) {
			const {client, sdk} = await aws.cloudWatch(region);
			const {dimension, names} = vocabulary[namespace];
			const ids = new Set<string>();
			// One metric is enough to find a model by, but one that was only ever refused has no other than its errors.
			const pages = sdk.paginateListMetrics({client}, {Namespace: namespace}, {abortSignal: signal});
			for await (const {Metrics} of pages) {
				if (Metrics === undefined) throw emptyAnswer('ListMetrics');
				for (const {Dimensions: dimensions, MetricName: name} of Metrics) {
					// Series with further dimensions repeat the same datapoints: summing both would count twice.
					const only = dimensions?.length === 1 ? dimensions[0] : undefined;
					const isCount = Object.values(names).includes(name ?? '');
					if (isCount && only?.Name === dimension && only.Value !== undefined) ids.add(only.Value);
				}
			}
			return [...ids].sort();
		},

		async sums({namespace, profile, metric}, {start, end, periodMs}, signal) {
			const name = vocabulary[namespace].names[metric];
			if (name === undefined) return [];
			const points: Point[] = [];
			for (let from = start; from < end; from += maxDatapoints * periodMs) {
				const to = Math.min(end, from + maxDatapoints * periodMs);
				const input = query(namespace, profile, name, {start: from, end: to, periodMs});
				for (const {Timestamp, Sum} of await ask({...input, Statistics: ['Sum']}, signal)) {
					if (Timestamp !== undefined && Sum !== undefined) points.push([Timestamp.getTime(), Sum]);
				}
			}
			return points;
		},

		async median(profile, metric, end, signal) {
			const range = {start: end - hourMs, end, periodMs: hourMs};
			const input = {...query('AWS/Bedrock', profile, metric, range), ExtendedStatistics: ['p50']};
			const newest = [...(await ask(input, signal))].sort((a, b) => at(b) - at(a))[0];
			return newest?.ExtendedStatistics?.p50;
		},
	};
};

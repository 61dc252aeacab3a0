import type {CloudWatchClient, Datapoint, GetMetricStatisticsCommandInput} from '@aws-sdk/client-cloudwatch';
import {type CountMetric, countMetrics, type MetricsUpdate} from '../domain/metrics.ts';
import type {Point} from '../domain/series.ts';
import type {Aws} from './aws.ts';
import {emptyAnswer} from './problem.ts';

export const metricsAsked = {
	service: 'CloudWatch',
	actions: ['cloudwatch:ListMetrics', 'cloudwatch:GetMetricStatistics'],
};

const namespace = 'AWS/Bedrock';
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** GetMetricStatistics answers at most 1,440 datapoints; a day with a clock change has 1,500 minutes. */
const maxDatapoints = 1440;
const listEveryMs = 10 * minuteMs;
/** 2 models × 4 metrics at a time: quick enough for a first answer, far below CloudWatch's 400 a second. */
const modelsAtOnce = 2;
const metricsAtOnce = 4;
/** A model in which none of these moved needs no further question. */
const signsOfLife: readonly CountMetric[] = ['Invocations', 'InvocationThrottles', 'InvocationClientErrors'];

type MetricsOptions = {readonly aws: Aws; readonly region: string; readonly now: () => number};

export type MetricsSource = {
	/** Sums by minute since then (epoch ms) at first, afterwards of the last hour, for each ModelId of the region. */
	read(since: number, signal: AbortSignal): Promise<readonly MetricsUpdate[]>;
};

const floorMinute = (at: number) => Math.floor(at / minuteMs) * minuteMs;

const mapWithLimit = async <T, R>(
	items: readonly T[],
	concurrency: number,
	work: (item: T) => Promise<R>,
): Promise<readonly R[]> => {
	const results: R[] = new Array(items.length);
	let next = 0;
	const worker = async () => {
		while (next < items.length) {
			const index = next++;
			results[index] = await work(items[index] as T);
		}
	};
	await Promise.all(Array.from({length: Math.min(concurrency, items.length)}, worker));
	return results;
};

/**
 * `AWS/Bedrock` per ModelId. GetMetricStatistics and not GetMetricData: it is in CloudWatch's million free requests a
 * month, while GetMetricData costs $0.01 per thousand metrics from the first on (54 metrics a minute: $0.78 a day).
 * https://aws.amazon.com/cloudwatch/pricing/
 */
export const createMetrics = ({aws, region, now}: MetricsOptions): MetricsSource => {
	let models: readonly string[] = [];
	let listedAt = Number.NEGATIVE_INFINITY;
	const readThrough = new Map<string, number>();

	const load = () => Promise.all([aws.cloudWatch(region), import('@aws-sdk/client-cloudwatch')]);

	const listModels = async (signal: AbortSignal) => {
		const [client, {ListMetricsCommand}] = await load();
		const ids = new Set<string>();
		let next: string | undefined;
		do {
			aws.count('cloudwatch:ListMetrics');
			const command = new ListMetricsCommand({Namespace: namespace, ...(next !== undefined && {NextToken: next})});
			const {Metrics, NextToken} = await client.send(command, {abortSignal: signal});
			if (Metrics === undefined) throw emptyAnswer('ListMetrics');
			for (const {Dimensions: dimensions} of Metrics) {
				// Series with further dimensions repeat the same datapoints: summing both would count twice.
				const only = dimensions?.length === 1 ? dimensions[0] : undefined;
				if (only?.Name === 'ModelId' && only.Value !== undefined) ids.add(only.Value);
			}
			next = NextToken;
		} while (next !== undefined);
		return [...ids].sort();
	};

	const ask = async (client: CloudWatchClient, input: GetMetricStatisticsCommandInput, signal: AbortSignal) => {
		const {GetMetricStatisticsCommand} = await import('@aws-sdk/client-cloudwatch');
		aws.count('cloudwatch:GetMetricStatistics');
		// Unit is never passed: one that does not match answers nothing, and AWS's own pages disagree on the unit.
		const {Datapoints} = await client.send(new GetMetricStatisticsCommand(input), {abortSignal: signal});
		if (Datapoints === undefined) throw emptyAnswer('GetMetricStatistics');
		return Datapoints;
	};

	const query = (profile: string, metric: string, start: number, end: number, period: number) => ({
		Namespace: namespace,
		MetricName: metric,
		Dimensions: [{Name: 'ModelId', Value: profile}],
		StartTime: new Date(start),
		EndTime: new Date(end),
		Period: period,
	});

	const sums = async (
		client: CloudWatchClient,
		profile: string,
		metric: CountMetric,
		{start, end}: {start: number; end: number},
		signal: AbortSignal,
	) => {
		const points: Point[] = [];
		for (let from = start; from < end; from += maxDatapoints * minuteMs) {
			const to = Math.min(end, from + maxDatapoints * minuteMs);
			const answer = await ask(client, {...query(profile, metric, from, to, 60), Statistics: ['Sum']}, signal);
			for (const {Timestamp, Sum} of answer) {
				if (Timestamp !== undefined && Sum !== undefined) points.push([Timestamp.getTime(), Sum]);
			}
		}
		return [metric, points] as const;
	};

	const median = async (
		client: CloudWatchClient,
		profile: string,
		metric: string,
		end: number,
		signal: AbortSignal,
	) => {
		const input = {...query(profile, metric, end - hourMs, end, 3600), ExtendedStatistics: ['p50']};
		const answer = await ask(client, input, signal);
		const newest = [...answer].sort((a, b) => at(b) - at(a))[0];
		return newest?.ExtendedStatistics?.p50;
	};

	const readModel = async (profile: string, since: number, signal: AbortSignal): Promise<MetricsUpdate> => {
		const [client] = await load();
		const end = floorMinute(now()) + minuteMs;
		const through = readThrough.get(profile);
		const start = floorMinute(through === undefined ? since : Math.max(since, Math.min(through, end) - hourMs));
		const range = {start, end};
		const life = await mapWithLimit(signsOfLife, metricsAtOnce, metric => sums(client, profile, metric, range, signal));
		const isAlive = life.some(([, points]) => points.length > 0);
		if (!isAlive) {
			readThrough.set(profile, end);
			return {region, profile, points: life};
		}
		const others = countMetrics.filter(metric => !signsOfLife.includes(metric));
		const tokens = await mapWithLimit(others, metricsAtOnce, metric => sums(client, profile, metric, range, signal));
		const p50LatencyMs = await median(client, profile, 'InvocationLatency', end, signal);
		const p50FirstTokenMs = await median(client, profile, 'TimeToFirstToken', end, signal);
		readThrough.set(profile, end);
		return {region, profile, points: [...life, ...tokens], p50LatencyMs, p50FirstTokenMs};
	};

	return {
		async read(since, signal) {
			if (now() - listedAt >= listEveryMs || now() < listedAt) {
				models = await listModels(signal);
				listedAt = now();
			}
			return mapWithLimit(models, modelsAtOnce, profile => readModel(profile, since, signal));
		},
	};
};

const at = ({Timestamp}: Datapoint) => Timestamp?.getTime() ?? 0;

import {record, text} from '../domain/json.ts';
import type {Answer} from './trail.ts';
import type {World, WorldCall} from './world.ts';

type Metric = {
	/** What one call adds; undefined where it leaves no datum. */
	readonly value: (call: WorldCall) => number | undefined;
};

const ifOk = (value: (call: WorldCall) => number) => (call: WorldCall) =>
	call.outcome === 'ok' ? value(call) : undefined;

/** The metrics of `AWS/Bedrock` as AWS describes them: InputTokenCount excludes the cache, throttles are no invocations. */
const metrics: ReadonlyMap<string, Metric> = new Map([
	['Invocations', {value: ifOk(() => 1)}],
	['InputTokenCount', {value: ifOk(({usage}) => usage.input)}],
	['OutputTokenCount', {value: ifOk(({usage}) => usage.output)}],
	['CacheReadInputTokens', {value: ifOk(({usage}) => usage.cacheRead)}],
	['CacheWriteInputTokens', {value: ifOk(({usage}) => usage.cacheWrite5m + usage.cacheWrite1h)}],
	['InvocationLatency', {value: ifOk(({latencyMs}) => latencyMs)}],
	['TimeToFirstToken', {value: ifOk(({firstTokenMs}) => firstTokenMs)}],
	['InvocationThrottles', {value: call => (call.outcome === 'ThrottlingException' ? 1 : undefined)}],
	['InvocationClientErrors', {value: call => (call.outcome === 'AccessDenied' ? 1 : undefined)}],
]);

const namespace = 'AWS/Bedrock';

type Place = {readonly region: string; readonly now: number};

const published = (world: World, {region, now}: Place) =>
	world.callsUntil(now).filter(call => call.region === region && call.publishedAt <= now);

const dimension = (profile: string) => [{Name: 'ModelId', Value: profile}];

/** Every metric of every model that has reported. */
export const listMetrics = (world: World, request: unknown, place: Place): Answer => {
	const wanted = text(record(request)?.MetricName);
	const pairs = new Set<string>();
	for (const call of published(world, place)) {
		for (const [name, {value}] of metrics) {
			const isAsked = wanted === undefined || wanted === name;
			if (isAsked && value(call) !== undefined) pairs.add(JSON.stringify([name, call.profile]));
		}
	}
	const listed = [...pairs].sort().map(pair => JSON.parse(pair) as [string, string]);
	return {
		body: {
			Metrics: listed.map(([MetricName, profile]) => ({
				Namespace: namespace,
				MetricName,
				Dimensions: dimension(profile),
			})),
		},
	};
};

const percentile = (values: readonly number[], share: number): number => {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] as number;
};

const statistic = (name: string, values: readonly number[]): number => {
	const sum = values.reduce((total, value) => total + value, 0);
	switch (name) {
		case 'Sum':
			return sum;
		case 'SampleCount':
			return values.length;
		case 'Average':
			return sum / values.length;
		case 'Minimum':
			return Math.min(...values);
		case 'Maximum':
			return Math.max(...values);
		default:
			return percentile(values, Number(name.slice(1)) / 100);
	}
};

type Series = {
	readonly name: string;
	readonly profile: string;
	readonly startMs: number;
	readonly endMs: number;
	readonly periodMs: number;
};

/** Values by the start of their period; a period without a datum is missing, not zero. */
const collect = (world: World, series: Series, place: Place): ReadonlyMap<number, readonly number[]> => {
	const buckets = new Map<number, number[]>();
	const datum = metrics.get(series.name)?.value;
	for (const call of published(world, place)) {
		const isIn = call.profile === series.profile && call.endAt >= series.startMs && call.endAt < series.endMs;
		const value = isIn ? datum?.(call) : undefined;
		if (value === undefined) continue;
		const start = series.startMs + Math.floor((call.endAt - series.startMs) / series.periodMs) * series.periodMs;
		buckets.set(start, [...(buckets.get(start) ?? []), value]);
	}
	return buckets;
};

const profileOf = (dimensions: unknown): string => {
	const [only] = Array.isArray(dimensions) && dimensions.length === 1 ? dimensions : [];
	return text(record(only)?.Value) ?? '';
};

/** One metric of one model; more than 1,440 datapoints are refused, as AWS does. */
export const getMetricStatistics = (world: World, request: unknown, place: Place): Answer => {
	const asked = record(request) ?? {};
	const series: Series = {
		name: text(asked.MetricName) ?? '',
		profile: profileOf(asked.Dimensions),
		startMs: Number(asked.StartTime) * 1000,
		endMs: Number(asked.EndTime) * 1000,
		periodMs: Number(asked.Period) * 1000,
	};
	if ((series.endMs - series.startMs) / series.periodMs > 1440) {
		return {error: 'InvalidParameterCombinationException', message: 'You have requested too many datapoints'};
	}
	const names = (list: unknown) => (Array.isArray(list) ? list.map(String) : []);
	const points = [...collect(world, series, place)].map(([at, values]) => ({
		Timestamp: at / 1000,
		Unit: 'Count',
		...Object.fromEntries(names(asked.Statistics).map(name => [name, statistic(name, values)])),
		...(names(asked.ExtendedStatistics).length > 0 && {
			ExtendedStatistics: Object.fromEntries(
				names(asked.ExtendedStatistics).map(name => [name, statistic(name, values)]),
			),
		}),
	}));
	return {body: {Label: series.name, Datapoints: points}};
};

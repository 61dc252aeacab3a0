import {metricId} from '../world/application-profile.ts';
import type {MantleCall} from '../world/mantle-batch.ts';
import type {World, WorldCall} from '../world/world.ts';
import type {Place} from './answer.ts';

type Unit = 'Count' | 'Milliseconds';

/** The names and values that tell one series of a metric from another. */
export type Dimensions = readonly (readonly [name: string, value: string])[];

/** One value at a moment (epoch ms), which counts once in each of several series. */
type Datum = {readonly at: number; readonly value: number; readonly series: readonly Dimensions[]};

type Metric<Call> = {
	readonly unit: Unit;
	/** What one call adds; undefined where it leaves no datum. */
	readonly datum: (call: Call) => number | undefined;
	readonly series: (call: Call) => readonly Dimensions[];
};

/** A namespace of CloudWatch: its metrics, and what that region has counted of one of them by then. */
type Namespace = {
	readonly units: ReadonlyMap<string, Unit>;
	data(world: World, place: Place, metric: string, isAsked?: (at: number) => boolean): readonly Datum[];
};

type Counted = {readonly region: string; readonly endAt: number; readonly publishedAt: number};

const createNamespace = <Call extends Counted>(
	callsUntil: (world: World, now: number) => readonly Call[],
	metrics: ReadonlyMap<string, Metric<Call>>,
): Namespace => ({
	units: new Map([...metrics].map(([name, {unit}]) => [name, unit])),
	data(world, {region, now}, name, isAsked = () => true) {
		const metric = metrics.get(name);
		if (metric === undefined) return [];
		return callsUntil(world, now).flatMap(call => {
			const isCounted = call.region === region && call.publishedAt <= now && isAsked(call.endAt);
			const value = isCounted ? metric.datum(call) : undefined;
			return value === undefined ? [] : [{at: call.endAt, value, series: metric.series(call)}];
		});
	},
});

const byModelId = ({profile}: WorldCall): readonly Dimensions[] => [[['ModelId', metricId(profile)]]];

const ofSuccess = (unit: Unit, value: (call: WorldCall) => number | undefined): Metric<WorldCall> => ({
	unit,
	datum: call => (call.outcome === 'ok' ? value(call) : undefined),
	series: byModelId,
});

const ofOutcome = (outcome: WorldCall['outcome']): Metric<WorldCall> => ({
	unit: 'Count',
	datum: call => (call.outcome === outcome ? 1 : undefined),
	series: byModelId,
});

const isStreamed = ({operation}: WorldCall) => operation === 'InvokeModelWithResponseStream';

/**
 * `AWS/Bedrock` as AWS describes it: InputTokenCount excludes the cache, cache writes of five minutes and one hour are
 * one number, throttles are no invocations, only streams have a first token.
 */
const runtime: ReadonlyMap<string, Metric<WorldCall>> = new Map([
	['Invocations', ofSuccess('Count', () => 1)],
	['InputTokenCount', ofSuccess('Count', ({usage}) => usage.input)],
	['OutputTokenCount', ofSuccess('Count', ({usage}) => usage.output)],
	['CacheReadInputTokens', ofSuccess('Count', ({usage}) => usage.cacheRead)],
	['CacheWriteInputTokens', ofSuccess('Count', ({usage}) => usage.cacheWrite5m + usage.cacheWrite1h)],
	['InvocationLatency', ofSuccess('Milliseconds', ({latencyMs}) => latencyMs)],
	['TimeToFirstToken', ofSuccess('Milliseconds', call => (isStreamed(call) ? call.firstTokenMs : undefined))],
	['InvocationThrottles', ofOutcome('ThrottlingException')],
	['InvocationClientErrors', ofOutcome('AccessDenied')],
]);

const byProjectAndModel = ({project, model}: MantleCall): Dimensions => [
	['Project', project],
	['Model', model],
];

/** The account (no dimensions at all), each project and each model: sums over these count a call three times. */
const levels = ({project, model}: MantleCall): readonly Dimensions[] => [
	[],
	[['Project', project]],
	[['Model', model]],
];

const allLevels = (call: MantleCall) => [...levels(call), byProjectAndModel(call)];

const ofInference = (
	value: (call: MantleCall) => number,
	series: (call: MantleCall) => readonly Dimensions[],
): Metric<MantleCall> => ({
	unit: 'Count',
	datum: call => (call.outcome === 'ok' ? value(call) : undefined),
	series,
});

/**
 * `AWS/BedrockMantle` with its four levels; the totals lack the finest one, which has metrics of its own.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/monitoring-mantle-metrics.html
 */
const mantle: ReadonlyMap<string, Metric<MantleCall>> = new Map([
	['Inferences', ofInference(() => 1, allLevels)],
	[
		'InferenceClientErrors',
		{unit: 'Count', datum: ({outcome}) => (outcome === 'ok' ? undefined : 1), series: allLevels},
	],
	['TotalInputTokens', ofInference(({input}) => input, levels)],
	['TotalOutputTokens', ofInference(({output}) => output, levels)],
	[
		'InputTokens',
		ofInference(
			({input}) => input,
			call => [byProjectAndModel(call)],
		),
	],
	[
		'OutputTokens',
		ofInference(
			({output}) => output,
			call => [byProjectAndModel(call)],
		),
	],
]);

/** By name. */
export const namespaces: ReadonlyMap<string, Namespace> = new Map([
	['AWS/Bedrock', createNamespace((world, now) => world.callsUntil(now), runtime)],
	['AWS/BedrockMantle', createNamespace((world, now) => world.mantleCallsUntil(now), mantle)],
]);

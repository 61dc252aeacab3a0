import type {Place} from './answer.ts';
import type {World, WorldCall} from './world.ts';

type Metric = {
	readonly unit: 'Count' | 'Milliseconds';
	/** What one call adds; undefined where it leaves no datum. */
	readonly datum: (call: WorldCall) => number | undefined;
};

const ofSuccess = (unit: Metric['unit'], value: (call: WorldCall) => number | undefined): Metric => ({
	unit,
	datum: call => (call.outcome === 'ok' ? value(call) : undefined),
});

const ofOutcome = (outcome: WorldCall['outcome']): Metric => ({
	unit: 'Count',
	datum: call => (call.outcome === outcome ? 1 : undefined),
});

const isStreamed = ({operation}: WorldCall) => operation === 'InvokeModelWithResponseStream';

/**
 * The metrics of `AWS/Bedrock` as AWS describes them: InputTokenCount excludes the cache, cache writes of five minutes
 * and one hour are one number, throttles are no invocations, only streams have a first token.
 */
export const metrics: ReadonlyMap<string, Metric> = new Map([
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

export const namespace = 'AWS/Bedrock';

/** The calls that CloudWatch of that region has counted by then. */
export const published = (world: World, {region, now}: Place): readonly WorldCall[] =>
	world.callsUntil(now).filter(call => call.region === region && call.publishedAt <= now);

/** One metric of one model over a time; times are epoch ms. */
export type SeriesQuery = {
	readonly namespace: string;
	readonly metric: string;
	/** Undefined where the dimensions asked for are not exactly ModelId: such a series does not exist. */
	readonly profile: string | undefined;
	readonly unit: string | undefined;
	readonly startMs: number;
	readonly endMs: number;
	readonly periodMs: number;
};

/** Values by the start of their period, in no order; a period without a datum is missing, not zero. */
export const collect = (
	calls: readonly WorldCall[],
	{namespace: asked, metric: name, profile, unit, startMs, endMs, periodMs}: SeriesQuery,
): ReadonlyMap<number, readonly number[]> => {
	const periods = new Map<number, number[]>();
	const metric = metrics.get(name);
	const isKnown = metric !== undefined && asked === namespace && (unit === undefined || unit === metric.unit);
	if (!isKnown) return periods;
	for (const call of calls) {
		const isIn = call.profile === profile && call.endAt >= startMs && call.endAt < endMs;
		const value = isIn ? metric.datum(call) : undefined;
		if (value === undefined) continue;
		const start = startMs + Math.floor((call.endAt - startMs) / periodMs) * periodMs;
		const values = periods.get(start);
		if (values === undefined) periods.set(start, [value]);
		else values.push(value);
	}
	return periods;
};

const simple: ReadonlyMap<string, (values: readonly number[]) => number> = new Map([
	['Sum', (values: readonly number[]) => values.reduce((total, value) => total + value, 0)],
	['SampleCount', values => values.length],
	['Average', values => values.reduce((total, value) => total + value, 0) / values.length],
	['Minimum', values => Math.min(...values)],
	['Maximum', values => Math.max(...values)],
]);

const percentile = (values: readonly number[], share: number): number => {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] as number;
};

export const isStatistic = (name: string): boolean => simple.has(name);
export const isPercentile = (name: string): boolean => /^p(100|\d{1,2}(\.\d{1,10})?)$/.test(name);

/** A statistic (`Sum`, `p50`, …) of at least one value. */
export const statistic = (name: string, values: readonly number[]): number =>
	simple.get(name)?.(values) ?? percentile(values, Number(name.slice(1)) / 100);

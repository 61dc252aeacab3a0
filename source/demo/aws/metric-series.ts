import type {World} from '../world/world.ts';
import type {Place} from './answer.ts';
import {type Dimensions, namespaces} from './namespaces.ts';

/** One series of a metric over a time; times are epoch ms. */
export type SeriesQuery = {
	readonly namespace: string;
	readonly metric: string;
	/** A series is found by exactly its own dimensions, never by some of them. */
	readonly dimensions: Dimensions;
	readonly unit: string | undefined;
	readonly startMs: number;
	readonly endMs: number;
	readonly periodMs: number;
};

const contains = (some: Dimensions, others: Dimensions) =>
	others.every(([name, value]) => some.some(mine => mine[0] === name && mine[1] === value));

const isSame = (a: Dimensions, b: Dimensions) => a.length === b.length && contains(a, b) && contains(b, a);

/** The unit of a metric; undefined where there is no such metric. */
export const unitOf = ({namespace, metric}: Pick<SeriesQuery, 'namespace' | 'metric'>) =>
	namespaces.get(namespace)?.units.get(metric);

/** Values by the start of their period, in no order; a period without a datum is missing, not zero. */
export const collect = (world: World, place: Place, query: SeriesQuery): ReadonlyMap<number, readonly number[]> => {
	const {namespace, metric, dimensions, unit = unitOf(query), startMs, endMs, periodMs} = query;
	const periods = new Map<number, number[]>();
	if (unit !== unitOf(query)) return periods;
	const data = namespaces.get(namespace)?.data(world, place, metric, at => at >= startMs && at < endMs) ?? [];
	for (const {at, value, series} of data) {
		if (!series.some(each => isSame(each, dimensions))) continue;
		const start = startMs + Math.floor((at - startMs) / periodMs) * periodMs;
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

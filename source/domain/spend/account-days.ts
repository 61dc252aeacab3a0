import {type CountMetric, countWithin, cutHour, type ModelMetrics} from '../metrics/metrics.ts';
import {noUsage, type Usage} from '../money/usage.ts';

const dayMs = 86_400_000;

/** What was used on one UTC day; `at` is its beginning, epoch ms. */
export type Day = {readonly at: number; readonly usage: Usage};

const kindOf: Readonly<Partial<Record<CountMetric, keyof Usage>>> = {
	InputTokenCount: 'input',
	OutputTokenCount: 'output',
	CacheReadInputTokens: 'cacheRead',
	CacheWriteInputTokens: 'cacheWrite5m',
};

/** The first and the last moment of which something is known, epoch ms. */
const knownWithin = ({series, hours}: ModelMetrics, {since, until}: {since: number; until: number}) => {
	const all = [...series.values(), ...hours.values()].filter(({size}) => size > 0);
	return {
		from: Math.max(since, Math.min(...all.map(({first}) => first?.at ?? Number.POSITIVE_INFINITY))),
		to: Math.min(until, Math.max(...all.map(({last}) => last?.at ?? Number.NEGATIVE_INFINITY))),
	};
};

/** Tokens by UTC day, because that is when prices change; all cache writes as 5-minute ones for now. */
export const daysOf = (
	model: ModelMetrics,
	{since, until = Number.POSITIVE_INFINITY}: {readonly since: number; readonly until?: number | undefined},
): readonly Day[] => {
	const days: Day[] = [];
	const kinds = Object.entries(kindOf) as [CountMetric, keyof Usage][];
	const {from, to} = knownWithin(model, {since, until});
	for (let at = Math.floor(from / dayMs) * dayMs; at <= to; at += dayMs) {
		const [start, end] = [Math.max(at, since), Math.min(at + dayMs, until)];
		const counts = kinds.map(([metric, kind]) => [kind, countWithin(model, metric, start, end)] as const);
		const known = counts.filter(([, count]) => count !== undefined);
		const usage = Object.fromEntries(known.map(([kind, count]) => [kind, Math.round(count ?? 0)]));
		if (known.length > 0) days.push({at, usage: {...noUsage, ...usage}});
	}
	return days;
};

/** What the hour that the window's beginning cuts in two has used, and the part of it that lies within. */
export const cutOf = (model: ModelMetrics, since: number): (Day & {readonly share: number}) | undefined => {
	const kinds = Object.entries(kindOf) as [CountMetric, keyof Usage][];
	const cuts = kinds.flatMap(([metric, kind]) => {
		const cut = cutHour(model, metric, since);
		return cut === undefined ? [] : [{...cut, kind}];
	});
	const [first] = cuts;
	if (first === undefined) return undefined;
	const usage = Object.fromEntries(cuts.map(({kind, value}) => [kind, Math.round(value)]));
	return {at: Math.floor(first.at / dayMs) * dayMs, usage: {...noUsage, ...usage}, share: first.share};
};

/** Each count's part of so much, 0 to 1. */
export const scaled = (usage: Usage, share: number): Usage =>
	Object.fromEntries(Object.entries(usage).map(([kind, count]) => [kind, Math.round(count * share)])) as Usage;

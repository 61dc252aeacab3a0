import {type JsonRecord, record, text} from '../domain/json.ts';
import {type Answer, failure, type Place} from './answer.ts';
import {
	collect,
	isPercentile,
	isStatistic,
	metrics,
	namespace,
	published,
	type SeriesQuery,
	statistic,
} from './metric-series.ts';
import type {World} from './world.ts';

const minuteMs = 60_000;
const maxDatapoints = 1440;
const pageSize = 500;

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const combination = (message: string) => failure('InvalidParameterCombinationException', message);
const invalid = (message: string) => failure('InvalidParameterValueException', message);

/** Every metric of every model that has reported, at most 500 a page. */
export const listMetrics = (world: World, request: unknown, place: Place): Answer => {
	const asked = record(request) ?? {};
	const {Namespace: space = namespace, MetricName: only, NextToken: token = '0'} = asked;
	const filters = list(asked.Dimensions).map(record);
	const series = new Map<string, {readonly name: string; readonly profile: string}>();
	for (const call of space === namespace ? published(world, place) : []) {
		const {profile} = call;
		const isModelAsked = filters.every(
			filter => filter?.Name === 'ModelId' && (filter.Value === undefined || filter.Value === profile),
		);
		for (const [name, {datum}] of isModelAsked ? metrics : []) {
			const isAsked = only === undefined || only === name;
			if (isAsked && datum(call) !== undefined) series.set(`${name} ${profile}`, {name, profile});
		}
	}
	const from = Number(token);
	if (!Number.isSafeInteger(from)) return invalid('NextToken is not valid.');
	const sorted = [...series].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, found]) => found);
	const page = sorted.slice(from, from + pageSize);
	return {
		body: {
			Metrics: page.map(({name, profile}) => ({
				Namespace: namespace,
				MetricName: name,
				Dimensions: [{Name: 'ModelId', Value: profile}],
			})),
			...(sorted.length > from + pageSize && {NextToken: String(from + pageSize)}),
		},
	};
};

const profileOf = (dimensions: unknown): string | undefined => {
	const [only, ...others] = list(dimensions).map(record);
	const isModel = only?.Name === 'ModelId' && others.length === 0;
	return isModel ? text(only.Value) : undefined;
};

/** What both query operations have in common; CloudWatch takes the start at its minute. */
const seriesQuery = (metric: JsonRecord, period: unknown, unit: unknown, times: JsonRecord): SeriesQuery => ({
	namespace: text(metric.Namespace) ?? '',
	metric: text(metric.MetricName) ?? '',
	profile: profileOf(metric.Dimensions),
	unit: text(unit),
	startMs: Math.floor((Number(times.StartTime) * 1000) / minuteMs) * minuteMs,
	endMs: Number(times.EndTime) * 1000,
	periodMs: Number(period) * 1000,
});

const complaint = ({startMs, endMs, periodMs}: SeriesQuery): Answer | undefined => {
	const isPeriod = periodMs > 0 && periodMs % minuteMs === 0;
	if (!isPeriod) return invalid('The parameter Period must be a multiple of 60.');
	return startMs < endMs ? undefined : invalid('The parameter StartTime must be less than the parameter EndTime.');
};

/** One metric of one model; more than 1,440 datapoints are refused, as AWS does. */
export const getMetricStatistics = (world: World, request: unknown, place: Place): Answer => {
	const asked = record(request) ?? {};
	const query = seriesQuery(asked, asked.Period, asked.Unit, asked);
	const refused = complaint(query);
	if (refused !== undefined) return refused;
	const datapoints = Math.ceil((query.endMs - query.startMs) / query.periodMs);
	if (datapoints > maxDatapoints) {
		return combination(
			`You have requested up to ${datapoints} datapoints, which exceeds the limit of ${maxDatapoints}.`,
		);
	}
	const [simple, extended] = [list(asked.Statistics).map(String), list(asked.ExtendedStatistics).map(String)];
	if (simple.length + extended.length === 0) return combination('Statistics or ExtendedStatistics must be given.');
	const isKnown = simple.every(isStatistic) && extended.every(isPercentile);
	if (!isKnown) return invalid('A statistic is not known.');
	const valuesOf = (names: readonly string[], values: readonly number[]) =>
		Object.fromEntries(names.map(name => [name, statistic(name, values)]));
	const points = [...collect(published(world, place), query)].map(([at, values]) => ({
		Timestamp: at / 1000,
		Unit: metrics.get(query.metric)?.unit,
		...valuesOf(simple, values),
		...(extended.length > 0 && {ExtendedStatistics: valuesOf(extended, values)}),
	}));
	return {body: {Label: query.metric, Datapoints: points}};
};

/** Several metrics at once; only `MetricStat` queries, newest first unless asked otherwise, always in one page. */
export const getMetricData = (world: World, request: unknown, place: Place): Answer => {
	const asked = record(request) ?? {};
	const calls = published(world, place);
	const isAscending = asked.ScanBy === 'TimestampAscending';
	const results: object[] = [];
	for (const entry of list(asked.MetricDataQueries).map(record)) {
		const stat = record(entry?.MetricStat);
		const metric = record(stat?.Metric);
		const name = text(stat?.Stat) ?? '';
		const isQuery = stat !== undefined && metric !== undefined && (isStatistic(name) || isPercentile(name));
		if (!isQuery) return failure('ValidationError', 'The demo account answers MetricStat queries only.');
		const query = seriesQuery(metric, stat.Period, stat.Unit, asked);
		const refused = complaint(query);
		if (refused !== undefined) return refused;
		const points = [...collect(calls, query)].sort(([a], [b]) => (isAscending ? a - b : b - a));
		if (entry?.ReturnData === false) continue;
		results.push({
			Id: entry?.Id,
			Label: text(entry?.Label) ?? query.metric,
			Timestamps: points.map(([at]) => at / 1000),
			Values: points.map(([, values]) => statistic(name, values)),
			StatusCode: 'Complete',
		});
	}
	return {body: {MetricDataResults: results, Messages: []}};
};

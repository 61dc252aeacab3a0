import {type JsonRecord, record, text} from '../../domain/common/json.ts';
import type {World} from '../world/world.ts';
import {type Answer, failure, type Place} from './answer.ts';
import {collect, isPercentile, isStatistic, type SeriesQuery, statistic, unitOf} from './metric-series.ts';
import {type Dimensions, namespaces} from './namespaces.ts';

const minuteMs = 60_000;
const maxDatapoints = 1440;
const pageSize = 500;

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const combination = (message: string) => failure('InvalidParameterCombinationException', message);
const invalid = (message: string) => failure('InvalidParameterValueException', message);

type Metric = {readonly namespace: string; readonly name: string; readonly dimensions: Dimensions};

/** Every series that has reported, by what tells it apart from the others. */
const reported = (world: World, place: Place, only: unknown): ReadonlyMap<string, Metric> => {
	const found = new Map<string, Metric>();
	for (const [namespace, {units, data}] of namespaces) {
		if (only !== undefined && only !== namespace) continue;
		for (const name of units.keys()) {
			for (const dimensions of data(world, place, name).flatMap(({series}) => series)) {
				found.set([namespace, name, ...dimensions.flat()].join(' '), {namespace, name, dimensions});
			}
		}
	}
	return found;
};

/** Every series that has reported, at most 500 a page; the dimensions asked for may be fewer than it has. */
export const listMetrics = (world: World, request: unknown, place: Place): Answer => {
	const asked = record(request) ?? {};
	const {Namespace: namespace, MetricName: only, NextToken: token = '0'} = asked;
	const filters = list(asked.Dimensions).map(record);
	const isAsked = ({name, dimensions}: Metric) => {
		const isNamed = only === undefined || only === name;
		const matches = (filter: JsonRecord | undefined) =>
			dimensions.some(([key, value]) => filter?.Name === key && (filter.Value ?? value) === value);
		return isNamed && filters.every(matches);
	};
	const from = Number(token);
	if (!Number.isSafeInteger(from)) return invalid('NextToken is not valid.');
	const sorted = [...reported(world, place, namespace)].sort(([a], [b]) => (a < b ? -1 : 1));
	const series = sorted.map(([, metric]) => metric).filter(isAsked);
	return {
		body: {
			Metrics: series.slice(from, from + pageSize).map(({namespace: space, name, dimensions}) => ({
				Namespace: space,
				MetricName: name,
				Dimensions: dimensions.map(([Name, Value]) => ({Name, Value})),
			})),
			...(series.length > from + pageSize && {NextToken: String(from + pageSize)}),
		},
	};
};

const dimensionsOf = (value: unknown): Dimensions =>
	list(value)
		.map(record)
		.map(dimension => [text(dimension?.Name) ?? '', text(dimension?.Value) ?? '']);

/** What both query operations have in common; CloudWatch takes the start at its minute. */
const seriesQuery = (metric: JsonRecord, period: unknown, unit: unknown, times: JsonRecord): SeriesQuery => ({
	namespace: text(metric.Namespace) ?? '',
	metric: text(metric.MetricName) ?? '',
	dimensions: dimensionsOf(metric.Dimensions),
	unit: text(unit),
	startMs: Math.floor((Number(times.StartTime) * 1000) / minuteMs) * minuteMs,
	endMs: Number(times.EndTime) * 1000,
	periodMs: Number(period) * 1000,
});

const rangeFailure = ({startMs, endMs, periodMs}: SeriesQuery): Answer | undefined => {
	const isPeriod = periodMs > 0 && periodMs % minuteMs === 0;
	if (!isPeriod) return invalid('The parameter Period must be a multiple of 60.');
	return startMs < endMs ? undefined : invalid('The parameter StartTime must be less than the parameter EndTime.');
};

/** One series of a metric; more than 1,440 datapoints are refused, as AWS does. */
export const getMetricStatistics = (world: World, request: unknown, place: Place): Answer => {
	const asked = record(request) ?? {};
	const query = seriesQuery(asked, asked.Period, asked.Unit, asked);
	const refused = rangeFailure(query);
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
	const points = [...collect(world, place, query)].map(([at, values]) => ({
		Timestamp: at / 1000,
		Unit: unitOf(query),
		...valuesOf(simple, values),
		...(extended.length > 0 && {ExtendedStatistics: valuesOf(extended, values)}),
	}));
	return {body: {Label: query.metric, Datapoints: points}};
};

/** Several metrics at once; only `MetricStat` queries, newest first unless asked otherwise, always in one page. */
export const getMetricData = (world: World, request: unknown, place: Place): Answer => {
	const asked = record(request) ?? {};
	const isAscending = asked.ScanBy === 'TimestampAscending';
	const results: object[] = [];
	for (const entry of list(asked.MetricDataQueries).map(record)) {
		const stat = record(entry?.MetricStat);
		const metric = record(stat?.Metric);
		const name = text(stat?.Stat) ?? '';
		const isQuery = stat !== undefined && metric !== undefined && (isStatistic(name) || isPercentile(name));
		if (!isQuery) return failure('ValidationError', 'The demo account answers MetricStat queries only.');
		const query = seriesQuery(metric, stat.Period, stat.Unit, asked);
		const refused = rangeFailure(query);
		if (refused !== undefined) return refused;
		const points = [...collect(world, place, query)].sort(([a], [b]) => (isAscending ? a - b : b - a));
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

import {type JsonRecord, record, text} from '../../domain/common/json.ts';
import {createRandom} from '../world/random.ts';
import type {World} from '../world/world.ts';
import {type Answer, failure, type Place} from './answer.ts';
import {serviceName} from './service-name.ts';

const dayMs = 86_400_000;

/** What a service costs on a working day, $; the other figures say when it is that and when it is less or nothing. */
type Service = {
	readonly name: string;
	readonly usd: readonly [low: number, high: number];
	/** The share of it that a Saturday or Sunday costs. */
	readonly weekend: number;
	/** UTC days: `from` counts, `until` no longer does. */
	readonly from?: string;
	readonly until?: string;
	/** Charged once, on the first day of a month. */
	readonly isMonthly?: boolean;
};

/** What the people of the demo would come to in a day, under the names of the bill. */
const services: readonly Service[] = [
	{name: 'Amazon Bedrock', usd: [0.4, 1.1], weekend: 0.8},
	{name: 'AmazonCloudWatch', usd: [0.9, 1.4], weekend: 1},
	{name: serviceName('haiku', '4.5'), usd: [11, 19], weekend: 0.6},
	{name: serviceName('haiku', '5.5'), usd: [0.08, 0.2], weekend: 1, from: '2026-10-07'},
	{name: serviceName('opus', '4.7'), usd: [8, 13], weekend: 1},
	{name: serviceName('opus', '5'), usd: [34, 61], weekend: 0.15, until: '2026-09-22'},
	{name: serviceName('opus', '5.5'), usd: [28, 52], weekend: 0.15, from: '2026-09-22'},
	{name: serviceName('sonnet', '5'), usd: [5, 10], weekend: 0.1, until: '2026-09-28'},
	{name: serviceName('sonnet', '5.5'), usd: [4, 8], weekend: 0.1, from: '2026-09-28'},
	{name: 'Tax', usd: [260, 390], weekend: 1, isMonthly: true},
];

const isoDay = (at: number) => new Date(at).toISOString().slice(0, 10);

/** One service's charge of a day, always the same for that day; undefined where it does not charge. */
const charge = (service: Service, index: number, day: number): string | undefined => {
	const {usd, weekend, from = '', until = '9999', isMonthly = false} = service;
	const date = new Date(day);
	const isSold = isoDay(day) >= from && isoDay(day) < until;
	const isDue = !isMonthly || date.getUTCDate() === 1;
	if (!isSold || !isDue) return undefined;
	const isWeekend = date.getUTCDay() % 6 === 0;
	const share = createRandom((day / dayMs) * 31 + index).next();
	return ((usd[0] + share * (usd[1] - usd[0])) * (isWeekend ? weekend : 1)).toFixed(10);
};

const cost = (amount: string) => ({UnblendedCost: {Amount: amount, Unit: 'USD'}});

/** One day of the bill, which lags: it has nothing of today, and the two days before may still change. */
const resultOf = (day: number, today: number) => {
	const groups = services.flatMap((service, index) => {
		const amount = day < today ? charge(service, index, day) : undefined;
		return amount === undefined ? [] : [{Keys: [service.name], Metrics: cost(amount)}];
	});
	return {
		TimePeriod: {Start: isoDay(day), End: isoDay(day + dayMs)},
		Total: groups.length === 0 ? cost('0') : {},
		Groups: groups,
		Estimated: day >= today - 2 * dayMs,
	};
};

/** A calendar day's UTC midnight, epoch ms; undefined for anything that is not one (2026-02-30). */
const midnight = (value: unknown): number | undefined => {
	const day = text(value);
	const at = day !== undefined && /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(day) : Number.NaN;
	return Number.isFinite(at) && isoDay(at) === day ? at : undefined;
};

const invalid = (message: string) => failure('ValidationException', message);

const isOnly = (value: unknown, matches: (entry: unknown) => boolean): boolean =>
	Array.isArray(value) && value.length === 1 && matches(value[0]);

const isService = (group: unknown) => record(group)?.Type === 'DIMENSION' && record(group)?.Key === 'SERVICE';

/** The one report that the demo knows; any other is refused, never answered by this one. */
const isKnownReport = ({Granularity, Metrics, GroupBy, Filter}: JsonRecord): boolean =>
	Granularity === 'DAILY' &&
	Filter === undefined &&
	isOnly(Metrics, metric => metric === 'UnblendedCost') &&
	isOnly(GroupBy, isService);

/** Cost Explorer's daily cost by service. It knows thirteen months, and no later than the end of this one. */
export const getCostAndUsage = (_: World, request: unknown, {now}: Place): Answer => {
	const asked = record(request) ?? {};
	const period = record(asked.TimePeriod);
	const [start, end] = [midnight(period?.Start), midnight(period?.End)];
	if (start === undefined || end === undefined) return invalid('Start and end must be days as YYYY-MM-DD.');
	if (start >= end) return invalid('Start date (and hour) should be before end date (and hour)');
	const date = new Date(now);
	const month = (offset: number) => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + offset, 1);
	if (start < month(-13)) return invalid('Historical data beyond 13 months is not available.');
	if (end > month(1)) return invalid('end date past the beginning of next month');
	if (!isKnownReport(asked)) return invalid('The demo account answers daily UnblendedCost by SERVICE only.');
	const today = Math.floor(now / dayMs) * dayMs;
	const days = Array.from({length: (end - start) / dayMs}, (_day, index) => start + index * dayMs);
	return {
		body: {
			GroupDefinitions: [{Type: 'DIMENSION', Key: 'SERVICE'}],
			ResultsByTime: days.map(day => resultOf(day, today)),
			DimensionValueAttributes: [],
		},
	};
};

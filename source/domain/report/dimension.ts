import {localDay, localHour} from '../common/calendar.ts';

/** What a report sums up by, in the order in which they are offered. */
export const dimensions = [
	...(['day', 'hour', 'model', 'project', 'session', 'agent', 'principal', 'region', 'account'] as const),
] as const;

export type Dimension = (typeof dimensions)[number];

/** Days and hours: in the order of their time, all else by what it costs. */
export const isTime = (dimension: Dimension): dimension is 'day' | 'hour' =>
	dimension === 'day' || dimension === 'hour';

/** The beginning of the local day or hour, as the key of its row. */
export const timeKey = (dimension: 'day' | 'hour', at: number): string =>
	new Date(dimension === 'day' ? localDay(at) : localHour(at)).toISOString();

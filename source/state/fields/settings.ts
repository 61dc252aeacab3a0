import * as v from 'valibot';
import type {FanOutLimits} from '../../domain/agents/fan-out.ts';
import type {Beginning} from '../../domain/common/window.ts';
import type {Limits} from '../../domain/spend/budget.ts';
import type {CacheLifetime} from '../../domain/spend/cache-split.ts';
import {isPublicRegion} from '../redaction/names.ts';
import type {Settings} from '../state.ts';
import {type Field, list, object, oneOf, optional, plain} from './field.ts';
import {amount, count, duration, flag, interval, region, time} from './values.ts';

const calendar = oneOf(['day', 'month'], 'day');
const beginning: Field<Beginning> = {
	...plain(v.union([calendar.schema, time.schema])),
	redact: (it, names) => (typeof it === 'number' ? time.redact(it, names) : calendar.redact(it, names)),
};

/** The lengths of time that things count for. */
export const window = {
	...{spendSince: time, historySince: time, feedMs: duration},
	...{spanMs: optional(duration), begins: optional(beginning), longestMs: optional(duration)},
};

/**
 * What the person chose. Not the AWS profile, whose name may be anybody's; nor a region that AWS does not have, which may
 * be anything.
 */
export const settings = object<Omit<Settings, 'awsProfile'>>({
	...window,
	askedRegions: {...list(region), redact: regions => regions.filter(isPublicRegion)},
	limits: object<Limits>({day: optional(amount), month: optional(amount)}),
	fanOut: optional(
		object<FanOutLimits>({
			agents: object({most: count, isChosen: flag}),
			spend: object({most: amount, isChosen: flag}),
		}),
	),
	cacheLifetime: optional(oneOf<CacheLifetime>(['5m', '1h'], '5m')),
	watchCap: amount,
	refreshMs: interval,
});

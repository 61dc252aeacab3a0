import * as v from 'valibot';
import type {Bill} from '../../domain/money/bill.ts';
import {type Field, knownWord, list, mapOf, object, plain, text} from '../../state/fields/field.ts';
import {amount, flag, time} from '../../state/fields/values.ts';

const isDay = (name: string) => /^\d{4}-\d\d-\d\d$/.test(name);
const day: Field<string> = {
	...plain(v.pipe(v.string(), v.isoDate())),
	redact: name => (isDay(name) ? name : '1970-01-01'),
};

/** What Cost Explorer has billed. */
export const billField = object<Bill>({
	from: day,
	to: day,
	amount,
	days: {...mapOf(day, amount), redact: all => new Map([...all].filter(([name]) => isDay(name)))},
	models: list(object({service: text((service, names) => names.alias('service', service)), amount})),
	isProvisional: flag,
	askedAt: time,
	currency: knownWord(['USD'], 'USD'),
});

import * as v from 'valibot';
import type {Bill} from '../../domain/money/bill.ts';
import type {
	Availability,
	CalledTarget,
	Finding,
	Permission,
	Prerequisites,
} from '../../domain/refusals/prerequisites.ts';
import {publicAction} from '../redaction/standard-texts.ts';
import {
	type Field,
	knownWord,
	list,
	mapOf,
	object,
	oneOf,
	optional,
	plain,
	text,
	unrecorded,
	variant,
} from './field.ts';
import {amount, calledId, flag, leftOut, prose, region, time} from './values.ts';

const isDay = (name: string) => /^\d{4}-\d\d-\d\d$/.test(name);
const day: Field<string> = {
	...plain(v.pipe(v.string(), v.isoDate())),
	redact: name => (isDay(name) ? name : '1970-01-01'),
};

/** What Cost Explorer has billed. */
export const bill = object<Bill>({
	from: day,
	to: day,
	amount,
	days: {...mapOf(day, amount), redact: all => new Map([...all].filter(([name]) => isDay(name)))},
	models: list(object({service: text((service, names) => names.alias('service', service)), amount})),
	isProvisional: flag,
	askedAt: time,
	currency: knownWord(['USD'], 'USD'),
});

const finding = <T>(value: Field<T>): Field<Finding<T>> =>
	variant<Finding<unknown>, 'state'>('state', {
		known: {value: value as Field<unknown>},
		unknown: {
			reason: unrecorded(prose, leftOut),
			fix: unrecorded({mask: (fix, masking) => fix && masking.sentence(fix)}, null),
		},
	}) as Field<Finding<T>>;

const access = knownWord(['AVAILABLE', 'NOT_AVAILABLE', 'PENDING', 'ERROR', 'AUTHORIZED', 'NOT_AUTHORIZED'], 'ERROR');
const availability = object<Availability>({agreement: access, authorization: access, entitlement: access, region});

const destinations = ['CloudWatch', 'S3'] as const;
const logging = list(oneOf(destinations, 'S3'));

/** What Claude Code looks up before it calls. */
const lookups = ['bedrock:ListInferenceProfiles', 'bedrock:GetInferenceProfile'];

const permission = object<Permission>({
	action: text(action => (lookups.includes(action) ? action : publicAction(action))),
	id: optional(calledId),
	decision: oneOf(['allowed', 'explicitDeny', 'implicitDeny', 'unknown'], 'unknown'),
	deniedBy: optional(oneOf(['organization', 'boundary'], 'boundary')),
	resources: optional(list(calledId)),
	reason: unrecorded({mask: (reason, masking) => reason && masking.sentence(reason)}, undefined),
});

/** What calls need of the account. */
export const prerequisites = object<Prerequisites>({
	region,
	available: optional(list(calledId)),
	called: list(object<CalledTarget>({id: calledId, isProfile: flag, exists: finding(flag)})),
	destinations: mapOf(calledId, list(calledId)),
	models: list(object({model: calledId, availability: finding(availability)})),
	useCaseForm: finding(flag),
	logging: finding({...logging, redact: where => where.filter(name => destinations.includes(name))}),
	permissions: finding(list(permission)),
});

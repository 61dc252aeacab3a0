import {retentionModes} from '../../domain/models/retention.ts';
import type {
	Availability,
	CalledTarget,
	Finding,
	Permission,
	Prerequisites,
} from '../../domain/refusals/prerequisites.ts';
import {
	type Field,
	knownWord,
	list,
	mapOf,
	object,
	oneOf,
	optional,
	text,
	unrecorded,
	variant,
} from '../../state/fields/field.ts';
import {calledId, flag, region} from '../../state/fields/values.ts';
import {publicAction} from '../../state/redaction/standard-texts.ts';

const finding = <T>(value: Field<T>): Field<Finding<T>> =>
	variant<Finding<unknown>, 'state'>('state', {
		known: {value: value as Field<unknown>},
		unknown: {
			reason: unrecorded({mask: (reason, masking) => reason && masking.sentence(reason)}, undefined),
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
export const prerequisitesField = object<Prerequisites>({
	region,
	available: optional(list(calledId)),
	called: list(object<CalledTarget>({id: calledId, isProfile: flag, exists: finding(flag)})),
	destinations: mapOf(calledId, list(calledId)),
	models: list(object({model: calledId, availability: finding(availability)})),
	useCaseForm: finding(flag),
	logging: finding({...logging, redact: where => where.filter(name => destinations.includes(name))}),
	retention: optional(finding(knownWord(retentionModes, 'unknown'))),
	permissions: finding(list(permission)),
});

import type {Call, CallResult, TrailRecord} from '../../domain/calls/call.ts';
import type {Principal} from '../../domain/calls/principal.ts';
import {outcomeClass} from '../../domain/refusals/outcome.ts';
import {type Field, knownWord, list, object, oneOf, optional, text, unrecorded, variant} from './field.ts';
import {calledId, count, errorMessage, flag, isErrorName, prose, recordId, region, time} from './values.ts';

const name = text(
	(value, names) => names.person(value),
	(value, masking) => masking.sentence(value),
);

export const principal: Field<Principal> = {
	schema: object<Principal>({
		kind: oneOf(['iam-user', 'assumed-role', 'sso', 'federated', 'root', 'unknown'], 'unknown'),
		...{name: optional(name), arn: optional(name), accountId: optional(name)},
	}).schema,
	mask: (value, masking) => masking.principal(value),
	redact: (value, names) => names.principal(value),
};

const operations = ['InvokeModel', 'InvokeModelWithResponseStream', 'Converse', 'ConverseStream'];
const errorLike = {ok: 'ok', refused: 'AccessDenied', throttled: 'Throttling', failed: 'InternalServer'} as const;

/** Where a call came from and through. No recording keeps it. */
const origin = (kind: string): Field<string | undefined> =>
	unrecorded({mask: (value, masking) => value && masking.alias(kind, value)}, undefined);

const tokens = object<NonNullable<Call['tokens']>>({input: count, output: count});

const call = object<Call>({
	eventId: recordId,
	requestId: optional(recordId),
	at: time,
	operation: knownWord(operations, 'InvokeModel'),
	profile: optional(calledId),
	region,
	ranIn: optional(region),
	principal,
	client: optional(text((agent, names) => names.client(agent), prose.mask)),
	bearer: flag,
	sourceAddress: origin('address'),
	vpcEndpointId: origin('endpoint'),
	vpcEndpointAccountId: unrecorded({mask: (value, masking) => value && masking.text(value)}, undefined),
	endpointHost: origin('host'),
	tlsVersion: unrecorded({mask: value => value}, undefined),
	outcome: text(word => (isErrorName(word) ? word : errorLike[outcomeClass({outcome: word})])),
	message: optional(errorMessage),
	tokens: optional(tokens),
});

export const trailRecords = list(
	variant<TrailRecord, 'kind'>('kind', {
		call: {call},
		result: {
			result: object<CallResult>({parentRequestId: recordId, ranIn: optional(region), tokens: optional(tokens)}),
		},
	}),
);

import {count, instant, type JsonRecord, record, text} from '../common/json.ts';
import {type Principal, principalFromIdentity} from './principal.ts';

/** One model call on the account: a CloudTrail `AwsApiCall` record of an inference operation. */
export type Call = {
	readonly eventId: string;
	readonly requestId?: string | undefined;
	/** CloudTrail's `eventTime`, epoch ms, whole seconds. */
	readonly at: number;
	readonly operation: string;
	/** What was called: profile id, ARN or bare model id. */
	readonly profile?: string | undefined;
	/** The region of the endpoint, which is where CloudTrail keeps the record. */
	readonly region: string;
	/** `additionalEventData.inferenceRegion`: where a cross-region profile sent it. */
	readonly ranIn?: string | undefined;
	readonly principal: Principal;
	readonly client?: string | undefined;
	readonly bearer: boolean;
	/** Where the call came from: an address, a private one behind a VPC endpoint, or the name of an AWS service. */
	readonly sourceAddress?: string | undefined;
	/** The VPC endpoint it came through, and the account that owns the endpoint. */
	readonly vpcEndpointId?: string | undefined;
	readonly vpcEndpointAccountId?: string | undefined;
	/** The host that the client asked for, and how the connection was encrypted. */
	readonly endpointHost?: string | undefined;
	readonly tlsVersion?: string | undefined;
	/** `ok`, or CloudTrail's errorCode without `Client.` before and `Exception` behind. */
	readonly outcome: string;
	readonly message?: string | undefined;
	/** Evidence only: CloudTrail never shows cache tokens, so these must not be priced. */
	readonly tokens?: {readonly input: number; readonly output: number} | undefined;
};

/** The completion record of a streamed call: an `AwsServiceEvent` that names its call's request id. */
export type CallResult = Pick<Call, 'ranIn' | 'tokens'> & {readonly parentRequestId: string};

export type TrailRecord =
	| {readonly kind: 'call'; readonly call: Call}
	| {readonly kind: 'result'; readonly result: CallResult};

export type OutcomeClass = 'ok' | 'refused' | 'throttled' | 'failed';

/** https://docs.aws.amazon.com/bedrock/latest/userguide/logging-using-cloudtrail.html: the operations logged as management events. */
const inferenceOperations = new Set(['InvokeModel', 'InvokeModelWithResponseStream', 'Converse', 'ConverseStream']);

/** One spelling for one failure: services disagree on prefix and suffix (`AccessDenied`, `AccessDeniedException`). */
export const normaliseErrorCode = (code: string): string => code.replace(/^Client\./, '').replace(/Exception$/, '');

/** The service event's entries, which come as a map or as a list of `{key, value}`. */
const serviceEntries = (details: JsonRecord): JsonRecord => {
	const data = record(details.AdditionalEventData) ?? record(details.additionalEventData);
	const entries = data?.additionalEntries;
	if (!Array.isArray(entries)) return record(entries) ?? {};
	const pairs = entries.map(record).map(entry => [text(entry?.key) ?? '', entry?.value] as const);
	return Object.fromEntries(pairs);
};

const evidence = (data: JsonRecord | undefined): Pick<Call, 'ranIn' | 'tokens'> => {
	const ranIn = text(data?.inferenceRegion);
	const input = count(data?.inputTokens);
	const output = count(data?.outputTokens);
	const hasTokens = input !== undefined || output !== undefined;
	return {
		ranIn,
		tokens: hasTokens ? {input: input ?? 0, output: output ?? 0} : undefined,
	};
};

const calledModel = (event: JsonRecord): string | undefined => {
	const asked = text(record(event.requestParameters)?.modelId);
	if (asked !== undefined) return asked;
	const resources = Array.isArray(event.resources) ? event.resources : [];
	return resources
		.map(resource => text(record(resource)?.ARN))
		.find(
			arn => arn !== undefined && /:(foundation-model|inference-profile|application-inference-profile)\//.test(arn),
		);
};

/** How a call reached Bedrock; AWS's own records of 2024 lack some of it, and those of a service all. */
const pathOf = (
	event: JsonRecord,
): Pick<Call, 'sourceAddress' | 'vpcEndpointId' | 'vpcEndpointAccountId' | 'endpointHost' | 'tlsVersion'> => {
	const tls = record(event.tlsDetails);
	return {
		sourceAddress: text(event.sourceIPAddress),
		vpcEndpointId: text(event.vpcEndpointId),
		vpcEndpointAccountId: text(event.vpcEndpointAccountId),
		endpointHost: text(tls?.clientProvidedHostHeader),
		tlsVersion: text(tls?.tlsVersion),
	};
};

const readCall = (event: JsonRecord, eventId: string, at: number, operation: string): Call => {
	const requestId = text(event.requestID);
	const profile = calledModel(event);
	const client = text(event.userAgent);
	const code = text(event.errorCode);
	const message = text(event.errorMessage);
	const data = record(event.additionalEventData);
	const parameters = record(event.requestParameters);
	return {
		eventId,
		requestId,
		at,
		operation,
		profile,
		region: text(event.awsRegion) ?? 'unknown',
		...evidence(data),
		principal: principalFromIdentity(record(event.userIdentity)),
		client,
		bearer: data?.callWithBearerToken === true || parameters?.callWithBearerToken === true,
		...pathOf(event),
		outcome: code === undefined ? 'ok' : normaliseErrorCode(code),
		message,
	};
};

/**
 * A parsed `CloudTrailEvent`: a model call, the completion of one, or undefined for everything else
 * (control plane, other services, records without id or time). Only `AwsApiCall` is ever counted, because
 * streamed calls may leave an `AwsServiceEvent` of the same name beside it.
 */
export const readTrailRecord = (value: unknown): TrailRecord | undefined => {
	const event = record(value);
	if (event === undefined || event.eventSource !== 'bedrock.amazonaws.com') return undefined;
	const details = record(event.serviceEventDetails);
	const parentRequestId = text(details?.parentRequestId);
	if (event.eventType === 'AwsServiceEvent') {
		const isResult = details !== undefined && parentRequestId !== undefined;
		return isResult ? {kind: 'result', result: {parentRequestId, ...evidence(serviceEntries(details))}} : undefined;
	}
	const eventId = text(event.eventID);
	const at = instant(event.eventTime);
	const operation = text(event.eventName);
	const isIdentified = eventId !== undefined && at !== undefined && operation !== undefined;
	const isCall = isIdentified && event.eventType === 'AwsApiCall' && inferenceOperations.has(operation);
	return isCall ? {kind: 'call', call: readCall(event, eventId, at, operation)} : undefined;
};

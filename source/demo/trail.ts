import {parseJson, record, text} from '../domain/json.ts';
import {accountId} from './people.ts';
import {refusalMessage, type World, type WorldCall} from './world.ts';

/** What LookupEvents answers, or the name and message of the error it throws. */
export type Answer = {readonly body: object} | {readonly error: string; readonly message: string};

type TrailEvent = {readonly at: number; readonly id: string; readonly deliveredAt: number; readonly json: () => object};

const isoSeconds = (at: number) => new Date(Math.floor(at / 1000) * 1000).toISOString().replace('.000Z', 'Z');

const common = (call: WorldCall, eventID: string, eventName: string) => ({
	eventVersion: '1.11',
	eventTime: isoSeconds(call.at),
	eventSource: 'bedrock.amazonaws.com',
	eventName,
	awsRegion: call.region,
	eventID,
	readOnly: true,
	managementEvent: true,
	recipientAccountId: accountId,
	eventCategory: 'Management',
});

const userIdentity = ({person}: WorldCall) => ({
	type: person.type,
	principalId: `AIDAEXAMPLE:${person.name}`,
	arn: person.arn,
	accountId,
	...(person.type === 'IAMUser' && {userName: person.name}),
});

const invocation = (call: WorldCall) => ({
	...common(call, call.eventId, 'InvokeModelWithResponseStream'),
	eventType: 'AwsApiCall',
	userIdentity: userIdentity(call),
	sourceIPAddress: '203.0.113.24',
	userAgent: call.person.client,
	requestParameters: {modelId: call.profile},
	responseElements: null,
	...(call.outcome === 'ok'
		? {additionalEventData: {inferenceRegion: call.ranIn}}
		: {
				errorCode: call.outcome,
				errorMessage: call.outcome === 'AccessDenied' ? refusalMessage(call) : 'Too many requests, please wait',
			}),
	requestID: call.requestId,
	tlsDetails: {tlsVersion: 'TLSv1.3', clientProvidedHostHeader: `bedrock-runtime.${call.region}.amazonaws.com`},
});

/** The completion record; CloudTrail's input never includes the cached part. */
const completion = (call: WorldCall, eventId: string) => ({
	...common(call, eventId, 'InvokeModelWithResponseStream'),
	eventType: 'AwsServiceEvent',
	userIdentity: {accountId, invokedBy: 'bedrock.amazonaws.com'},
	requestParameters: null,
	responseElements: null,
	serviceEventDetails: {
		parentRequestId: call.requestId,
		AdditionalEventData: {
			additionalEntries: {
				inferenceRegion: call.ranIn,
				inputTokens: call.usage.input,
				outputTokens: call.usage.output,
			},
		},
	},
});

/** A session's start asks the control plane too; such records must not be taken for model calls. */
const listing = (call: WorldCall, eventId: string) => ({
	...common(call, eventId, 'ListInferenceProfiles'),
	eventType: 'AwsApiCall',
	userIdentity: userIdentity(call),
	userAgent: 'aws-sdk-js/3.936.0',
	requestParameters: {type: 'SYSTEM_DEFINED'},
	requestID: eventId,
});

const eventsOf = (call: WorldCall): readonly TrailEvent[] => {
	const {at, deliveredAt, eventId: id} = call;
	const twinId = id.replace(/^./, 'f').replace(/.$/, '1');
	const listId = id.replace(/^./, 'e').replace(/.$/, '2');
	const isStreamed = call.outcome === 'ok' && call.hasTwin;
	const isFirst = id.endsWith('0');
	return [
		{at, id, deliveredAt, json: () => invocation(call)},
		...(isStreamed ? [{at, id: twinId, deliveredAt: deliveredAt + 1500, json: () => completion(call, twinId)}] : []),
		...(isFirst ? [{at, id: listId, deliveredAt, json: () => listing(call, listId)}] : []),
	];
};

const newestFirst = (a: TrailEvent, b: TrailEvent) => b.at - a.at || (a.id < b.id ? -1 : 1);

const lookUpResult = ({at, id, json}: TrailEvent, call: object) => ({
	EventId: id,
	EventName: text(record(call)?.eventName),
	ReadOnly: 'true',
	EventTime: Math.floor(at / 1000),
	EventSource: 'bedrock.amazonaws.com',
	Username: text(record(record(call)?.userIdentity)?.arn)
		?.split('/')
		.at(-1),
	Resources: [],
	CloudTrailEvent: JSON.stringify(json()),
});

type Token = {readonly after: string; readonly of: string};

const encode = (token: Token) => Buffer.from(JSON.stringify(token)).toString('base64url');
const decode = (token: string) => record(parseJson(Buffer.from(token, 'base64url').toString()));

const invalid = (error: string, message: string): Answer => ({error, message});

/**
 * CloudTrail's LookupEvents: newest first, at most 50 a page, records only once they are delivered. A token is good for
 * the very parameters it was given with, as on AWS.
 */
export const lookUpEvents = (world: World, request: unknown, {region, now}: {region: string; now: number}): Answer => {
	const asked = record(request) ?? {};
	const {NextToken: token, ...parameters} = asked;
	const of = JSON.stringify(parameters);
	const most = asked.MaxResults === undefined ? 50 : Number(asked.MaxResults);
	if (!(most >= 1 && most <= 50)) return invalid('InvalidMaxResultsException', 'MaxResults must be 1 to 50');
	const [from, to] = [Number(asked.StartTime ?? 0) * 1000, Number(asked.EndTime ?? now / 1000 + 1) * 1000];
	if (from > to) return invalid('InvalidTimeRangeException', 'StartTime is after EndTime');
	const events = world
		.callsUntil(now)
		.filter(call => call.region === region)
		.flatMap(eventsOf)
		.filter(({deliveredAt, at}) => deliveredAt <= now && Math.floor(at / 1000) * 1000 >= from && at <= to)
		.sort(newestFirst);
	const last = typeof token === 'string' ? decode(token) : undefined;
	if (token !== undefined && last?.of !== of) return invalid('InvalidNextTokenException', 'The token is not valid');
	const position = last === undefined ? 0 : events.findIndex(({at, id}) => `${at} ${id}` === last.after) + 1;
	const page = events.slice(position, position + most);
	const final = page.at(-1);
	const hasMore = final !== undefined && position + page.length < events.length;
	return {
		body: {
			Events: page.map(event => lookUpResult(event, event.json())),
			...(hasMore && {NextToken: encode({after: `${final.at} ${final.id}`, of})}),
		},
	};
};

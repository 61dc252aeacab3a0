import {foundationModel} from '../world/application-profile.ts';
import {accountId, type Person} from '../world/people.ts';
import {refusalMessage, throttleMessage} from '../world/refusal-burst.ts';
import type {WorldCall} from '../world/world-call.ts';

/** A CloudTrail record and what LookupEvents says beside it. Times are epoch ms. */
export type TrailRecord = {
	readonly at: number;
	readonly id: string;
	readonly deliveredAt: number;
	readonly name: string;
	/** Service events name nobody. */
	readonly person?: Person;
	/** The content of `CloudTrailEvent`; made only for the records of a page. */
	readonly event: () => object;
};

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

const signedInAt = (at: number) => isoSeconds(Math.floor(at / 3_600_000) * 3_600_000);

const userIdentity = ({person, at}: WorldCall) => {
	const {type, arn, accessKeyId, name, role, uniqueId} = person;
	if (role === undefined) return {type, principalId: uniqueId, arn, accountId, accessKeyId, userName: name};
	return {
		type,
		principalId: `${uniqueId}:${name}`,
		arn,
		accountId,
		accessKeyId,
		sessionContext: {
			sessionIssuer: {
				type: 'Role',
				principalId: role.id,
				arn: `arn:aws:iam::${accountId}:role${role.path}${role.name}`,
				accountId,
				userName: role.name,
			},
			attributes: {creationDate: signedInAt(at), mfaAuthenticated: 'false'},
		},
	};
};

const tlsDetails = (host: string) => ({
	tlsVersion: 'TLSv1.3',
	cipherSuite: 'TLS_AES_128_GCM_SHA256',
	clientProvidedHostHeader: host,
});

/** What only CloudTrail knows of a call: Converse's record carries tokens, never those of the cache. */
const evidence = ({operation, ranIn, usage}: WorldCall) =>
	operation === 'Converse'
		? {inferenceRegion: ranIn, inputTokens: usage.input, outputTokens: usage.output}
		: {inferenceRegion: ranIn};

/** Every call with an API key is marked, one that fails too, which has nothing else to tell. */
const additionalData = (call: WorldCall) => {
	const data = {
		...(call.outcome === 'ok' && evidence(call)),
		...(call.person.hasApiKey === true && {callWithBearerToken: true}),
	};
	return Object.keys(data).length > 0 ? {additionalEventData: data} : {};
};

/** Behind a VPC endpoint the source address is a private one, and the record names the endpoint. */
const privateLink = ({vpcEndpointId}: Person) =>
	vpcEndpointId === undefined ? {} : {vpcEndpointId, vpcEndpointAccountId: accountId};

const failureOf = (call: WorldCall) => ({
	errorCode: call.outcome,
	errorMessage: call.outcome === 'AccessDenied' ? refusalMessage(call) : throttleMessage,
});

const invocation = (call: WorldCall) => ({
	...common(call, call.eventId, call.operation),
	eventType: 'AwsApiCall',
	userIdentity: userIdentity(call),
	sourceIPAddress: call.person.sourceIp,
	userAgent: call.person.client,
	requestParameters: {
		modelId: call.profile,
		...(call.operation === 'Converse' && {inferenceConfig: {maxTokens: 4096}}),
	},
	responseElements: null,
	...additionalData(call),
	...(call.outcome !== 'ok' && failureOf(call)),
	requestID: call.requestId,
	...privateLink(call.person),
	tlsDetails: tlsDetails(`bedrock-runtime.${call.region}.amazonaws.com`),
});

/** The entries come as a map or as a list of pairs; both have been seen. */
const completionEntries = ({ranIn, usage, eventId}: WorldCall): object => {
	const entries = {inferenceRegion: ranIn, inputTokens: usage.input, outputTokens: usage.output};
	const isList = Number.parseInt(eventId.slice(-1), 16) % 2 === 0;
	return isList ? Object.entries(entries).map(([key, value]) => ({key, value: String(value)})) : entries;
};

const completion = (call: WorldCall, eventId: string) => ({
	...common(call, eventId, call.operation),
	eventType: 'AwsServiceEvent',
	userIdentity: {accountId, invokedBy: 'bedrock.amazonaws.com'},
	requestParameters: null,
	responseElements: null,
	resources: [
		{
			type: 'AWS::Bedrock::Model',
			ARN: `arn:aws:bedrock:${call.ranIn}::foundation-model/${foundationModel(call.profile)}`,
		},
	],
	serviceEventDetails: {
		parentRequestId: call.requestId,
		AdditionalEventData: {additionalEntries: completionEntries(call)},
	},
});

/** A session's start asks the control plane too; such records must not be taken for model calls. */
const listing = (call: WorldCall, eventId: string) => ({
	...common(call, eventId, 'ListInferenceProfiles'),
	eventType: 'AwsApiCall',
	userIdentity: userIdentity(call),
	sourceIPAddress: call.person.sourceIp,
	userAgent: 'aws-sdk-js/3.936.0 ua/2.1 os/linux lang/js md/nodejs#24.3.0 api/bedrock#3.936.0',
	requestParameters: {type: 'SYSTEM_DEFINED'},
	responseElements: null,
	requestID: eventId,
	tlsDetails: tlsDetails(`bedrock.${call.region}.amazonaws.com`),
});

/** Another id of the same shape, always the same for the same call. */
const sibling = (id: string, mark: string) => `${mark}${id.slice(1, -1)}${mark}`;

/** All that a call leaves in CloudTrail: its own record, perhaps its completion, now and then a control-plane call. */
export const recordsOf = (call: WorldCall): readonly TrailRecord[] => {
	const {at, endAt, deliveredAt, eventId: id, person, operation: name} = call;
	const [twinId, listingId] = [sibling(id, 'f'), sibling(id, 'e')];
	const records: TrailRecord[] = [{at, id, deliveredAt, name, person, event: () => invocation(call)}];
	if (call.outcome === 'ok' && call.hasTwin) {
		// The completion can only be written once the last token has come.
		const late = Math.max(deliveredAt, endAt) + 1500;
		records.push({at, id: twinId, deliveredAt: late, name, event: () => completion(call, twinId)});
	}
	if (id.endsWith('00')) {
		const event = () => listing(call, listingId);
		records.push({at, id: listingId, deliveredAt, name: 'ListInferenceProfiles', person, event});
	}
	return records;
};

import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {readTrailRecord} from '../../../source/domain/calls/call.ts';
import {outcomeClass} from '../../../source/domain/refusals/outcome.ts';

/** A Converse record with every sub-object that AWS was seen to send (2026), ids made up. */
const converse = {
	eventVersion: '1.11',
	userIdentity: {
		type: 'AssumedRole',
		principalId: 'AROAEXAMPLE:i-0123456789abcdef0',
		arn: 'arn:aws:sts::123456789012:assumed-role/example-role/i-0123456789abcdef0',
		accountId: '123456789012',
		sessionContext: {sessionIssuer: {type: 'Role', userName: 'example-role'}},
	},
	eventTime: '2026-06-02T22:24:15Z',
	eventSource: 'bedrock.amazonaws.com',
	eventName: 'Converse',
	awsRegion: 'us-east-1',
	sourceIPAddress: '172.31.0.10',
	userAgent: 'Boto3/1.42.97 md/Botocore#1.42.97',
	requestParameters: {modelId: 'us.anthropic.claude-sonnet-4-6', inferenceConfig: {maxTokens: 32768}},
	responseElements: null,
	additionalEventData: {inferenceRegion: 'us-east-2', inputTokens: 16361, outputTokens: 2782},
	requestID: '13fca115-0000-4000-8000-000000000001',
	eventID: 'a1e5cace-0000-4000-8000-000000000001',
	readOnly: true,
	eventType: 'AwsApiCall',
	managementEvent: true,
	recipientAccountId: '123456789012',
	vpcEndpointId: 'vpce-0123456789abcdef0',
	vpcEndpointAccountId: '111122223333',
	eventCategory: 'Management',
	tlsDetails: {
		tlsVersion: 'TLSv1.3',
		cipherSuite: 'TLS_AES_128_GCM_SHA256',
		clientProvidedHostHeader: 'bedrock-runtime.us-east-1.amazonaws.com',
	},
};

const call = (changes: object) => {
	const record = readTrailRecord({...converse, ...changes});
	return record?.kind === 'call' ? record.call : undefined;
};

test('reads a whole record', () => {
	expect(call({})).toEqual({
		eventId: 'a1e5cace-0000-4000-8000-000000000001',
		requestId: '13fca115-0000-4000-8000-000000000001',
		at: Date.UTC(2026, 5, 2, 22, 24, 15),
		operation: 'Converse',
		profile: 'us.anthropic.claude-sonnet-4-6',
		region: 'us-east-1',
		ranIn: 'us-east-2',
		principal: {
			kind: 'assumed-role',
			name: 'i-0123456789abcdef0',
			arn: 'arn:aws:sts::123456789012:assumed-role/example-role/i-0123456789abcdef0',
			accountId: '123456789012',
		},
		client: 'Boto3/1.42.97 md/Botocore#1.42.97',
		bearer: false,
		sourceAddress: '172.31.0.10',
		vpcEndpointId: 'vpce-0123456789abcdef0',
		vpcEndpointAccountId: '111122223333',
		endpointHost: 'bedrock-runtime.us-east-1.amazonaws.com',
		tlsVersion: 'TLSv1.3',
		outcome: 'ok',
		message: undefined,
		tokens: {input: 16361, output: 2782},
	});
});

test('reads a record without any of the optional parts', () => {
	const {eventID, eventTime, eventName, eventSource, eventType} = converse;
	expect(readTrailRecord({eventID, eventTime, eventName, eventSource, eventType})).toMatchObject({
		kind: 'call',
		call: {outcome: 'ok', region: 'unknown', principal: {kind: 'unknown'}},
	});
});

test('a call that a service of AWS made has its name for an address, and no connection of its own', () => {
	const changes = {sourceIPAddress: 'bedrock.amazonaws.com', vpcEndpointId: undefined, tlsDetails: undefined};
	expect(call(changes)).toMatchObject({
		sourceAddress: 'bedrock.amazonaws.com',
		vpcEndpointId: undefined,
		endpointHost: undefined,
		tlsVersion: undefined,
	});
});

test('token counts may be strings', () => {
	const additionalEventData = {inputTokens: '12', outputTokens: '7'};
	expect(call({additionalEventData})?.tokens).toEqual({input: 12, output: 7});
});

test('a denied call has no evidence, only its code and message', () => {
	const denied = call({errorCode: 'AccessDenied', errorMessage: 'no', additionalEventData: undefined});
	expect(denied).toMatchObject({outcome: 'AccessDenied', message: 'no', tokens: undefined, ranIn: undefined});
});

test.each([
	['AccessDenied', 'AccessDenied', 'refused'],
	['AccessDeniedException', 'AccessDenied', 'refused'],
	['Client.UnauthorizedOperation', 'UnauthorizedOperation', 'refused'],
	['ThrottlingException', 'Throttling', 'throttled'],
	['ModelNotReadyException', 'ModelNotReady', 'throttled'],
	['ServiceQuotaExceededException', 'ServiceQuotaExceeded', 'throttled'],
	['ValidationException', 'Validation', 'failed'],
	['ResourceNotFoundException', 'ResourceNotFound', 'failed'],
])('%s is written %s and counts as %s', (errorCode, outcome, kind) => {
	expect(call({errorCode})?.outcome).toBe(outcome);
	expect(outcomeClass({outcome})).toBe(kind);
});

test.each([
	[
		'an IAM user',
		{type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/ci', accountId: '111122223333', userName: 'ci'},
		{kind: 'iam-user', name: 'ci', accountId: '111122223333'},
	],
	[
		'an SSO user',
		{type: 'AssumedRole', arn: 'arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Dev_0a/alice@example.com'},
		{kind: 'sso', name: 'alice@example.com', accountId: '123456789012'},
	],
	['root', {type: 'Root', arn: 'arn:aws:iam::123456789012:root'}, {kind: 'root', name: 'root'}],
	[
		'a service',
		{type: 'AWSService', invokedBy: 'bedrock.amazonaws.com'},
		{kind: 'unknown', name: 'bedrock.amazonaws.com'},
	],
])('names %s', (_, userIdentity, principal) => expect(call({userIdentity})?.principal).toMatchObject(principal));

test.each([
	['runtime', {additionalEventData: {callWithBearerToken: true}}],
	['mantle shape', {requestParameters: {modelId: 'x', callWithBearerToken: true}}],
])('knows a Bedrock API key by its flag (%s)', (_, changes) => expect(call(changes)?.bearer).toBe(true));

test('takes the model from the resources where the parameters are missing', () => {
	const ARN = 'arn:aws:bedrock:us-west-2::foundation-model/anthropic.claude-sonnet-4-6';
	const resources = [
		{type: 'other', ARN: 'arn:aws:s3:::x'},
		{type: 'AWS::Bedrock::Model', ARN},
	];
	expect(call({requestParameters: null, resources})?.profile).toBe(ARN);
});

describe('the completion record of a streamed call', () => {
	const twin = (additionalEntries: unknown) => ({
		...converse,
		eventType: 'AwsServiceEvent',
		requestParameters: null,
		serviceEventDetails: {parentRequestId: 'r1', AdditionalEventData: {additionalEntries}},
	});
	const entries = {inferenceRegion: 'us-west-2', inputTokens: '5', outputTokens: 6};
	const list = Object.entries(entries).map(([key, value]) => ({key, value}));

	test.each([
		['a map', entries],
		['a list', list],
	])('is a result, not a call, with its entries as %s', (_, additionalEntries) => {
		expect(readTrailRecord(twin(additionalEntries))).toEqual({
			kind: 'result',
			result: {parentRequestId: 'r1', ranIn: 'us-west-2', tokens: {input: 5, output: 6}},
		});
	});

	test('without a parent it is nothing', () => {
		expect(readTrailRecord({...twin(entries), serviceEventDetails: {}})).toBeUndefined();
	});
});

test.each([
	['the control plane', {eventName: 'ListInferenceProfiles'}],
	['token counting', {eventName: 'CountTokens'}],
	['enabling a model', {eventName: 'PutFoundationModelEntitlement'}],
	['another service', {eventSource: 'sts.amazonaws.com'}],
	['a sign-in', {eventType: 'AwsConsoleSignIn'}],
	['a record without id', {eventID: undefined}],
	['a record without time', {eventTime: 'yesterday'}],
])('%s is no model call', (_, changes) => expect(readTrailRecord({...converse, ...changes})).toBeUndefined());

test('never throws, whatever the record holds', () => {
	const wild = fc.dictionary(
		fc.constantFrom(...Object.keys(converse), 'serviceEventDetails', '__proto__'),
		fc.anything(),
	);
	fc.assert(
		fc.property(wild, fields => {
			readTrailRecord({...converse, ...fields});
			readTrailRecord(fields);
		}),
	);
});

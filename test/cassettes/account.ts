/** What may go wrong with a request, by the names AWS gives it. */
export type Fault = 'throttled' | 'expired' | 'denied';

type Situation = {readonly poll: number; readonly start: number; readonly fault: Fault | undefined};
type Answer = {readonly status: number; readonly type: string; readonly body: string};

const alice = 'arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Dev_0a1b/alice@example.com';
const minute = 60_000;

type Event = {readonly id: number; readonly agoMs: number; readonly error?: string; readonly twinOf?: number};

/** Modelled on the records in which AWS was seen to write Bedrock calls in 2026; ids are made up. */
const event = ({id, agoMs, error, twinOf}: Event, start: number) => {
	const at = start - agoMs;
	const eventId = `00000000-0000-4000-8000-${String(id).padStart(12, '0')}`;
	const common = {
		eventVersion: '1.11',
		eventTime: new Date(at).toISOString().replace('.000Z', 'Z'),
		eventSource: 'bedrock.amazonaws.com',
		eventName: 'InvokeModelWithResponseStream',
		awsRegion: 'us-east-1',
		eventID: eventId,
		readOnly: true,
		managementEvent: true,
		recipientAccountId: '123456789012',
		eventCategory: 'Management',
	};
	const entries = {inferenceRegion: 'us-west-2', inputTokens: 12, outputTokens: 345};
	const call = {
		...common,
		eventType: 'AwsApiCall',
		userIdentity: {type: 'AssumedRole', arn: alice, accountId: '123456789012'},
		sourceIPAddress: '203.0.113.7',
		userAgent: 'claude-cli/2.1.330 (external, cli)',
		requestParameters: {modelId: 'us.anthropic.claude-opus-5-5'},
		responseElements: null,
		requestID: `request-${id}`,
		...(error !== undefined && {errorCode: error, errorMessage: `User: ${alice} is not authorized`}),
		tlsDetails: {clientProvidedHostHeader: 'bedrock-runtime.us-east-1.amazonaws.com'},
	};
	const twin = {
		...common,
		eventType: 'AwsServiceEvent',
		requestParameters: null,
		serviceEventDetails: {parentRequestId: `request-${twinOf}`, AdditionalEventData: {additionalEntries: entries}},
	};
	return {
		EventId: eventId,
		EventName: common.eventName,
		ReadOnly: 'true',
		EventTime: at / 1000,
		EventSource: common.eventSource,
		Username: 'alice@example.com',
		Resources: [],
		CloudTrailEvent: JSON.stringify(twinOf === undefined ? call : twin),
	};
};

/** Two pages at the first poll; at the second all of it again, a new call, and one that is 80 minutes late. */
const lookUpEvents = (request: {NextToken?: string}, {poll, start}: Situation) => {
	const newest = [event({id: 5, agoMs: -30_000}, start), event({id: 1, agoMs: minute}, start)];
	const first = [event({id: 1, agoMs: minute}, start), event({id: 2, agoMs: 2 * minute}, start)];
	const second = [
		event({id: 3, agoMs: 2 * minute, twinOf: 2}, start),
		event({id: 4, agoMs: 30 * minute, error: 'AccessDenied'}, start),
	];
	const late = poll === 0 ? [] : [event({id: 6, agoMs: 80 * minute}, start)];
	if (request.NextToken !== undefined) return {Events: [...second, ...late]};
	return {Events: poll === 0 ? first : [...newest, ...first.slice(1)], NextToken: `page-2-of-${poll}`};
};

const sums: Readonly<Record<string, readonly number[]>> = {
	Invocations: [2, 3],
	InputTokenCount: [20, 30],
	OutputTokenCount: [400, 600],
	CacheReadInputTokens: [9000, 12_000],
	CacheWriteInputTokens: [800, 100],
	InvocationThrottles: [1],
};

/** Two minutes of values at the first poll; the second poll corrects the newest and adds one. */
const statistics = (request: {MetricName: string; Statistics?: string[]}, {poll, start}: Situation) => {
	if (request.Statistics === undefined) {
		const p50 = request.MetricName === 'InvocationLatency' ? 3100 : 800;
		return {Datapoints: [{Timestamp: start / 1000 - 3600, Unit: 'Milliseconds', ExtendedStatistics: {p50}}]};
	}
	const values = sums[request.MetricName] ?? [];
	const at = (minutesAgo: number) => start / 1000 - minutesAgo * 60;
	const points = values.map((Sum, index) => ({Timestamp: at(10 + index), Sum, Unit: 'Count'}));
	const revised = poll === 0 || values.length < 2 ? [] : [{Timestamp: at(0), Sum: 4, Unit: 'Count'}];
	return {Datapoints: [...points.map(point => ({...point, Sum: poll === 0 ? point.Sum : point.Sum + 1})), ...revised]};
};

const metric = (Value: string) => ({
	Namespace: 'AWS/Bedrock',
	MetricName: 'Invocations',
	Dimensions: [{Name: 'ModelId', Value}],
});

const identity = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>${alice}</Arn><UserId>AROAEXAMPLE:alice@example.com</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`;

const faults: Readonly<Record<Fault, readonly [status: number, name: string, message: string]>> = {
	throttled: [400, 'ThrottlingException', 'Rate exceeded'],
	expired: [400, 'ExpiredTokenException', 'The security token included in the request is expired'],
	denied: [400, 'AccessDeniedException', `User: ${alice} is not authorized to perform this action`],
};

const json = (status: number, body: unknown): Answer => ({
	status,
	type: 'application/x-amz-json-1.1',
	body: JSON.stringify(body),
});

const xml = (status: number, body: string): Answer => ({status, type: 'text/xml', body});

/** Answers CloudTrail and CloudWatch in JSON and STS in XML, as the three do. */
export const account = (target: string, body: string, situation: Situation): Answer => {
	if (situation.fault !== undefined) {
		const [status, name, message] = faults[situation.fault];
		if (target !== '') return json(status, {__type: name, message});
		const code = name.replace(/Exception$/, '');
		return xml(403, `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`);
	}
	if (target === '') return xml(200, identity);
	const request = JSON.parse(body);
	if (target.endsWith('LookupEvents')) return json(200, lookUpEvents(request, situation));
	if (target.endsWith('GetMetricStatistics')) return json(200, statistics(request, situation));
	if (request.Namespace !== 'AWS/Bedrock') return json(200, {Metrics: []});
	const other = {...metric('anthropic.ignored'), Dimensions: [{Name: 'ModelId', Value: 'x'}, {Name: 'Tier', Value: 'flex'}]};
	return json(200, {Metrics: [metric('us.anthropic.claude-opus-5-5'), other]});
};

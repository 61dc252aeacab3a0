import {CloudTrailClient, LookupEventsCommand} from '@aws-sdk/client-cloudtrail';
import {CloudWatchClient, ListMetricsCommand} from '@aws-sdk/client-cloudwatch';
import {GetCallerIdentityCommand, STSClient} from '@aws-sdk/client-sts';
import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest';
import {createRequestHandler} from '../../source/demo/handler.ts';
import {alice, homeRegion, models} from '../../source/demo/people.ts';
import {type Service, serveWorld} from '../../source/demo/serve.ts';
import {createWorld} from '../../source/demo/world.ts';
import {createFakeClock} from '../support/fake-clock.ts';
import {credentials, lookUpAll, openedAt, startAt} from './opened.ts';

let served: Awaited<ReturnType<typeof serveWorld>>;
beforeAll(async () => {
	served = await serveWorld(createWorld({seed: 7, startAt}), {now: () => startAt});
	process.env.AWS_ENDPOINT_URL = served.url;
});
afterAll(async () => {
	delete process.env.AWS_ENDPOINT_URL;
	await served.close();
});
afterEach(() => {
	for (const service of ['cloudtrail', 'cloudwatch', 'sts'] as const) served.fail(service, undefined);
});

const http = {region: homeRegion, credentials, maxAttempts: 1};

const asking: Readonly<Record<Exclude<Service, 'bedrock'>, () => Promise<unknown>>> = {
	cloudtrail: () => new CloudTrailClient(http).send(new LookupEventsCommand({})),
	cloudwatch: () => new CloudWatchClient(http).send(new ListMetricsCommand({})),
	sts: () => new STSClient(http).send(new GetCallerIdentityCommand({})),
};

describe('over HTTP, found by AWS_ENDPOINT_URL', () => {
	test('CloudTrail and CloudWatch say what they say in the process', async () => {
		const {config} = openedAt(startAt);
		const StartTime = new Date(startAt - 3_600_000);
		expect(await lookUpAll(http, {StartTime})).toEqual(await lookUpAll(config, {StartTime}));
		const list = async (client: CloudWatchClient) => (await client.send(new ListMetricsCommand({}))).Metrics;
		expect(await list(new CloudWatchClient(http))).toEqual(await list(new CloudWatchClient(config)));
	});

	test('STS names alice', async () => {
		expect(await asking.sts()).toMatchObject({Arn: alice.arn, Account: '123456789012'});
	});

	test('each request is noted with the operation and the region it was signed for', async () => {
		const before = served.requests.length;
		await new CloudTrailClient({...http, region: 'eu-west-1'}).send(new LookupEventsCommand({}));
		await asking.sts();
		expect(served.requests.slice(before)).toMatchObject([
			{target: 'CloudTrail_20131101.LookupEvents', region: 'eu-west-1'},
			{target: 'GetCallerIdentity', region: homeRegion},
		]);
	});
});

describe('a service made to fail throws what the real one throws', () => {
	test.each([
		['cloudtrail', 'denied', 'AccessDeniedException'],
		['cloudtrail', 'expired', 'ExpiredTokenException'],
		['cloudtrail', 'throttled', 'ThrottlingException'],
		['cloudwatch', 'denied', 'AccessDenied'],
		['cloudwatch', 'expired', 'ExpiredToken'],
		['cloudwatch', 'throttled', 'Throttling'],
		['sts', 'denied', 'AccessDenied'],
		['sts', 'expired', 'ExpiredToken'],
		['sts', 'throttled', 'Throttling'],
	] as const)('%s %s: %s', async (service, fault, name) => {
		served.fail(service, fault);
		await expect(asking[service]()).rejects.toMatchObject({name, $metadata: {httpStatusCode: expect.any(Number)}});
		served.fail(service, undefined);
		await expect(asking[service]()).resolves.toBeDefined();
	});

	test.each(['cloudtrail', 'cloudwatch', 'sts'] as const)('%s unreachable: a broken connection', async service => {
		served.fail(service, 'unreachable');
		await expect(asking[service]()).rejects.toMatchObject({code: 'ECONNRESET'});
	});

	test('an empty answer is no error, and has no list', async () => {
		served.fail('cloudtrail', 'empty');
		expect(await asking.cloudtrail()).not.toHaveProperty('Events');
	});

	test('only that service', async () => {
		served.fail('cloudwatch', 'denied');
		await expect(asking.cloudtrail()).resolves.toHaveProperty('Events');
	});
});

describe('Bedrock’s inference profiles', () => {
	type Profile = {
		readonly inferenceProfileId: string;
		readonly inferenceProfileArn: string;
		readonly models: readonly {readonly modelArn: string}[];
	};
	const authorization = 'AWS4-HMAC-SHA256 Credential=AKIA/20261123/us-east-1/bedrock/aws4_request, Signature=0';
	const get = async (path: string) => {
		const response = await fetch(`${served.url}${path}`, {headers: {authorization}});
		return {
			status: response.status,
			type: response.headers.get('x-amzn-errortype'),
			body: (await response.json()) as Profile & {inferenceProfileSummaries: readonly Profile[]},
		};
	};

	test('are listed', async () => {
		const {status, body} = await get('/inference-profiles?type=SYSTEM_DEFINED');
		expect(status).toBe(200);
		const ids = body.inferenceProfileSummaries.map(({inferenceProfileId}) => inferenceProfileId);
		expect(ids).toEqual(Object.values(models));
		expect((await get('/inference-profiles?type=APPLICATION')).body).toEqual({inferenceProfileSummaries: []});
	});

	test('are found by id and by ARN, with a model for each region they reach', async () => {
		const {body} = await get(`/inference-profiles/${models.opus}`);
		expect(body.models).toHaveLength(3);
		expect(body.models[0]?.modelArn).toBe('arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-opus-5-5');
		expect((await get(`/inference-profiles/${encodeURIComponent(body.inferenceProfileArn)}`)).body).toEqual(body);
		const global = await get(`/inference-profiles/${models.sonnet}`);
		expect(global.body.models).toEqual([{modelArn: 'arn:aws:bedrock:::foundation-model/anthropic.claude-sonnet-5-5'}]);
	});

	test('or not', async () => {
		const missing = await get('/inference-profiles/us.anthropic.claude-none');
		expect(missing).toMatchObject({status: 404, type: 'ResourceNotFoundException'});
		served.fail('bedrock', 'denied');
		expect(await get('/inference-profiles')).toMatchObject({status: 403, type: 'AccessDeniedException'});
		served.fail('bedrock', undefined);
		expect(await get('/elsewhere')).toMatchObject({status: 404, type: 'UnknownOperationException'});
	});
});

describe('an operation that is not simulated is an error of its protocol', () => {
	const post = async (headers: Record<string, string>, body: string) => {
		const response = await fetch(served.url, {method: 'POST', headers, body});
		return {status: response.status, text: await response.text()};
	};

	test('JSON', async () => {
		const {status, text} = await post({'x-amz-target': 'CloudTrail_20131101.ListTrails'}, '{}');
		expect(status).toBe(400);
		expect(JSON.parse(text)).toMatchObject({__type: 'UnknownOperationException'});
	});

	test('XML', async () => {
		const {status, text} = await post({}, 'Action=AssumeRole&Version=2011-06-15');
		expect(status).toBe(400);
		expect(text).toContain('<Code>InvalidAction</Code>');
	});
});

describe('inside the process', () => {
	const identify = (latencyMs: number, clock: Parameters<typeof createRequestHandler>[1]) =>
		new STSClient({
			...http,
			requestHandler: createRequestHandler(createWorld({seed: 7, startAt}), clock, latencyMs) as never,
		});

	test('an answer may take its time', async () => {
		const clock = createFakeClock(startAt);
		let arn: string | undefined;
		const answer = identify(80, clock)
			.send(new GetCallerIdentityCommand({}))
			.then(({Arn}) => {
				arn = Arn;
			});
		await expect.poll(() => clock.pending()).toBe(1);
		expect(arn).toBeUndefined();
		clock.advance(80);
		await answer;
		expect(arn).toBe(alice.arn);
	});

	test('who gives up waits no longer', async () => {
		const clock = createFakeClock(startAt);
		const controller = new AbortController();
		const send = (abortSignal: AbortSignal) =>
			identify(80, clock).send(new GetCallerIdentityCommand({}), {abortSignal});
		const answer = expect(send(controller.signal)).rejects.toMatchObject({name: 'AbortError'});
		await expect.poll(() => clock.pending()).toBe(1);
		controller.abort();
		await answer;
		expect(clock.pending()).toBe(0);
		await expect(send(AbortSignal.abort())).rejects.toMatchObject({name: 'AbortError'});
	});
});

import {BedrockClient, GetInferenceProfileCommand} from '@aws-sdk/client-bedrock';
import {CloudTrailClient, LookupEventsCommand} from '@aws-sdk/client-cloudtrail';
import {CloudWatchClient, ListMetricsCommand} from '@aws-sdk/client-cloudwatch';
import {CostExplorerClient, GetCostAndUsageCommand} from '@aws-sdk/client-cost-explorer';
import {GetRoleCommand, IAMClient} from '@aws-sdk/client-iam';
import {GetProductsCommand, PricingClient} from '@aws-sdk/client-pricing';
import {GetCallerIdentityCommand, STSClient} from '@aws-sdk/client-sts';
import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest';
import {createRequestHandler} from '../../../source/demo/aws/handler.ts';
import {type Service, serveWorld} from '../../../source/demo/aws/serve.ts';
import {applicationProfile} from '../../../source/demo/world/application-profile.ts';
import {alice, homeRegion, models} from '../../../source/demo/world/people.ts';
import {createWorld} from '../../../source/demo/world/world.ts';
import {createAws} from '../../../source/sources/aws/aws.ts';
import {fetchQuotas} from '../../../source/sources/quotas/quotas.ts';
import {createFakeClock} from '../../support/fake-clock.ts';
import {credentials, lookUpAll, openedAt, startAt} from '../opened.ts';

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
	for (const service of services) served.fail(service, undefined);
});

const services = ['cloudtrail', 'cloudwatch', 'sts', 'bedrock', 'cost-explorer', 'pricing', 'iam', 'quotas'] as const;

const http = {region: homeRegion, credentials, maxAttempts: 1};

const bill = {
	TimePeriod: {Start: '2026-11-01', End: '2026-11-24'},
	Granularity: 'DAILY' as const,
	Metrics: ['UnblendedCost'],
	GroupBy: [{Type: 'DIMENSION' as const, Key: 'SERVICE'}],
};
const prices = {ServiceCode: 'AmazonBedrockFoundationModels'};

const asking: Readonly<Record<Service, () => Promise<unknown>>> = {
	cloudtrail: () => new CloudTrailClient(http).send(new LookupEventsCommand({})),
	cloudwatch: () => new CloudWatchClient(http).send(new ListMetricsCommand({})),
	sts: () => new STSClient(http).send(new GetCallerIdentityCommand({})),
	bedrock: () =>
		new BedrockClient(http).send(new GetInferenceProfileCommand({inferenceProfileIdentifier: applicationProfile.id})),
	'cost-explorer': () => new CostExplorerClient(http).send(new GetCostAndUsageCommand(bill)),
	pricing: () => new PricingClient(http).send(new GetProductsCommand(prices)),
	quotas: () => fetchQuotas(createAws({attempts: 1, credentials}), homeRegion, new AbortController().signal),
	iam: () => new IAMClient(http).send(new GetRoleCommand({RoleName: alice.role?.name})),
};

describe('over HTTP, found by AWS_ENDPOINT_URL', () => {
	test('CloudTrail and CloudWatch say what they say in the process', async () => {
		const {config} = openedAt(startAt);
		const StartTime = new Date(startAt - 3_600_000);
		expect(await lookUpAll(http, {StartTime})).toEqual(await lookUpAll(config, {StartTime}));
		const list = async (client: CloudWatchClient) => (await client.send(new ListMetricsCommand({}))).Metrics;
		expect(await list(new CloudWatchClient(http))).toEqual(await list(new CloudWatchClient(config)));
	});

	test('Cost Explorer, the price list and Bedrock do, too', async () => {
		const {config} = openedAt(startAt);
		const days = (client: CostExplorerClient) => client.send(new GetCostAndUsageCommand(bill));
		const {ResultsByTime} = await days(new CostExplorerClient(http));
		expect(ResultsByTime).toHaveLength(23);
		expect(ResultsByTime).toEqual((await days(new CostExplorerClient(config))).ResultsByTime);
		const products = async (client: PricingClient) => {
			const {PriceList = []} = await client.send(new GetProductsCommand(prices));
			return (PriceList as string[]).map(String);
		};
		expect(await products(new PricingClient(http))).toHaveLength(100);
		expect(await products(new PricingClient(http))).toEqual(await products(new PricingClient(config)));
		expect(await asking.bedrock()).toMatchObject({inferenceProfileArn: applicationProfile.arn});
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
		['bedrock', 'denied', 'AccessDeniedException'],
		['bedrock', 'expired', 'ExpiredTokenException'],
		['bedrock', 'throttled', 'ThrottlingException'],
		['cost-explorer', 'denied', 'AccessDeniedException'],
		['cost-explorer', 'expired', 'ExpiredTokenException'],
		['cost-explorer', 'throttled', 'ThrottlingException'],
		['pricing', 'denied', 'AccessDeniedException'],
		['pricing', 'expired', 'ExpiredTokenException'],
		['pricing', 'throttled', 'ThrottlingException'],
		['iam', 'denied', 'AccessDenied'],
		['iam', 'expired', 'ExpiredToken'],
		['iam', 'throttled', 'Throttling'],
	] as const)('%s %s: %s', async (service, fault, name) => {
		served.fail(service, fault);
		await expect(asking[service]()).rejects.toMatchObject({name, $metadata: {httpStatusCode: expect.any(Number)}});
		served.fail(service, undefined);
		await expect(asking[service]()).resolves.toBeDefined();
	});

	test.each(services)('%s unreachable: a broken connection', async service => {
		served.fail(service, 'unreachable');
		await expect(asking[service]()).rejects.toMatchObject({code: 'ECONNRESET'});
	});

	test.each([
		['cloudtrail', 'Events'],
		['cloudwatch', 'Metrics'],
		['bedrock', 'models'],
		['cost-explorer', 'ResultsByTime'],
		['pricing', 'PriceList'],
		['iam', 'Role'],
	] as const)('an empty answer of %s is no error, and has no %s', async (service, list) => {
		expect(await asking[service]()).toHaveProperty(list);
		served.fail(service, 'empty');
		expect(await asking[service]()).not.toHaveProperty(list);
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
		const applications = (await get('/inference-profiles?type=APPLICATION')).body.inferenceProfileSummaries;
		expect(applications.map(({inferenceProfileArn}) => inferenceProfileArn)).toEqual([applicationProfile.arn]);
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

import {
	BedrockClient,
	GetInferenceProfileCommand,
	GetPromptRouterCommand,
	ListInferenceProfilesCommand,
	ListPromptRoutersCommand,
} from '@aws-sdk/client-bedrock';
import {CloudTrailClient, LookupEventsCommand} from '@aws-sdk/client-cloudtrail';
import {CloudWatchClient, GetMetricStatisticsCommand, ListMetricsCommand} from '@aws-sdk/client-cloudwatch';
import {describe, expect, test} from 'vitest';
import {applicationProfile} from '../../../source/demo/world/application-profile.ts';
import {ci, models} from '../../../source/demo/world/people.ts';
import {totals} from '../../../source/demo/world/totals.ts';
import {parseModelId} from '../../../source/domain/models/model-id.ts';
import {hour, lookUpAll, openedAt, readEvent, startAt} from '../opened.ts';

const {config, world, calls} = openedAt(startAt);
const {id, arn} = applicationProfile;
const bedrock = new BedrockClient(config);
const haiku = 'anthropic.claude-haiku-4-5-20251001-v1:0';

test('its ids are those of AWS, and tell nothing of the model', () => {
	expect(id).toMatch(/^[a-z0-9]{12}$/);
	expect(arn).toBe('arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/ci0haiku45us');
	for (const spelling of [id, arn]) {
		expect(parseModelId(spelling)).toMatchObject({kind: 'application-inference-profile', scope: 'unknown'});
		expect(parseModelId(spelling).model).toBeUndefined();
	}
});

test('the build agents call it and nothing else', () => {
	const theirs = calls.filter(({person}) => person === ci);
	expect(theirs.length).toBeGreaterThan(100);
	expect(new Set(theirs.map(({profile}) => profile))).toEqual(new Set([arn]));
	expect(calls.filter(({profile, person}) => profile === arn && person !== ci)).toEqual([]);
});

test('CloudTrail names the whole ARN, and the completions the model that answered', async () => {
	const LookupAttributes = [{AttributeKey: 'Username' as const, AttributeValue: 'ci'}];
	const {Events = []} = await new CloudTrailClient(config).send(new LookupEventsCommand({LookupAttributes}));
	const read = Events.flatMap(event => readEvent(event) ?? []).filter(({kind}) => kind === 'call');
	expect(read.length).toBeGreaterThan(40);
	expect(read).toEqual(read.map(() => expect.objectContaining({call: expect.objectContaining({profile: arn})})));
	const raw = Events.map(({CloudTrailEvent = ''}) => JSON.parse(CloudTrailEvent).requestParameters.modelId);
	expect(raw).toContain(arn);

	const twins = (await lookUpAll(config, {StartTime: new Date(startAt - hour)}))
		.map(({CloudTrailEvent = ''}) => JSON.parse(CloudTrailEvent))
		.filter(({eventType}) => eventType === 'AwsServiceEvent');
	const byRequest = new Map(calls.map(call => [call.requestId, call]));
	const theirs = twins.filter(
		({serviceEventDetails}) => byRequest.get(serviceEventDetails.parentRequestId)?.profile === arn,
	);
	expect(theirs.length).toBeGreaterThan(10);
	for (const {resources} of theirs) expect(resources[0].ARN).toMatch(new RegExp(`::foundation-model/${haiku}$`));
});

test('CloudWatch counts it under the opaque id alone, as the totals do', async () => {
	const cloudWatch = new CloudWatchClient(config);
	const {Metrics = []} = await cloudWatch.send(new ListMetricsCommand({Namespace: 'AWS/Bedrock'}));
	const ids = new Set(Metrics.map(({Dimensions}) => Dimensions?.[0]?.Value));
	expect(ids).toEqual(new Set([...Object.values(models), id]));
	const sumOf = async (Value: string) => {
		const {Datapoints = []} = await cloudWatch.send(
			new GetMetricStatisticsCommand({
				Namespace: 'AWS/Bedrock',
				MetricName: 'OutputTokenCount',
				Dimensions: [{Name: 'ModelId', Value}],
				StartTime: new Date(startAt - 6 * hour),
				EndTime: new Date(startAt),
				Period: 3600,
				Statistics: ['Sum'],
			}),
		);
		return Datapoints.reduce((sum, {Sum = 0}) => sum + Sum, 0);
	};
	const {tokens} = totals(world, {from: 0, to: startAt, only: ({publishedAt}) => publishedAt <= startAt}).everybody;
	expect(await sumOf(id)).toBe(tokens.get(id)?.output);
	expect(await sumOf(id)).toBeGreaterThan(10_000);
	expect(await sumOf(arn)).toBe(0);
	expect(tokens.has(arn)).toBe(false);
	// Only the subagents of alice are left under the profile that it was copied from.
	const direct = calls.filter(({profile, outcome}) => profile === models.haiku && outcome === 'ok');
	expect(await sumOf(models.haiku)).toBe(direct.reduce((sum, {usage}) => sum + usage.output, 0));
});

describe('Bedrock', () => {
	const get = (inferenceProfileIdentifier: string, region = 'us-east-1') =>
		new BedrockClient({...config, region}).send(new GetInferenceProfileCommand({inferenceProfileIdentifier}));

	test.each([id, arn])('resolves %s to the geographic Haiku 4.5', async identifier => {
		const profile = await get(identifier);
		expect(profile).toMatchObject({
			inferenceProfileId: id,
			inferenceProfileArn: arn,
			type: 'APPLICATION',
			status: 'ACTIVE',
		});
		expect(profile.createdAt).toBeInstanceOf(Date);
		expect(profile.models?.map(({modelArn}) => modelArn)).toEqual([
			`arn:aws:bedrock:us-east-1::foundation-model/${haiku}`,
			`arn:aws:bedrock:us-east-2::foundation-model/${haiku}`,
			`arn:aws:bedrock:us-west-2::foundation-model/${haiku}`,
		]);
		// What tells it from a profile copied from the global one, whose ARN has no region.
		expect((await get(models.sonnet)).models?.map(({modelArn}) => modelArn)).toEqual([
			'arn:aws:bedrock:::foundation-model/anthropic.claude-sonnet-5-5',
		]);
	});

	test.each([
		['another id', 'zz0haiku45us', 'us-east-1'],
		['another account', arn.replace('123456789012', '210987654321'), 'us-east-1'],
		['another region', id, 'eu-west-1'],
	])('does not know it by %s', async (_, identifier, region) => {
		await expect(get(identifier, region)).rejects.toMatchObject({name: 'ResourceNotFoundException'});
	});

	test('lists it among the application profiles only', async () => {
		const list = async (typeEquals?: 'APPLICATION' | 'SYSTEM_DEFINED') => {
			const command = new ListInferenceProfilesCommand(typeEquals === undefined ? {} : {typeEquals});
			return (await bedrock.send(command)).inferenceProfileSummaries?.map(({inferenceProfileId}) => inferenceProfileId);
		};
		expect(await list('APPLICATION')).toEqual([id]);
		expect(await list('SYSTEM_DEFINED')).toEqual(Object.values(models));
		expect(await list()).toEqual(Object.values(models));
	});

	test('has no prompt routers', async () => {
		expect((await bedrock.send(new ListPromptRoutersCommand({}))).promptRouterSummaries).toEqual([]);
		const promptRouterArn = 'arn:aws:bedrock:us-east-1:123456789012:default-prompt-router/anthropic.claude:1';
		await expect(bedrock.send(new GetPromptRouterCommand({promptRouterArn}))).rejects.toMatchObject({
			name: 'ResourceNotFoundException',
			$metadata: {httpStatusCode: 404},
		});
	});
});

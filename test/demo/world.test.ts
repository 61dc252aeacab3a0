import {CloudTrailClient, LookupEventsCommand} from '@aws-sdk/client-cloudtrail';
import {CloudWatchClient, GetMetricStatisticsCommand, ListMetricsCommand} from '@aws-sdk/client-cloudwatch';
import {GetCallerIdentityCommand, STSClient} from '@aws-sdk/client-sts';
import {describe, expect, test} from 'vitest';
import {createRequestHandler} from '../../source/demo/handler.ts';
import {alice, homeRegion, models} from '../../source/demo/people.ts';
import {transcriptLines} from '../../source/demo/transcript.ts';
import {createWorld, type WorldCall} from '../../source/demo/world.ts';
import {readTrailRecord} from '../../source/domain/call.ts';
import {readTranscriptLine, type Turn} from '../../source/domain/turn.ts';

const startAt = Date.UTC(2026, 10, 23, 15, 0, 0);
const second = 1000;
const hour = 3_600_000;

const handlerAt = (now: number) => {
	const world = createWorld({seed: 7, startAt});
	const config = {
		region: homeRegion,
		credentials: {accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example'},
		requestHandler: createRequestHandler(world, {now: () => now}) as never,
		maxAttempts: 1,
	};
	return {world, config, calls: world.callsUntil(now)};
};

const lookUpAll = async (client: CloudTrailClient, start: number) => {
	const input = {
		LookupAttributes: [{AttributeKey: 'EventSource' as const, AttributeValue: 'bedrock.amazonaws.com'}],
		StartTime: new Date(start),
	};
	const events = [];
	let NextToken: string | undefined;
	do {
		const page = await client.send(new LookupEventsCommand({...input, ...(NextToken !== undefined && {NextToken})}));
		expect(page.Events?.length).toBeLessThanOrEqual(50);
		events.push(...(page.Events ?? []));
		NextToken = page.NextToken;
	} while (NextToken !== undefined);
	return events;
};

test('the same seed tells the same story, in whatever steps time goes', () => {
	const [whole, stepwise] = [createWorld({seed: 3, startAt}), createWorld({seed: 3, startAt})];
	for (let now = startAt; now < startAt + 600 * second; now += 700) stepwise.callsUntil(now);
	const end = startAt + 600 * second;
	expect(stepwise.callsUntil(end)).toEqual(whole.callsUntil(end));
	expect(createWorld({seed: 4, startAt}).callsUntil(end)).not.toEqual(whole.callsUntil(end));
});

test('something new of mine happens within five seconds, and a burst of refusals within twenty', () => {
	const {calls} = handlerAt(startAt + 30 * second);
	const mine = calls.filter(({thread, outcome}) => thread.isLocal && outcome === 'ok');
	expect(mine.some(({at, deliveredAt}) => at > startAt && deliveredAt < startAt + 10 * second)).toBe(true);
	expect(mine.some(({at}) => at > startAt && at < startAt + 5 * second)).toBe(true);
	const refused = calls.filter(({outcome, at}) => outcome === 'AccessDenied' && at > startAt);
	expect(refused.length).toBeGreaterThanOrEqual(12);
	expect(Math.min(...refused.map(({deliveredAt}) => deliveredAt))).toBeLessThan(startAt + 20 * second);
});

describe('CloudTrail through the real client', () => {
	test('gives each delivered record once, and every model call reads back as what happened', async () => {
		const now = startAt + 40 * second;
		const {config, calls} = handlerAt(now);
		const events = await lookUpAll(new CloudTrailClient(config), startAt - hour);
		expect(new Set(events.map(({EventId}) => EventId)).size).toBe(events.length);
		const records = events.map(({CloudTrailEvent}) => readTrailRecord(JSON.parse(CloudTrailEvent ?? '')));
		const read = records.flatMap(record => (record?.kind === 'call' ? [record.call] : []));
		const happened = calls.filter(({at, deliveredAt}) => at >= startAt - hour && deliveredAt <= now);
		expect(read.map(({requestId}) => requestId).sort()).toEqual(happened.map(({requestId}) => requestId).sort());
		const byId = new Map(happened.map(call => [call.requestId, call]));
		for (const call of read) {
			const {profile, person, ranIn, outcome} = byId.get(call.requestId ?? '') as WorldCall;
			expect(call).toMatchObject({profile, region: homeRegion, principal: {arn: person.arn}});
			if (outcome === 'ok') expect(call).toMatchObject({outcome: 'ok', ranIn});
			else expect(outcome.startsWith(call.outcome)).toBe(true);
		}
		expect(records.some(record => record?.kind === 'result')).toBe(true);
		expect(records).toContain(undefined);
	});

	test('a token is good only with the parameters it came with', async () => {
		const {config} = handlerAt(startAt);
		const client = new CloudTrailClient(config);
		const {NextToken} = await client.send(new LookupEventsCommand({MaxResults: 5}));
		await expect(client.send(new LookupEventsCommand({MaxResults: 6, NextToken}))).rejects.toThrow(
			expect.objectContaining({name: 'InvalidNextTokenException'}),
		);
	});

	test('another region has nothing', async () => {
		const {config} = handlerAt(startAt);
		const client = new CloudTrailClient({...config, region: 'eu-west-1'});
		expect((await client.send(new LookupEventsCommand({}))).Events).toEqual([]);
	});
});

describe('CloudWatch through the real client', () => {
	test('sums are those of the published calls, and quiet minutes are gaps', async () => {
		const now = startAt + 60 * second;
		const {config, calls} = handlerAt(now);
		const client = new CloudWatchClient(config);
		const sumOf = async (MetricName: string) => {
			const {Datapoints} = await client.send(
				new GetMetricStatisticsCommand({
					Namespace: 'AWS/Bedrock',
					MetricName,
					Dimensions: [{Name: 'ModelId', Value: models.opus}],
					StartTime: new Date(startAt - 6 * hour),
					EndTime: new Date(now + 60 * second),
					Period: 60,
					Statistics: ['Sum'],
				}),
			);
			expect(Datapoints?.every(({Sum}) => Sum !== undefined)).toBe(true);
			return (Datapoints ?? []).reduce((sum, {Sum}) => sum + (Sum ?? 0), 0);
		};
		const counted = calls.filter(
			({profile, outcome, publishedAt}) => profile === models.opus && outcome === 'ok' && publishedAt <= now,
		);
		const total = (value: (call: WorldCall) => number) => counted.reduce((sum, call) => sum + value(call), 0);
		expect(await sumOf('Invocations')).toBe(counted.length);
		expect(await sumOf('OutputTokenCount')).toBe(total(({usage}) => usage.output));
		expect(await sumOf('CacheReadInputTokens')).toBe(total(({usage}) => usage.cacheRead));
		expect(await sumOf('CacheWriteInputTokens')).toBe(total(({usage}) => usage.cacheWrite5m + usage.cacheWrite1h));
	});

	test('lists the models that were called, the refused one only by its errors', async () => {
		const {config} = handlerAt(startAt + 60 * second);
		const {Metrics} = await new CloudWatchClient(config).send(new ListMetricsCommand({Namespace: 'AWS/Bedrock'}));
		const of = (model: string) =>
			(Metrics ?? []).filter(({Dimensions}) => Dimensions?.[0]?.Value === model).map(({MetricName}) => MetricName);
		expect(of(models.fable)).toEqual(['InvocationClientErrors']);
		expect(of(models.opus)).toContain('TimeToFirstToken');
	});

	test('more than 1,440 datapoints are refused', async () => {
		const {config} = handlerAt(startAt);
		const input = {
			Namespace: 'AWS/Bedrock',
			MetricName: 'Invocations',
			StartTime: new Date(startAt - 25 * hour),
			EndTime: new Date(startAt),
			Period: 60,
			Statistics: ['Sum' as const],
		};
		await expect(new CloudWatchClient(config).send(new GetMetricStatisticsCommand(input))).rejects.toThrow(
			'too many datapoints',
		);
	});
});

test('STS names alice', async () => {
	const {config} = handlerAt(startAt);
	expect((await new STSClient(config).send(new GetCallerIdentityCommand({}))).Arn).toBe(alice.arn);
});

test('transcripts read back as exactly what alice used, each reply once', () => {
	const {calls} = handlerAt(startAt + 60 * second);
	const mine = calls.filter(({thread}) => thread.isLocal);
	const turns = new Map<string, Turn>();
	let failures = 0;
	for (const line of mine.map(transcriptLines).join('').trimEnd().split('\n')) {
		const entry = readTranscriptLine(JSON.parse(line), {id: 'none', at: 0, sessionId: 'none'});
		if (entry?.kind === 'turn') turns.set(entry.turn.id, entry.turn);
		else if (entry?.kind === 'failure') failures++;
	}
	const replies = mine.filter(({outcome}) => outcome === 'ok');
	expect(failures).toBe(mine.length - replies.length);
	expect(turns.size).toBe(replies.length);
	for (const {messageId, usage, requestId, profile} of replies) {
		expect(turns.get(messageId)).toMatchObject({usage, requestId, requestedModel: profile, provider: 'bedrock'});
	}
});

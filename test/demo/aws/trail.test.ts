import {CloudTrailClient, LookupEventsCommand} from '@aws-sdk/client-cloudtrail';
import {describe, expect, test} from 'vitest';
import {createRequestHandler} from '../../../source/demo/aws/handler.ts';
import {alice, bob, ci, homeRegion, nightly} from '../../../source/demo/world/people.ts';
import {totals} from '../../../source/demo/world/totals.ts';
import type {WorldCall} from '../../../source/demo/world/world.ts';
import {countCalls} from '../../../source/domain/calls/callers.ts';
import {emptyLog, insert} from '../../../source/domain/calls/event-log.ts';
import {hour, lookUpAll, minute, openedAt, readEvent, second, startAt} from '../opened.ts';

const bedrock = {LookupAttributes: [{AttributeKey: 'EventSource' as const, AttributeValue: 'bedrock.amazonaws.com'}]};

test('every record reads back as the call that happened, and nothing else counts as one', async () => {
	const now = startAt + 40 * second;
	const {config, calls} = openedAt(now);
	const events = await lookUpAll(config, bedrock);
	const happened = calls.filter(({deliveredAt}) => deliveredAt <= now);
	const byId = new Map(happened.map(call => [call.eventId, call]));
	const records = events.map(readEvent);
	const read = records.flatMap(record => (record?.kind === 'call' ? [record.call] : []));
	expect(read.map(({eventId}) => eventId).sort()).toEqual([...byId.keys()].sort());
	for (const call of read) {
		const {at, requestId, profile, person, operation, ranIn, outcome} = byId.get(call.eventId) as WorldCall;
		expect(call).toMatchObject({requestId, operation, profile, region: homeRegion, client: person.client});
		expect(call.principal).toMatchObject({arn: person.arn, name: person.name, accountId: '123456789012'});
		expect(call.at).toBe(Math.floor(at / 1000) * 1000);
		if (outcome === 'ok') expect(call).toMatchObject({outcome: 'ok', ranIn});
		else expect(outcome.startsWith(call.outcome)).toBe(true);
	}
	// A few control-plane records, which are no calls.
	expect(events.some(({EventName}) => EventName === 'ListInferenceProfiles')).toBe(true);
	expect(records).toContain(undefined);
});

test('only Converse shows tokens in its own record; streams leave a second one, in either of its two forms', async () => {
	const {config, calls} = openedAt(startAt);
	const events = await lookUpAll(config, bedrock);
	const records = events.map(readEvent).filter(record => record !== undefined);
	const byRequest = new Map(calls.map(call => [call.requestId, call]));
	for (const record of records) {
		if (record.kind === 'call') {
			const {tokens, requestId = '', outcome} = record.call;
			const call = byRequest.get(requestId);
			const isShown = call?.operation === 'Converse' && outcome === 'ok';
			expect(tokens).toEqual(isShown ? {input: call.usage.input, output: call.usage.output} : undefined);
			continue;
		}
		const {usage, ranIn, outcome} = byRequest.get(record.result.parentRequestId) as WorldCall;
		expect(outcome).toBe('ok');
		expect(record.result).toMatchObject({ranIn, tokens: {input: usage.input, output: usage.output}});
	}
	const twins = events.filter(({CloudTrailEvent}) => CloudTrailEvent?.includes('AwsServiceEvent'));
	expect(twins.length).toBeGreaterThan(100);
	expect(twins.every(({Username}) => Username === undefined)).toBe(true);
	const lists = twins.filter(({CloudTrailEvent}) => CloudTrailEvent?.includes('"key":"inferenceRegion"'));
	expect(lists.length).toBeGreaterThan(0);
	expect(lists.length).toBeLessThan(twins.length);
	const {ok, refused, throttled} = totals(openedAt(startAt).world, {
		from: 0,
		to: startAt,
		only: ({deliveredAt}) => deliveredAt <= startAt,
	}).everybody;
	const counts = countCalls(insert(emptyLog, records, {limit: 5000, keepMs: 26 * 3_600_000}), 0, undefined);
	expect(counts).toMatchObject({ok, refused, throttled, failed: 0});
});

test.each([
	[alice, {bearer: false, vpcEndpointId: undefined}],
	[bob, {bearer: true, vpcEndpointId: undefined}],
	[nightly, {bearer: false, vpcEndpointId: nightly.vpcEndpointId, vpcEndpointAccountId: '123456789012'}],
])('says how each call of $name reached Bedrock', async (person, path) => {
	const {config} = openedAt(startAt);
	const attributes = {LookupAttributes: [{AttributeKey: 'Username' as const, AttributeValue: person.name}]};
	const records = (await lookUpAll(config, attributes)).map(readEvent);
	const calls = records.flatMap(record => (record?.kind === 'call' ? [record.call] : []));
	expect(calls.some(({outcome}) => outcome !== 'ok')).toBe(true);
	const endpointHost = `bedrock-runtime.${homeRegion}.amazonaws.com`;
	for (const call of calls) {
		expect(call).toMatchObject({...path, sourceAddress: person.sourceIp, endpointHost, tlsVersion: 'TLSv1.3'});
	}
});

test('records have the shape of the ones AWS published', async () => {
	const {config} = openedAt(startAt);
	const [event] = await lookUpAll(config, {
		LookupAttributes: [{AttributeKey: 'Username', AttributeValue: alice.name}],
		StartTime: new Date(startAt - 10 * minute),
	});
	expect(event).toMatchObject({ReadOnly: 'true', EventSource: 'bedrock.amazonaws.com', Resources: []});
	expect(event?.EventTime).toBeInstanceOf(Date);
	const record = JSON.parse(event?.CloudTrailEvent ?? '');
	expect(record).toMatchObject({
		eventVersion: '1.11',
		readOnly: true,
		managementEvent: true,
		eventCategory: 'Management',
		eventID: event?.EventId,
		userIdentity: {
			type: 'AssumedRole',
			principalId: expect.stringMatching(/^AROA\w+:alice@example\.com$/),
			sessionContext: {sessionIssuer: {type: 'Role', userName: expect.stringMatching(/^AWSReservedSSO_/)}},
		},
		tlsDetails: {clientProvidedHostHeader: 'bedrock-runtime.us-east-1.amazonaws.com'},
	});
	const [byUser] = await lookUpAll(config, {LookupAttributes: [{AttributeKey: 'Username', AttributeValue: 'ci'}]});
	expect(JSON.parse(byUser?.CloudTrailEvent ?? '').userIdentity).toEqual({
		type: 'IAMUser',
		principalId: ci.uniqueId,
		arn: ci.arn,
		accountId: '123456789012',
		accessKeyId: ci.accessKeyId,
		userName: 'ci',
	});
});

test('nothing shows before it is delivered, and then it does', async () => {
	const {calls} = openedAt(startAt + 10 * minute);
	const late = calls.find(({at, deliveredAt}) => at > startAt && deliveredAt - at > 40 * second) as WorldCall;
	const idsAt = async (now: number) => (await lookUpAll(openedAt(now).config)).map(({EventId}) => EventId);
	expect(await idsAt(late.deliveredAt - 1)).not.toContain(late.eventId);
	expect(await idsAt(late.deliveredAt)).toContain(late.eventId);
});

describe('LookupEvents', () => {
	test.each([50, 7])('pages of %i give each record once, newest first', async MaxResults => {
		const {config, calls} = openedAt(startAt);
		const from = startAt - hour;
		const events = await lookUpAll(config, {...bedrock, MaxResults, StartTime: new Date(from)});
		const times = events.map(({EventTime}) => EventTime?.getTime() ?? 0);
		expect(times).toEqual([...times].sort((a, b) => b - a));
		expect(new Set(events.map(({EventId}) => EventId)).size).toBe(events.length);
		const delivered = calls.filter(({at, deliveredAt}) => at >= from && deliveredAt <= startAt);
		expect(events.length).toBeGreaterThan(delivered.length);
	});

	test('what is delivered between two pages neither repeats nor hides a record', async () => {
		const input = {MaxResults: 20, StartTime: new Date(startAt - 2 * hour)};
		const began = startAt + 20 * second;
		let now = began;
		const clock = {
			now: () => {
				now += 900;
				return now;
			},
		};
		const {world, config} = openedAt(began);
		const before = await lookUpAll(config, input);
		const during = await lookUpAll({...config, requestHandler: createRequestHandler(world, clock) as never}, input);
		expect(now).toBeGreaterThan(began + 10 * second);
		const ids = during.map(({EventId}) => EventId);
		expect(new Set(ids).size).toBe(ids.length);
		expect(ids).toEqual(expect.arrayContaining(before.map(({EventId}) => EventId)));
	});

	test('its window includes both ends, by the second', async () => {
		const {config, calls} = openedAt(startAt);
		const call = calls.find(({at}) => at > startAt - hour) as WorldCall;
		const at = new Date(Math.floor(call.at / 1000) * 1000);
		const events = await lookUpAll(config, {StartTime: at, EndTime: at});
		expect(events.map(({EventId}) => EventId)).toContain(call.eventId);
		expect(events.every(({EventTime}) => EventTime?.getTime() === at.getTime())).toBe(true);
	});

	test.each([
		['EventName', 'Converse', true],
		['EventSource', 'sts.amazonaws.com', false],
		['ReadOnly', 'true', true],
		['ReadOnly', 'false', false],
		['AccessKeyId', ci.accessKeyId, true],
		['ResourceName', 'anything', false],
	] as const)('by %s %s', async (AttributeKey, AttributeValue, isAny) => {
		const {config} = openedAt(startAt);
		const {Events} = await new CloudTrailClient(config).send(
			new LookupEventsCommand({LookupAttributes: [{AttributeKey, AttributeValue}]}),
		);
		expect((Events ?? []).length > 0).toBe(isAny);
		if (AttributeKey === 'EventName') expect(Events?.every(({EventName}) => EventName === AttributeValue)).toBe(true);
		if (AttributeKey === 'AccessKeyId') expect(Events?.every(({Username}) => Username === 'ci')).toBe(true);
	});

	test.each([
		['InvalidMaxResultsException', {MaxResults: 51}],
		['InvalidTimeRangeException', {StartTime: new Date(startAt), EndTime: new Date(startAt - minute)}],
		[
			'InvalidLookupAttributesException',
			{LookupAttributes: [...bedrock.LookupAttributes, ...bedrock.LookupAttributes]},
		],
		['InvalidNextTokenException', {NextToken: 'made-up'}],
	])('answers %s', async (name, input) => {
		const client = new CloudTrailClient(openedAt(startAt).config);
		await expect(client.send(new LookupEventsCommand(input))).rejects.toMatchObject({name, $fault: 'client'});
	});

	test('a token is good only with the parameters it came with', async () => {
		const client = new CloudTrailClient(openedAt(startAt).config);
		const {NextToken} = await client.send(new LookupEventsCommand({...bedrock, MaxResults: 5}));
		const again = {...bedrock, NextToken};
		await expect(client.send(new LookupEventsCommand({...again, MaxResults: 6}))).rejects.toMatchObject({
			name: 'InvalidNextTokenException',
		});
		const second = await client.send(new LookupEventsCommand({...again, MaxResults: 5}));
		expect(second.Events).toHaveLength(5);
	});

	test('another region has nothing', async () => {
		expect(await lookUpAll({...openedAt(startAt).config, region: 'eu-west-1'})).toEqual([]);
	});
});

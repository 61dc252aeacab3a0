import {expect, test} from 'vitest';
import {createAws} from '../../../source/sources/aws/aws.ts';
import {firstPages} from '../../../source/sources/aws/pages.ts';

/** The real clients, with an account in which every list has three pages. */
const open = () => {
	const counted: string[] = [];
	const hosts: string[] = [];
	const requestHandler = {
		async handle({hostname, query}: {readonly hostname: string; readonly query?: {readonly nextToken?: string}}) {
			hosts.push(hostname);
			const page = Number(query?.nextToken ?? 1);
			const body = {inferenceProfileSummaries: [], ...(page < 3 && {nextToken: String(page + 1)})};
			const {body: stream} = Response.json(body);
			return {response: {statusCode: 200, headers: {'content-type': 'application/json'}, body: stream}};
		},
	};
	const credentials = {accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example'};
	const onRequest = (operation: string) => counted.push(operation);
	return {counted, hosts, aws: createAws({requestHandler: requestHandler as never, credentials, onRequest})};
};

test('every page is counted as a request, under the name that IAM has for it', async () => {
	const {aws, counted} = open();
	const {client, sdk} = await aws.bedrock('eu-west-1');
	for await (const _ of sdk.paginateListInferenceProfiles({client}, {}));
	expect(counted).toEqual(Array.from({length: 3}, () => 'bedrock:ListInferenceProfiles'));
});

test('no more pages are asked for than are wanted', async () => {
	const {aws, counted} = open();
	const {client, sdk} = await aws.bedrock('eu-west-1');
	for await (const _ of firstPages(sdk.paginateListInferenceProfiles({client}, {}), 2));
	expect(counted).toHaveLength(2);
});

test('a service of one region is asked there, any other where it is told', async () => {
	const {aws, hosts, counted} = open();
	const {client, sdk} = await aws.iam();
	await client.send(new sdk.GetRoleCommand({RoleName: 'dev'})).catch(() => undefined);
	const cost = await aws.costExplorer();
	await cost.client.send(new cost.sdk.GetCostAndUsageCommand({} as never)).catch(() => undefined);
	const trail = await aws.cloudTrail('ap-southeast-2');
	await trail.client.send(new trail.sdk.LookupEventsCommand({})).catch(() => undefined);
	expect(hosts).toEqual(['iam.amazonaws.com', 'ce.us-east-1.amazonaws.com', 'cloudtrail.ap-southeast-2.amazonaws.com']);
	expect(counted).toEqual(['iam:GetRole', 'ce:GetCostAndUsage', 'cloudtrail:LookupEvents']);
});

test('a region has one client, however often it is opened', async () => {
	const {aws} = open();
	const [first, again, other] = await Promise.all(['eu-west-1', 'eu-west-1', 'us-east-1'].map(aws.sts));
	expect(again?.client).toBe(first?.client);
	expect(other?.client).not.toBe(first?.client);
});

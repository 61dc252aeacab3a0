import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest';
import {type Fault, serveWorld} from '../../../source/demo/aws/serve.ts';
import {applicationProfile} from '../../../source/demo/world/application-profile.ts';
import {alice, models} from '../../../source/demo/world/people.ts';
import {prerequisiteChecks} from '../../../source/screen/panes/prerequisite-checks.ts';
import {createAws} from '../../../source/sources/aws/aws.ts';
import {credentials, startAt} from '../../demo/opened.ts';
import {account, ask, decisions, denied, deniedXml, type Reply, stateOf, world} from '../../support/bedrock-account.ts';

test('everything that the simulated account says of its models', async () => {
	const {aws, counted} = account();
	const found = await ask(aws, [
		`${models.opus}[1m]`,
		models.opus,
		models.sonnet,
		applicationProfile.arn,
		models.fable,
	]);
	const known = (value: unknown) => ({state: 'known', value});
	expect(found.called).toEqual(
		[models.opus, models.sonnet, applicationProfile.arn, models.fable].map(id => {
			return {id, isProfile: true, exists: known(true)};
		}),
	);
	expect(found.available).toEqual([...Object.values(models), applicationProfile.id]);
	const opus = ['us-east-1', 'us-east-2', 'us-west-2'].map(
		region => `arn:aws:bedrock:${region}::foundation-model/anthropic.claude-opus-5-5`,
	);
	expect(found.destinations.get(models.opus)).toEqual(opus);
	expect(found.destinations.get(`${models.opus}[1m]`)).toEqual(opus);
	expect(found.destinations.get(models.sonnet)).toEqual([
		'arn:aws:bedrock:::foundation-model/anthropic.claude-sonnet-5-5',
	]);
	expect(found.models.map(({model, availability}) => [model, availability.state])).toEqual([
		['anthropic.claude-opus-5-5', 'known'],
		['anthropic.claude-sonnet-5-5', 'known'],
		['anthropic.claude-haiku-4-5-20251001-v1:0', 'known'],
		['anthropic.claude-fable-5-2', 'known'],
	]);
	expect(found.useCaseForm).toEqual(known(true));
	expect(found.logging).toEqual(known([]));
	expect(decisions(found)).toEqual([
		'ListInferenceProfiles  allowed',
		'GetInferenceProfile  allowed',
		`InvokeModel ${models.opus} allowed`,
		`InvokeModelWithResponseStream ${models.opus} allowed`,
		`InvokeModel ${models.sonnet} allowed`,
		`InvokeModelWithResponseStream ${models.sonnet} allowed`,
		`InvokeModel ${applicationProfile.arn} allowed`,
		`InvokeModelWithResponseStream ${applicationProfile.arn} allowed`,
		`InvokeModel ${models.fable} implicitDeny`,
		`InvokeModelWithResponseStream ${models.fable} implicitDeny`,
	]);
	expect(stateOf(found)).toEqual({
		...{'inference-profile': 'pass', 'model-access': 'fail', 'use-case-form': 'pass'},
		...{'iam-permission': 'fail', 'invocation-logging': 'pass'},
	});
	const times = (operation: string) => counted.filter(name => name === operation).length;
	expect(times('bedrock:ListInferenceProfiles')).toBe(2);
	expect(times('bedrock:GetInferenceProfile')).toBe(4);
	expect(times('bedrock:GetFoundationModelAvailability')).toBe(4);
	expect(times('bedrock:GetUseCaseForModelAccess')).toBe(1);
	expect(times('bedrock:GetModelInvocationLoggingConfiguration')).toBe(1);
	expect(times('iam:GetRole')).toBe(1);
	// One per place that a call may reach, and two for the look-ups: 2 + 3 + 2 + 3 + 3.
	expect(times('iam:SimulatePrincipalPolicy')).toBe(13);
});

test('every request is counted before it goes out', async () => {
	const {aws, asked, counted} = account();
	await ask(aws);
	expect(counted).toHaveLength(asked.length);
});

test('profiles are asked for as many at a time as AWS gives, those of AWS and those of the account', async () => {
	const queries: unknown[] = [];
	const {aws} = account((_, {query}) => {
		if (query?.maxResults !== undefined) queries.push([query.type, query.maxResults]);
		return undefined;
	});
	await ask(aws);
	expect(queries).toEqual([
		['SYSTEM_DEFINED', '1000'],
		['APPLICATION', '1000'],
	]);
});

test.each([
	['an id that the region does not have', 'us.anthropic.claude-opus-9', 'fail'],
	['an id of another geography', 'eu.anthropic.claude-opus-5-5', 'fail'],
	['an ARN of another account', applicationProfile.arn.replace('123456789012', '210987654321'), 'fail'],
	['a foundation model', 'anthropic.claude-opus-5-5', 'unknown'],
	['a router', 'arn:aws:bedrock:us-east-1:123456789012:default-prompt-router/anthropic.claude:1', 'unknown'],
	['no id at all', 'whatever', 'unknown'],
])('%s', async (_, id, state) => {
	expect(stateOf(await ask(account().aws, [id]))['inference-profile']).toBe(state);
});

describe('one operation refused, and the rest as before', () => {
	const operations = [
		['GET /inference-profiles', 'bedrock:ListInferenceProfiles', []],
		['GET /inference-profiles/', 'bedrock:GetInferenceProfile', ['iam-permission']],
		['GET /foundation-model-availability/', 'bedrock:GetFoundationModelAvailability', ['model-access']],
		['GET /use-case-for-model-access', 'bedrock:GetUseCaseForModelAccess', ['use-case-form']],
		['GET /logging/', 'bedrock:GetModelInvocationLoggingConfiguration', ['invocation-logging']],
		['GetRole', 'iam:GetRole', ['iam-permission']],
		['SimulatePrincipalPolicy', 'iam:SimulatePrincipalPolicy', ['iam-permission']],
	] as const;

	test.each(operations)('%s', async (operation, action, lost) => {
		const whole = stateOf(await ask(account().aws, [models.opus]));
		expect(Object.values(whole)).toEqual(['pass', 'pass', 'pass', 'pass', 'pass']);
		const isAsked = (name: string) => (operation.endsWith('/') ? name.startsWith(operation) : name === operation);
		const reply = operation.startsWith('GET ') ? denied : deniedXml;
		const found = await ask(account(name => (isAsked(name) ? reply : undefined)).aws, [models.opus]);
		const expected = Object.fromEntries(
			Object.entries(whole).map(([id, state]) => [id, lost.includes(id as never) ? 'unknown' : state]),
		);
		expect(stateOf(found)).toEqual(expected);
		const isNamed = lost.length > 0 && action !== 'bedrock:GetInferenceProfile';
		const fixes = prerequisiteChecks(found).flatMap(({fix}) => fix ?? []);
		expect(fixes.some(fix => fix.includes(action))).toBe(isNamed);
	});

	test('what Bedrock does not describe is judged by the list, which has this account’s and region’s only', async () => {
		const other = applicationProfile.arn.replace('123456789012', '210987654321');
		const ids = [models.opus, applicationProfile.arn, other, 'us.anthropic.claude-nine'];
		const found = await ask(
			account(name => (name.startsWith('GET /inference-profiles/') ? denied : undefined)).aws,
			ids,
		);
		expect(found.called.map(({exists}) => (exists.state === 'known' ? exists.value : exists.fix))).toEqual([
			...[true, true, 'allow bedrock:GetInferenceProfile on Resource "*"', false],
		]);
	});

	test('what is listed may be described, and what is described need not be listed', async () => {
		const unlisted = await ask(account(name => (name === 'GET /inference-profiles' ? denied : undefined)).aws);
		expect(unlisted.available).toBeUndefined();
		expect(unlisted.called.map(({exists}) => exists)).toEqual(
			[models.opus, models.fable].map(() => ({state: 'known', value: true})),
		);
		const nothing = await ask(account(name => (name.startsWith('GET /inference-profiles') ? denied : undefined)).aws);
		expect(nothing.called[0]?.exists).toEqual({
			state: 'unknown',
			reason: 'Bedrock refuses bedrock:ListInferenceProfiles.',
			fix: 'allow bedrock:ListInferenceProfiles on Resource "*"',
		});
		expect(nothing.destinations.size).toBe(0);
	});
});

describe('a service that fails, over HTTP', () => {
	let served: Awaited<ReturnType<typeof serveWorld>>;
	beforeAll(async () => {
		served = await serveWorld(world, {now: () => startAt});
		process.env.AWS_ENDPOINT_URL = served.url;
	});
	afterAll(async () => {
		delete process.env.AWS_ENDPOINT_URL;
		await served.close();
	});
	afterEach(() => {
		served.fail('bedrock', undefined);
		served.fail('iam', undefined);
	});
	const faults: readonly Fault[] = ['denied', 'throttled', 'empty', 'unreachable', 'expired'];
	const rows = ['inference-profile', 'model-access', 'use-case-form', 'iam-permission', 'invocation-logging'];

	test('none does', async () => {
		const found = await ask(createAws({credentials}), [models.opus]);
		expect(Object.values(stateOf(found))).toEqual(rows.map(() => 'pass'));
	});

	test.each(faults)('Bedrock %s: nothing of it is known, and IAM is asked all the same', async fault => {
		served.fail('bedrock', fault);
		const found = await ask(createAws({credentials}), [models.opus]);
		expect(stateOf(found)).toEqual(Object.fromEntries(rows.map(id => [id, 'unknown'])));
		expect(decisions(found)).toContain('ListInferenceProfiles  allowed');
		expect(decisions(found)).toContain(`InvokeModel ${models.opus} unknown`);
	});

	test.each(faults)('IAM %s: only the permissions are unknown', async fault => {
		served.fail('iam', fault);
		const found = await ask(createAws({credentials}), [models.opus]);
		const lost = rows.map(id => [id, id === 'iam-permission' ? 'unknown' : 'pass']);
		expect(stateOf(found)).toEqual(Object.fromEntries(lost));
	});

	test.each(faults)('both %s: an error only where nobody was reached', async fault => {
		served.fail('bedrock', fault);
		served.fail('iam', fault);
		const answer = ask(createAws({credentials}), [models.opus]);
		if (fault === 'unreachable') await expect(answer).rejects.toMatchObject({code: 'ECONNRESET'});
		else if (fault === 'expired') await expect(answer).rejects.toMatchObject({name: 'ExpiredTokenException'});
		else expect(Object.values(stateOf(await answer))).toEqual(rows.map(() => 'unknown'));
	});
});

test('who gives up gets no answer instead of a wrong one', async () => {
	const controller = new AbortController();
	const {aws} = account(() => {
		controller.abort();
		return Object.assign(new Error('Request aborted'), {name: 'AbortError'});
	});
	await expect(ask(aws, [models.opus], alice.arn, controller.signal)).rejects.toMatchObject({name: 'AbortError'});
});

describe('the account', () => {
	const form = (reply: Reply) => account(name => (name.includes('use-case') ? reply : undefined)).aws;

	test('has a use-case form, of which nothing is kept', async () => {
		const content = Buffer.from('{"companyName": "CANARY"}').toString('base64');
		const found = await ask(form({status: 200, body: JSON.stringify({formData: content})}));
		expect(found.useCaseForm).toEqual({state: 'known', value: true});
		expect(JSON.stringify(found)).not.toMatch(/CANARY|companyName/);
		expect(JSON.stringify(found)).not.toContain(content);
	});

	test('has none', async () => {
		const found = await ask(form({status: 404, type: 'ResourceNotFoundException', body: '{"message": "none"}'}));
		expect(found.useCaseForm).toEqual({state: 'known', value: false});
	});

	test.each([
		['{}', []],
		['{"loggingConfig": null}', []],
		['{"loggingConfig": {"s3Config": {"bucketName": "secret-bucket"}}}', ['S3']],
		[
			'{"loggingConfig": {"cloudWatchConfig": {"logGroupName": "g", "roleArn": "r"}, "s3Config": {"bucketName": "b"}}}',
			['CloudWatch', 'S3'],
		],
	])('logs invocations as %s says', async (body, value) => {
		const found = await ask(account(name => (name.startsWith('GET /logging') ? {status: 200, body} : undefined)).aws);
		expect(found.logging).toEqual({state: 'known', value});
		expect(JSON.stringify(found)).not.toContain('secret-bucket');
	});

	test('has profiles on several pages', async () => {
		const page = (id: string, nextToken?: string) =>
			JSON.stringify({inferenceProfileSummaries: [{inferenceProfileId: id}], nextToken});
		const {aws, counted} = account((name, {query = {}}) => {
			if (name !== 'GET /inference-profiles') return undefined;
			if (query.type === 'APPLICATION') return {status: 200, body: page('app')};
			return {status: 200, body: query.nextToken === 'more' ? page('second') : page('first', 'more')};
		});
		expect((await ask(aws)).available).toEqual(['first', 'second', 'app']);
		expect(counted.filter(name => name === 'bedrock:ListInferenceProfiles')).toHaveLength(3);
	});
});

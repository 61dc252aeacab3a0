import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {FixContext} from '../../../source/domain/refusals/causes/situation.ts';
import {type Denial, type Refused, readDenial} from '../../../source/domain/refusals/denial.ts';
import {type Fix, fixFor} from '../../../source/domain/refusals/fix.ts';
import {type PolicyDocument, statementFor} from '../../../source/domain/refusals/iam-policy.ts';

const alice = 'arn:aws:sts::123456789012:assumed-role/Dev/alice';
const stream = 'bedrock:InvokeModelWithResponseStream';
const opus = 'anthropic.claude-opus-5-5';
const profile = `us.${opus}`;
const profileIn = (region: string, id = profile) => `arn:aws:bedrock:${region}:123456789012:inference-profile/${id}`;
const modelIn = (region: string, id = opus) => `arn:aws:bedrock:${region}::foundation-model/${id}`;
const destinations = [modelIn('us-east-1'), modelIn('us-east-2'), modelIn('us-west-2')];
const scp = 'arn:aws:organizations::111122223333:policy/o-exampleorgid/service_control_policy/p-examplepol';
const boundary = 'arn:aws:iam::123456789012:policy/Boundary';

const refusal = (reason: string, {resource = profileIn('us-west-2'), action = stream, user = alice} = {}) =>
	`User: ${user} is not authorized to perform: ${action} on resource: ${resource} ${reason}`;
const no = (kind: string, action = stream) => `because no ${kind} allows the ${action} action`;
const denyIn = (policy: string) => `with an explicit deny in ${policy}`;

const context: FixContext = {called: profile, region: 'us-west-2', destinations, profile: 'work'};
const fixOf = (message: string, given: FixContext = context, more: Partial<Refused> = {}): Fix =>
	fixFor(readDenial({message, called: given.called, region: given.region, ...more}), given);
const statementOf = ({policy}: Fix) => (policy as PolicyDocument | null)?.Statement[0];

const existing = [
	'bedrock:InvokeModel',
	stream,
	'bedrock:CountTokens',
	'bedrock:GetInferenceProfile',
	'bedrock:GetFoundationModel',
	'bedrock:GetPromptRouter',
	'bedrock-mantle:CreateInference',
	'bedrock-mantle:CountTokens',
];

const expectSound = (fix: Fix) => {
	expect(fix.text).toMatch(/^[A-Z][^\n]*\.$/);
	// One sentence: no full stop before another one.
	expect(fix.text).not.toMatch(/\.\s+[A-Z]/);
	if (fix.command !== null) expect(fix.command).toMatch(/^aws [\p{L}\p{N} _.@:/'\\+()*-]+$/u);
	if (fix.policy === null) return;
	const policy = JSON.parse(JSON.stringify(fix.policy));
	expect(Object.keys(policy)).toEqual(['Version', 'Statement']);
	expect(policy.Version).toBe('2012-10-17');
	expect(policy.Statement).toHaveLength(1);
	const [{Effect, Action, Resource, Sid}] = policy.Statement;
	expect(Effect).toBe('Allow');
	expect(Sid).toMatch(/^[A-Za-z0-9]+$/);
	expect(Action.every((action: string) => existing.includes(action))).toBe(true);
	expect(Action.length * Resource.length).toBeGreaterThan(0);
	expect(JSON.stringify(policy)).not.toMatch(/[*?$]/);
	for (const arn of Resource) {
		expect(arn).toMatch(
			/^arn:aws(-us-gov|-cn)?:bedrock(-mantle)?:([a-z]+(-[a-z]+)+-\d+)?:(\d{12})?:[a-z-]+\/[\w.:-]+$/,
		);
	}
	expect(new Set(Resource).size).toBe(Resource.length);
};

describe('a missing Allow gets the policy that allows it', () => {
	test.each([
		['an identity policy', no('identity-based policy'), /identity policy of the role Dev\.$/],
		['a permissions boundary', no('permissions boundary'), /permissions boundary of the role Dev\.$/],
		['a session policy', no('session policy'), /session policy of the role Dev\.$/],
		['an unnamed reason', '', /identity policy of the role Dev, or have a Deny looked for/],
	])('%s', (_, reason, text) => {
		const fix = fixOf(refusal(reason));
		expectSound(fix);
		expect(fix.text).toMatch(text);
		expect(statementOf(fix)).toMatchObject({
			Action: [stream],
			Resource: [profileIn('us-west-2'), modelIn('us-east-1'), modelIn('us-east-2'), modelIn('us-west-2')],
		});
	});

	test('a destination is allowed together with the profile and every other destination', () => {
		const fix = fixOf(refusal(no('identity-based policy'), {resource: modelIn('us-east-2')}));
		expectSound(fix);
		expect(fix.text).toContain('as the profile sends calls to us-east-2 too');
		expect(statementOf(fix)?.Resource).toEqual([profileIn('us-west-2'), ...destinations]);
	});

	test('what IAM refused is in the policy even if nobody named it before', () => {
		const fix = fixOf(refusal(no('identity-based policy'), {resource: modelIn('ca-central-1')}));
		expect(statementOf(fix)?.Resource).toContain(modelIn('ca-central-1'));
	});

	test('a global profile takes the form without a region and the region that was called', () => {
		const called = `global.${opus}`;
		const resource = profileIn('eu-west-1', called);
		const fix = fixOf(refusal(no('identity-based policy'), {resource}), {called, region: 'eu-west-1'});
		expectSound(fix);
		expect(statementOf(fix)?.Resource).toEqual([resource, modelIn('eu-west-1'), modelIn('')]);
		const denied = fixOf(refusal(no('identity-based policy'), {resource: modelIn('')}), {called, region: 'eu-west-1'});
		expect(statementOf(denied)?.Resource).toEqual([resource, modelIn('eu-west-1'), modelIn('')]);
	});

	test('a foundation model called by its own id takes its one ARN', () => {
		const fix = fixOf(refusal(no('identity-based policy'), {resource: modelIn('us-west-2')}), {
			called: opus,
			region: 'us-west-2',
		});
		expectSound(fix);
		expect(statementOf(fix)?.Resource).toEqual([modelIn('us-west-2')]);
	});

	test('an application profile takes its ARN and the models behind it', () => {
		const called = 'arn:aws:bedrock:us-west-2:123456789012:application-inference-profile/abcdef123456';
		const fix = fixOf(refusal(no('identity-based policy'), {resource: called}), {...context, called});
		expectSound(fix);
		expect(statementOf(fix)?.Resource).toEqual([called, ...destinations]);
	});

	test('GovCloud keeps its partition', () => {
		const called = `us-gov.${opus}`;
		const arn = `arn:aws-us-gov:bedrock:us-gov-west-1::foundation-model/${opus}`;
		const user = 'arn:aws-us-gov:sts::123456789012:assumed-role/Dev/alice';
		const given = {called, region: 'us-gov-west-1', destinations: [arn]};
		const fix = fixOf(refusal(no('identity-based policy'), {resource: arn, user}), given);
		expectSound(fix);
		expect(statementOf(fix)?.Resource).toEqual([
			`arn:aws-us-gov:bedrock:us-gov-west-1:123456789012:inference-profile/${called}`,
			arn,
		]);
	});

	test.each([
		['bedrock:GetInferenceProfile', profileIn('us-west-2')],
		['bedrock-mantle:CreateInference', 'arn:aws:bedrock-mantle:us-east-1:123456789012:project/default'],
		[stream, 'arn:aws:bedrock:us-west-2:123456789012:provisioned-model/abcdef123456'],
	])('%s on %s takes the ARN that was refused', (action, resource) => {
		const fix = fixOf(refusal(no('identity-based policy', action), {action, resource}), {called: resource});
		expectSound(fix);
		expect(statementOf(fix)).toMatchObject({Action: [action], Resource: [resource]});
	});

	test("Claude Code's [1m] never reaches IAM", () => {
		const fix = fixOf(refusal(no('identity-based policy'), {resource: modelIn('us-east-2')}), {
			...context,
			called: `${profile}[1m]`,
		});
		expect(statementOf(fix)?.Resource).toEqual([profileIn('us-west-2'), ...destinations]);
	});
});

describe('without all of it there is no policy, and the sentence says what is missing', () => {
	const masked = 'arn:aws:sts::************:assumed-role/Dev/alice';
	const inOhio = {resource: modelIn('us-east-2')};
	test.each<readonly [string, string, FixContext, RegExp]>([
		[
			'the destinations',
			refusal(no('identity-based policy')),
			{called: profile},
			/regions that the profile sends calls to/,
		],
		[
			'destinations of another model',
			refusal(no('identity-based policy')),
			{...context, destinations: [modelIn('us-east-1', 'anthropic.claude-haiku-5-5')]},
			/regions that/,
		],
		[
			'destinations of another profile',
			refusal(no('identity-based policy')),
			{...context, called: `eu.${opus}`},
			/regions that/,
		],
		[
			'destinations that are no ARNs',
			refusal(no('identity-based policy')),
			{...context, destinations: ['arn:aws:bedrock:*::foundation-model/*']},
			/regions that/,
		],
		[
			'destinations of another partition',
			refusal(no('identity-based policy')),
			{...context, destinations: [`arn:aws-cn:bedrock:cn-north-1::foundation-model/${opus}`]},
			/regions that/,
		],
		['the account', refusal(no('identity-based policy'), {...inOhio, user: masked}), context, /the id of the account/],
		[
			'the region',
			refusal(no('identity-based policy'), inOhio),
			{called: profile, destinations},
			/the region that was called/,
		],
		[
			'a region that is none',
			refusal(no('identity-based policy'), inOhio),
			{...context, region: '*'},
			/the region that was called/,
		],
		[
			'the profile',
			refusal(no('identity-based policy'), inOhio),
			{region: 'us-west-2'},
			/the inference profile that was called/,
		],
		[
			'a resource',
			`User: ${alice} is not authorized to perform: bedrock:GetInferenceProfile`,
			context,
			/the resource that was refused/,
		],
	])('%s', (_, message, given, text) => {
		const fix = fixOf(message, given);
		expectSound(fix);
		expect(fix.policy).toBeNull();
		expect(fix.text).toMatch(text);
	});

	test('the command that names the destinations is offered', () => {
		const {command} = fixOf(refusal(no('identity-based policy')), {
			called: profile,
			region: 'us-west-2',
			profile: 'work',
		});
		expect(command).toBe(
			`aws bedrock get-inference-profile --inference-profile-identifier ${profile} --region us-west-2 --profile work`,
		);
	});

	test.each(['bedrock:ListInferenceProfiles', 'bedrock:CallWithBearerToken', 'bedrock-mantle:CallWithBearerToken'])(
		'%s is allowed on all resources, in words',
		action => {
			const fix = fixOf(refusal(no('identity-based policy', action), {action, resource: '*'}));
			expectSound(fix);
			expect(fix.policy).toBeNull();
			expect(fix.text).toContain(`Allow ${action} on all resources in an identity policy of the role Dev`);
		},
	);

	test('an action that bedtop does not know gets into no policy', () => {
		const action = 'bedrock:DeleteEverything';
		const fix = fixOf(refusal(no('identity-based policy', action), {action}));
		expectSound(fix);
		expect(fix.policy).toBeNull();
		expect(fix.text).toContain(action);
	});
});

type Row = readonly [message: string, cause: Denial['cause'], known: FixContext, text: RegExp, command?: string];

describe('each cause has one way out', () => {
	const suggestions = [profile, `us.${opus}`, `eu.${opus}`, `global.${opus}`];
	const given = {...context, suggestions};
	const bare = {...context, called: opus, suggestions};
	const rows: readonly Row[] = [
		[
			refusal(denyIn('an identity-based policy')),
			'explicit-deny',
			given,
			/Deny of bedrock:InvokeModelWithResponseStream on arn:.* taken out of the identity policies of the role Dev, as no Allow/,
		],
		[
			refusal(denyIn(`an identity-based policy: ${boundary}`)),
			'explicit-deny',
			given,
			/role Dev \(arn:aws:iam::123456789012:policy\/Boundary\)/,
		],
		[
			refusal(denyIn(`a service control policy: ${scp}`)),
			'scp',
			given,
			/^Ask your organisation's administrator to exempt bedrock:\S+ on arn:\S+ from the service control policy \(arn:aws:organizations:\S+p-examplepol\)\.$/,
		],
		[refusal(no('service control policy')), 'scp', given, /administrator to allow .* in the service control policy/],
		[
			refusal(denyIn('a resource control policy')),
			'resource-policy',
			given,
			/administrator to exempt .* from the resource control policy/,
		],
		[refusal(denyIn('a resource-based policy')), 'resource-policy', given, /policy of the resource itself/],
		[
			refusal(denyIn(`a permissions boundary: ${boundary}`)),
			'permissions-boundary',
			given,
			/taken out of the permissions boundary of the role Dev \(arn/,
		],
		[refusal(denyIn('a session policy')), 'session-policy', given, /taken out of the session policy/],
		[
			refusal(no('VPC endpoint policy')),
			'vpc-endpoint',
			given,
			/Allow .* in the policy of the VPC endpoint for bedrock-runtime in us-west-2/,
		],
		[refusal(denyIn('a VPC endpoint policy')), 'vpc-endpoint', given, /taken out of the policy of the VPC endpoint/],
		[
			refusal(denyIn(`a service control policy: ${scp}`), {resource: modelIn('us-east-2')}),
			'destination-region',
			given,
			/exempt .* from the service control policy \(arn:\S+\), or call a profile that does not send calls to us-east-2: ANTHROPIC_MODEL=eu\.anthropic\.claude-opus-5-5\.$/,
		],
		[
			refusal(denyIn('an identity-based policy'), {resource: modelIn('')}),
			'destination-region',
			{called: `global.${opus}`},
			/identity policies of the role Dev, or call a profile that does not send calls to every region\.$/,
		],
		[
			'Model access is denied due to IAM user or service role is not authorized to perform the required AWS Marketplace actions (aws-marketplace:ViewSubscriptions, aws-marketplace:Subscribe)',
			'marketplace',
			given,
			/Have somebody who may use aws-marketplace:Subscribe .* call us\.anthropic\.claude-opus-5-5 once/,
		],
		['Model access is denied due to INVALID_PAYMENT_INSTRUMENT', 'marketplace', given, /payment method/],
		[
			refusal(denyIn(`a service control policy: ${scp}`), {action: 'aws-marketplace:Subscribe', resource: '*'}),
			'marketplace',
			given,
			/exempt aws-marketplace:Subscribe on all resources from the service control policy \(arn/,
		],
		[
			refusal(denyIn('an identity-based policy'), {action: 'aws-marketplace:Subscribe', resource: '*'}),
			'marketplace',
			given,
			/Deny of aws-marketplace:Subscribe on all resources taken out of the identity policies/,
		],
		[
			'Model use case details have not been submitted for this account.',
			'use-case-form',
			given,
			/use case form .* PutUseCaseForModelAccess, .* 15 minutes/,
		],
		[
			"You don't have access to the model with the specified model ID.",
			'model-access',
			given,
			/may use us\.anthropic\.claude-opus-5-5 in us-west-2/,
		],
		[
			'This Model is marked by provider as Legacy',
			'legacy-model',
			{...given, suggestions: ['us.anthropic.claude-haiku-5-5']},
			/Pin a model that is still active with ANTHROPIC_MODEL=us\.anthropic\.claude-haiku-5-5,/,
		],
		[
			'This model version has reached the end of its life.',
			'end-of-life',
			given,
			/still active with ANTHROPIC_MODEL, as us\./,
		],
		[
			"Invocation of model ID with on-demand throughput isn't supported.",
			'bare-model-id',
			bare,
			/ANTHROPIC_MODEL=us\.anthropic\.claude-opus-5-5 \(or/,
		],
		[
			"Invocation of model ID with on-demand throughput isn't supported.",
			'bare-model-id',
			{called: opus, region: 'us-west-2'},
			/id of an inference profile of anthropic\.claude-opus-5-5,/,
			'aws bedrock list-inference-profiles --region us-west-2',
		],
		[
			'The provided model identifier is invalid.',
			'invalid-model',
			{called: 'claude-opus-5-5'},
			/id of an inference profile of the model,/,
			'aws bedrock list-inference-profiles',
		],
		[
			'The provided model identifier is invalid.',
			'invalid-model',
			{called: profile, profile: 'work'},
			/id of an inference profile,/,
			'aws bedrock list-inference-profiles --profile work',
		],
		[
			refusal(no('identity-based policy', 'bedrock:CallWithBearerToken'), {
				action: 'bedrock:CallWithBearerToken',
				resource: '*',
			}),
			'bearer-token',
			given,
			/Allow bedrock:CallWithBearerToken .*, or unset AWS_BEARER_TOKEN_BEDROCK/,
		],
		[
			refusal(denyIn(`a service control policy: ${scp}`), {action: 'bedrock:CallWithBearerToken', resource: '*'}),
			'bearer-token',
			given,
			/administrator to exempt bedrock:CallWithBearerToken .*, or unset AWS_BEARER_TOKEN_BEDROCK/,
		],
		[
			`User: ${alice} is not authorized to perform: bedrock:CallWithBearerToken`,
			'bearer-token',
			given,
			/in an identity policy of the role Dev, or unset AWS_BEARER_TOKEN_BEDROCK so that [\w ]+\.$/,
		],
		['Please make sure your API Key is valid.', 'bearer-token', given, /valid Bedrock API key/],
		[
			'Too many requests, please wait before trying again.',
			'throttled',
			given,
			/higher quota for us\.anthropic\.claude-opus-5-5 in us-west-2/,
		],
		['Too many tokens per day, please wait before trying again.', 'quota', given, /tokens per day/],
		[
			'The security token included in the request is expired',
			'expired-credentials',
			given,
			/Renew the AWS credentials\./,
			'aws sso login --profile work',
		],
		['The security token included in the request is expired', 'expired-credentials', {}, /Renew/, 'aws sso login'],
		[
			'The security token included in the request is expired',
			'expired-credentials',
			{profile: "it's; rm"},
			/Renew/,
			String.raw`aws sso login --profile 'it'\''s; rm'`,
		],
		[
			'The security token included in the request is expired',
			'expired-credentials',
			{profile: 'p'.repeat(101)},
			/Renew/,
			'aws sso login',
		],
		[
			'The security token included in the request is expired',
			'expired-credentials',
			{profile: 'a\u001b[2Jb'},
			/Renew/,
			'aws sso login',
		],
		[
			'Your session has expired. Please reauthenticate.',
			'expired-credentials',
			given,
			/Sign in/,
			'aws login --profile work',
		],
		[
			'The security token included in the request is invalid.',
			'expired-credentials',
			given,
			/access keys/,
			'aws sso login --profile work',
		],
		['Signature expired: 20261123T080000Z is now earlier', 'expired-credentials', given, /clock/],
		['Bearer Token has expired', 'expired-credentials', given, /new Bedrock API key/],
		['something else', 'unknown', given, /https:\/\/docs\.aws\.amazon\.com\/bedrock\//],
	];
	test.each(rows.map(([message, cause, known, text, command]) => ({message, cause, known, text, command})))(
		'$message → $cause',
		({message, cause, known, text, command}) => {
			const denial = readDenial({message, called: known.called, region: known.region});
			expect(denial.cause).toBe(cause);
			const fix = fixFor(denial, known);
			expect(fix.text).toMatch(text);
			expect(fix.policy).toBeNull();
			expect(fix.command).toBe(command ?? null);
			if (known.profile === undefined || known.profile === 'work') expectSound(fix);
		},
	);
});

describe('the one to change is named', () => {
	const sso = 'arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Bedrock_Users_0123456789abcdef/alice@example.com';
	test.each([
		['arn:aws:iam::123456789012:user/team/n.jones', 'the user n.jones'],
		[alice, 'the role Dev'],
		['arn:aws:iam::123456789012:role/team/Dev', 'the role Dev'],
		[sso, 'the permission set Bedrock_Users in IAM Identity Center'],
		['arn:aws:iam::123456789012:root', 'the role or user that called'],
		['arn:aws:sts::123456789012:assumed-role/<b>/x', 'the role or user that called'],
	])('%s is %s', (user, who) => {
		expect(fixOf(refusal(no('identity-based policy'), {user})).text).toContain(`an identity policy of ${who}.`);
	});
	test('and the policy that leaves it out, where IAM names it', () => {
		const {text} = fixOf(refusal(`because no permissions boundary: ${boundary} allows the ${stream} action`));
		expect(text).toMatch(/permissions boundary of the role Dev \(arn:aws:iam::123456789012:policy\/Boundary\)\.$/);
	});
	test('a policy ARN that is none is left out', () => {
		const {text} = fixOf(refusal(denyIn('a service control policy: arn:aws:organizations::111122223333:policy/o-x/*')));
		expect(text).toMatch(/service control policy\.$/);
	});
});

test('a statement has nothing but what was asked for', () => {
	const known = {called: profile, destinations, accountId: '111122223333', region: 'us-west-2'};
	expect(statementFor({action: 'bedrock:InvokeModel', ...known})?.Action).toEqual(['bedrock:InvokeModel']);
	for (const action of ['bedrock:*', '*', 'bedrock:invokemodel', 's3:GetObject', '', undefined]) {
		expect(statementFor({action, ...known})).toBeUndefined();
	}
	for (const accountId of ['*', '12345678901', '1234567890123', '', '12345678901２']) {
		expect(statementFor({action: stream, ...known, accountId})).toBeUndefined();
	}
	for (const called of [
		'*',
		'us.*',
		`us.${opus}*`,
		`us.${opus}\n`,
		`arn:aws:bedrock:us-west-2:123456789012:inference-profile/*`,
		'',
	]) {
		const statement = statementFor({action: stream, ...known, called});
		expect(JSON.stringify(statement ?? '')).not.toMatch(/[*\\]/);
	}
	expect(statementFor({action: stream, ...known, partition: 'aws:*'})).toBeUndefined();
});

describe('whatever the strings are, no policy has a wildcard and no fix throws', () => {
	const piece = fc.oneof(
		fc.constantFrom(
			'*',
			'arn:aws:bedrock:',
			'us-west-2',
			'::foundation-model/',
			opus,
			profile,
			':123456789012:',
			'inference-profile/',
			'global.',
			'?',
			'$' + '{aws:username}',
			'"',
			'\n',
			' ',
			'[1m]',
		),
		fc.string({maxLength: 6}),
	);
	const joined = fc.array(piece, {maxLength: 8}).map(pieces => pieces.join(''));
	const arn = fc.constantFrom(
		...destinations,
		modelIn(''),
		profileIn('us-west-2'),
		profileIn('us-west-2', `global.${opus}`),
		'arn:aws:bedrock:us-west-2:123456789012:application-inference-profile/abcdef123456',
	);
	const id = fc.oneof(joined, arn, fc.constantFrom(profile, `global.${opus}`, opus, 'abcdef123456'));
	const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, {nil: undefined});
	const contexts = fc.record({
		called: optional(id),
		region: optional(fc.oneof(joined, fc.constant('us-west-2'))),
		destinations: optional(fc.array(fc.oneof(arn, joined), {maxLength: 4})),
		suggestions: optional(fc.array(id, {maxLength: 4})),
		profile: optional(fc.string()),
	});
	const reasons = fc.constantFrom(
		'',
		no('identity-based policy'),
		no('permissions boundary'),
		no('session policy'),
		denyIn(`a service control policy: ${scp}`),
	);
	const users = fc.oneof(
		fc.constant(alice),
		joined.map(text => `arn:aws:sts::123456789012:assumed-role/${text}`),
	);
	const known = fc.constantFrom(stream, ...existing);
	const messages = fc.oneof(
		fc.string({unit: 'binary'}),
		fc
			.tuple(users, fc.oneof(known, joined), id, reasons)
			.map(([user, action, resource, reason]) => refusal(reason, {user, action, resource})),
	);
	test('of messages', () => {
		let offered = 0;
		const check = (message: string, given: FixContext) => {
			const fix = fixOf(message, given);
			expectSound({...fix, command: null});
			expect(fix.command ?? '').not.toMatch(/\p{C}/u);
			if (fix.policy !== null) offered += 1;
		};
		fc.assert(fc.property(messages, contexts, check), {numRuns: 2000});
		expect(offered).toBeGreaterThan(20);
	});
	test('of denials', () => {
		const denials = fc.record({
			cause: fc.constantFrom<Denial['cause'][]>(
				'identity-policy',
				'destination-region',
				'permissions-boundary',
				'session-policy',
				'marketplace',
				'bearer-token',
				'bare-model-id',
				'model-access',
				'throttled',
				'quota',
				'legacy-model',
			),
			action: optional(fc.oneof(known, joined)),
			principalArn: optional(users),
			resource: optional(id),
			resourceRegion: optional(joined),
			policyArn: optional(fc.oneof(joined, fc.constant(scp))),
			model: optional(id),
		});
		fc.assert(
			fc.property(denials, contexts, (denial, given) => {
				const fix = fixFor(denial, given);
				expectSound({...fix, command: null});
				expect(fix.text).not.toMatch(/[*\p{C}]/u);
			}),
			{numRuns: 2000},
		);
	});
});

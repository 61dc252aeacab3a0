import {describe, expect, test} from 'vitest';
import type {Availability, Finding, Permission, Prerequisites} from '../../../source/domain/refusals/prerequisites.ts';
import {prerequisiteChecks} from '../../../source/screen/panes/prerequisite-checks.ts';

const known = <T>(value: T): Finding<T> => ({state: 'known', value});
const refused: Finding<never> = {state: 'unknown', reason: 'Bedrock refuses x.', fix: 'allow x'};

const opus = 'us.anthropic.claude-opus-5-5';
const fable = 'us.anthropic.claude-fable-5-2';
const open: Availability = {
	agreement: 'AVAILABLE',
	authorization: 'AUTHORIZED',
	entitlement: 'AVAILABLE',
	region: 'AVAILABLE',
};
const may = (id: string): Permission => ({action: 'bedrock:InvokeModel', id, decision: 'allowed'});

const whole: Prerequisites = {
	region: 'us-east-1',
	available: [opus, fable],
	called: [{id: opus, isProfile: true, exists: known(true)}],
	destinations: new Map([
		[opus, ['us-east-1', 'us-west-2'].map(to => `arn:aws:bedrock:${to}::foundation-model/anthropic.claude-opus-5-5`)],
	]),
	models: [{model: 'anthropic.claude-opus-5-5', availability: known(open)}],
	useCaseForm: known(true),
	logging: known([]),
	permissions: known([{action: 'bedrock:ListInferenceProfiles', decision: 'allowed'}, may(opus)]),
};

const check = (id: string, change: Partial<Prerequisites>) => {
	const found = prerequisiteChecks({...whole, ...change}).find(one => one.id === id);
	return found && `${found.state}: ${found.evidence} → ${found.fix}`;
};

test('one row per prerequisite, in the order in which a call meets them', () => {
	const rows = prerequisiteChecks(whole).map(({id, state, evidence, fix}) => [id, state, evidence, fix]);
	expect(rows).toEqual([
		['inference-profile', 'pass', `${opus} → us-east-1, us-west-2`, null],
		['model-access', 'pass', 'opus-5.5 may be used', null],
		['use-case-form', 'pass', 'submitted', null],
		['iam-permission', 'pass', `IAM would allow ${opus}`, null],
		['invocation-logging', 'pass', 'off', null],
	]);
});

test.each(['inference-profile', 'model-access', 'use-case-form', 'iam-permission', 'invocation-logging'])(
	'%s: what was refused is unknown, with the permission to give',
	id => {
		const called = [{id: opus, isProfile: true, exists: refused}];
		const models = [{model: 'anthropic.claude-opus-5-5', availability: refused}];
		const nothing = {called, models, useCaseForm: refused, logging: refused, permissions: refused};
		expect(check(id, nothing)).toBe('unknown: Bedrock refuses x. → allow x');
	},
);

describe('before anything was called', () => {
	const nothing = {called: [], models: [], destinations: new Map()};
	test.each([
		['inference-profile', 'unknown: no inference profile was called yet → null'],
		['model-access', 'unknown: no model was called yet → null'],
		['iam-permission', 'unknown: no model was called yet → null'],
	])('%s', (id, expected) => {
		const permissions = known([{action: 'bedrock:ListInferenceProfiles', decision: 'allowed'} as const]);
		expect(check(id, {...nothing, permissions})).toBe(expected);
	});
});

test.each([
	[
		'one that is missing, with one that leads to the same model',
		[{id: 'eu.anthropic.claude-opus-5-5', isProfile: true, exists: known(false)}],
		`fail: us-east-1 has no profile eu.anthropic.claude-opus-5-5 → call ${opus}`,
	],
	[
		'one that is missing, of a model that has none',
		[{id: 'us.anthropic.claude-nine', isProfile: true, exists: known(false)}],
		'fail: us-east-1 has no profile us.anthropic.claude-nine → call an inference profile that exists there, or another region',
	],
	[
		'a missing one counts before an unknown one',
		[
			{id: fable, isProfile: true, exists: refused},
			{id: 'us.anthropic.claude-nine', isProfile: true, exists: known(false)},
		],
		'fail: us-east-1 has no profile us.anthropic.claude-nine → call an inference profile that exists there, or another region',
	],
	[
		'an unknown one before one that exists',
		[
			{id: opus, isProfile: true, exists: known(true)},
			{id: fable, isProfile: true, exists: refused},
		],
		'unknown: Bedrock refuses x. → allow x',
	],
	[
		'a foundation model is none',
		[{id: 'anthropic.claude-opus-5-5', isProfile: false, exists: known(true)}],
		'unknown: no inference profile was called yet → null',
	],
] as const)('inference profiles: %s', (_, called, expected) => {
	expect(check('inference-profile', {called})).toBe(expected);
});

test('of a profile that Bedrock does not describe only the name is shown; a global one may run anywhere', () => {
	expect(check('inference-profile', {destinations: new Map()})).toBe(`pass: ${opus} → null`);
	const anywhere = new Map([[opus, ['arn:aws:bedrock:::foundation-model/anthropic.claude-opus-5-5']]]);
	expect(check('inference-profile', {destinations: anywhere})).toBe(`pass: ${opus} → every region → null`);
});

const console = "request access to opus-5.5 on the model's page of the Bedrock console";
test.each([
	[
		{authorization: 'NOT_AUTHORIZED'},
		`fail: opus-5.5: NOT_AUTHORIZED, entitlement AVAILABLE, agreement AVAILABLE → ${console}`,
	],
	[
		{entitlement: 'NOT_AVAILABLE'},
		`fail: opus-5.5: AUTHORIZED, entitlement NOT_AVAILABLE, agreement AVAILABLE → ${console}`,
	],
	[{agreement: 'ERROR'}, `fail: opus-5.5: AUTHORIZED, entitlement AVAILABLE, agreement ERROR → ${console}`],
	[{region: 'NOT_AVAILABLE'}, 'fail: opus-5.5 is not offered in us-east-1 → call a region that offers it'],
	[{agreement: 'PENDING'}, 'warn: the agreement of opus-5.5 is being made → wait 15 minutes and look again'],
	[
		{agreement: 'NOT_AVAILABLE'},
		'warn: opus-5.5 has no agreement yet; the first call makes one → allow aws-marketplace:Subscribe and aws-marketplace:ViewSubscriptions once',
	],
])('model access: %j', (change, expected) => {
	const models = [{model: 'anthropic.claude-opus-5-5', availability: known({...open, ...change})}];
	expect(check('model-access', {models})).toBe(expected);
});

test('use-case form: missing is a failure, unless the models are open all the same', () => {
	const fix = "fill out Anthropic's use case form in the model catalog of the Bedrock console";
	const useCaseForm = known(false);
	expect(check('use-case-form', {useCaseForm, models: []})).toBe(`fail: not submitted for this account → ${fix}`);
	const evidence = 'not submitted by this account, yet its models may be used';
	expect(check('use-case-form', {useCaseForm})).toBe(`warn: ${evidence} → ${fix}`);
});

describe('permission', () => {
	const arn = 'arn:aws:bedrock:us-east-2::foundation-model/anthropic.claude-opus-5-5';
	const denied = {action: 'bedrock:InvokeModel', id: opus, resources: [arn]};
	test.each([
		[
			{...denied, decision: 'implicitDeny'},
			`fail: no policy allows bedrock:InvokeModel of ${opus} → allow bedrock:InvokeModel on ${arn}`,
		],
		[
			{...denied, decision: 'explicitDeny'},
			`fail: an explicit deny forbids bedrock:InvokeModel of ${opus} → take bedrock:InvokeModel on ${arn} out of the Deny statement`,
		],
		[
			{...denied, decision: 'explicitDeny', deniedBy: 'organization'},
			`fail: the organization forbids bedrock:InvokeModel of ${opus} → have the service control policy allow bedrock:InvokeModel on ${arn}`,
		],
		[
			{...denied, decision: 'implicitDeny', deniedBy: 'boundary'},
			`fail: the permissions boundary does not allow bedrock:InvokeModel of ${opus} → add bedrock:InvokeModel on ${arn} to the permissions boundary`,
		],
		[
			{action: 'bedrock:ListInferenceProfiles', decision: 'implicitDeny', resources: []},
			'warn: no policy allows bedrock:ListInferenceProfiles → allow bedrock:ListInferenceProfiles',
		],
		[
			{...denied, decision: 'unknown', reason: 'it hangs on aws:SourceIp'},
			`unknown: bedrock:InvokeModel of ${opus}: it hangs on aws:SourceIp → null`,
		],
	] as const)('%j', (permission, expected) => {
		expect(check('iam-permission', {permissions: known([may(fable), permission])})).toBe(expected);
	});

	test('both ways of calling a model are one line, with every resource to allow', () => {
		const both = {id: opus, decision: 'implicitDeny', resources: ['arn:1', 'arn:2']} as const;
		const permissions = known([
			{action: 'bedrock:InvokeModel', ...both},
			{action: 'bedrock:InvokeModelWithResponseStream', ...both},
		]);
		const actions = 'bedrock:InvokeModel and bedrock:InvokeModelWithResponseStream';
		const expected = `fail: no policy allows ${actions} of ${opus} → allow ${actions} on arn:1, arn:2`;
		expect(check('iam-permission', {permissions})).toBe(expected);
	});

	test('a denial counts before what is unknown', () => {
		const permissions = known([
			{...denied, decision: 'unknown', reason: 'it hangs on x'} as const,
			{...denied, id: fable, decision: 'implicitDeny'} as const,
		]);
		expect(check('iam-permission', {permissions})).toMatch(/^fail: no policy allows/);
	});
});

test('logging is a choice, so it passes either way', () => {
	expect(check('invocation-logging', {logging: known(['CloudWatch', 'S3'])})).toBe(
		'pass: on, to CloudWatch and S3 → null',
	);
	expect(check('invocation-logging', {logging: known([])})).toBe('pass: off → null');
});

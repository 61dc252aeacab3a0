import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {readSentence} from '../../../../source/domain/refusals/causes/iam-sentence.ts';
import {type Cause, causes} from '../../../../source/domain/refusals/causes/index.ts';
import {standardText, writeSentence} from '../../../../source/domain/refusals/causes/standard-text.ts';
import {type Denial, type DenialDetails, type Refused, readDenial} from '../../../../source/domain/refusals/denial.ts';
import {fixFor} from '../../../../source/domain/refusals/fix.ts';

const rows = Object.entries(causes).map(([cause, row]) => ({cause: cause as Cause, ...row}));

const user = 'arn:aws:sts::123456789012:assumed-role/Dev/alice';
const opus = 'anthropic.claude-opus-5-5';
const action = 'bedrock:InvokeModel';
const profileArn = `arn:aws:bedrock:us-west-2:123456789012:inference-profile/us.${opus}`;
const inOhio = `arn:aws:bedrock:us-east-2::foundation-model/${opus}`;
const refused = (reason: string, resource = profileArn) =>
	`User: ${user} is not authorized to perform: ${action} on resource: ${resource} ${reason}`;

/** What AWS, an SDK or Claude Code has really written, for each cause. */
const realTexts: Readonly<Partial<Record<Cause, readonly (string | Refused)[]>>> = {
	'identity-policy': [refused(`because no identity-based policy allows the ${action} action`), refused('')],
	'explicit-deny': [refused('with an explicit deny in an identity-based policy'), refused('with an explicit deny')],
	scp: [refused('with an explicit deny in a service control policy: arn:aws:organizations::111122223333:policy/o-a/b')],
	'permissions-boundary': [refused(`because no permissions boundary allows the ${action} action`)],
	'session-policy': [refused(`because no session policy allows the ${action} action`)],
	'vpc-endpoint': [refused(`because no VPC endpoint policy allows the ${action} action`)],
	'resource-policy': [
		refused('with an explicit deny in a resource-based policy'),
		refused('with an explicit deny in a resource control policy'),
	],
	'destination-region': [
		{message: refused('with an explicit deny in a service control policy', inOhio), called: `us.${opus}`},
	],
	marketplace: [
		'Model access is denied due to INVALID_PAYMENT_INSTRUMENT:A valid payment instrument must be provided..',
		`User: ${user} is not authorized to perform: aws-marketplace:Subscribe on resource: *`,
	],
	'use-case-form': ['404 Model use case details have not been submitted for this account. Fill out the form.'],
	'legacy-model': ['Access denied. This Model is marked by provider as Legacy and you have not been actively using it'],
	'end-of-life': ['This model version has reached the end of its life. Please refer to the AWS documentation.'],
	'bare-model-id': [`Invocation of model ID ${opus} with on-demand throughput isn’t supported.`],
	'invalid-model': ['The provided model identifier is invalid.', 'The requested inference profile does not exist.'],
	'model-access': [
		"You don't have access to the model with the specified model ID.",
		`The model us.${opus} is not available on your bedrock deployment.`,
		`There's an issue with the selected model (us.${opus}). It may not exist or you may not have access to it.`,
		'Operation not allowed',
	],
	'bearer-token': ['Please make sure your API Key is valid.', 'Invalid API Key format: Must start with a prefix'],
	'expired-credentials': [
		'The security token included in the request is expired',
		'Bearer Token has expired',
		{message: 'Forbidden', code: 'UnrecognizedClientException'},
	],
	signature: [
		'403 {"Message":"Authorization header is missing"}',
		"Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter.",
		{message: 'Forbidden', code: 'MissingAuthenticationTokenException'},
	],
	'no-credentials': [
		'API Error: Could not load credentials from any providers',
		'Failed to resolve AWS credentials from the credential provider chain.',
		'Profile bedrock could not be found in shared credentials file.',
	],
	'data-retention': ["data retention mode 'default' is not available for this model"],
	'prompt-caching': ['You invoked an unsupported model or your request did not allow prompt caching. See the docs.'],
	'gateway-cap': [
		'Budget has been exceeded! Current cost: 10.2, Max budget: 10.0',
		{message: 'slow down', status: 429, hasGateway: true},
		{message: 'Too many tokens per day', hasGateway: true},
	],
	quota: ['Too many tokens per day, please wait before trying again.', {message: '', code: 'ServiceQuotaExceeded'}],
	throttled: ['Too many requests, please wait before trying again.', {message: 'slow down', status: 429}],
};

describe('each cause is one row, whole in itself', () => {
	test.each(rows)('$cause is recognised by what was really written', ({cause}) => {
		const texts = realTexts[cause] ?? [];
		expect(texts.length > 0 || cause === 'unknown').toBe(true);
		const denials = texts.map(text => readDenial(typeof text === 'string' ? {message: text} : text));
		expect(denials.map(denial => denial.cause)).toEqual(texts.map(() => cause));
	});

	test.each(rows)('$cause fits a pane and can be read out', ({label, meaning}) => {
		expect(label).toMatch(/^[A-Za-z ]{1,40}$/);
		expect(meaning).toMatch(/^[A-Z][^\p{C}.]{10,118}\.$/u);
	});

	test('limits pass by themselves, and a model that is gone has no other profile', () => {
		const having = (key: 'isLimit' | 'isRetired') => rows.filter(row => row[key] === true).map(({cause}) => cause);
		expect(having('isLimit')).toEqual(['quota', 'throttled', 'gateway-cap']);
		expect(having('isRetired')).toEqual(['legacy-model', 'end-of-life']);
	});

	test.each(rows)('$cause is looked for before or after every other, never by chance', ({cause, rank}) => {
		const ranks = rows.flatMap(row =>
			[row, ...(row.phrases ?? [])].map(one => ({owner: row.cause, rank: one.rank ?? row.rank})),
		);
		const others = ranks.filter(one => one.owner !== cause).map(one => one.rank);
		expect(others).not.toContain(rank);
	});
});

describe('the standard text of a cause is read as the same cause', () => {
	const kinds = [undefined, 'sso', 'login', 'keys', 'clock', 'api-key'] as const;
	/** Each with what is read of it again. */
	const models = [[], [opus, opus], [`us.${opus}`, `us.${opus}`], [profileArn, `us.${opus}`], ['model-7']] as const;
	const texts = rows.flatMap(({cause, standard}) =>
		standard === undefined ? [] : (typeof standard === 'string' ? [undefined] : kinds).map(kind => ({cause, kind})),
	);
	test.each(texts)('$cause, $kind', ({cause, kind: credentials}) => {
		for (const [model, readAgain] of models) {
			const read = readDenial({message: standardText({cause, credentials, model})});
			expect(read.cause).toBe(cause);
			if (credentials !== undefined) expect(read.credentials).toBe(credentials);
			expect(read.model).toBe(readAgain);
		}
	});

	test('every cause that is told by other words than the sentence of IAM has one', () => {
		const without = rows.filter(({standard}) => standard === undefined);
		expect(without.filter(({phrases, codes}) => phrases !== undefined || codes !== undefined)).toEqual([]);
	});

	test('what was not understood stays that', () => {
		expect(readDenial({message: standardText({cause: 'unknown', model: opus})}).cause).toBe('unknown');
	});

	test('the sentence of IAM is written from its details and read back, for every kind of policy', () => {
		const policyKinds = [
			...(['identity-based policy', 'resource-based policy', 'service control policy', undefined] as const),
			...(['resource control policy', 'permissions boundary', 'session policy', 'VPC endpoint policy'] as const),
		];
		const sentences = policyKinds.flatMap(policyKind =>
			[true, false].flatMap(isExplicit =>
				[profileArn, inOhio, undefined].map((resource): DenialDetails => {
					return {action, principalArn: user, resource, policyKind, isExplicit};
				}),
			),
		);
		const found = sentences.map(details => {
			const read = readSentence(writeSentence(details));
			expect(read).toMatchObject(details);
			const context = {called: `us.${opus}`, region: 'us-west-2'};
			const denial = readDenial({message: standardText({...details, cause: 'unknown'}), ...context});
			return denial.cause;
		});
		const ofSentence = rows.filter(({sentence, phrases}) => sentence !== undefined && phrases === undefined);
		expect([...new Set(found)].sort()).toEqual(ofSentence.map(({cause}) => cause).sort());
	});
});

describe('where a text says two things, the more telling one counts', () => {
	/** The most telling first. */
	const telling: readonly (readonly [text: string, cause: Cause, credentials?: Denial['credentials']])[] = [
		['not allowed: bedrock:CallWithBearerToken', 'bearer-token'],
		['Your AWS Marketplace subscription cannot be completed', 'marketplace'],
		['use case details have not been submitted', 'use-case-form'],
		['marked by provider as Legacy', 'legacy-model'],
		['reached the end of its life', 'end-of-life'],
		["on-demand throughput isn't supported", 'bare-model-id'],
		['The provided model identifier is invalid', 'invalid-model'],
		["You don't have access to the model", 'model-access'],
		['Bearer Token has expired', 'expired-credentials', 'api-key'],
		['Please make sure your API Key is valid', 'bearer-token', 'api-key'],
		['Signature expired', 'expired-credentials', 'clock'],
		['The request signature we calculated does not match', 'expired-credentials', 'keys'],
		['Please reauthenticate', 'expired-credentials', 'login'],
		['the SSO session has ended', 'expired-credentials', 'sso'],
		['The security token included in the request is expired', 'expired-credentials', undefined],
		['The security token included in the request is invalid', 'expired-credentials', 'keys'],
		['Too many tokens per day', 'quota'],
		['Too many requests', 'throttled'],
	];
	const pairs = telling.flatMap(([first, cause, credentials], index) =>
		telling.slice(index + 1).map(([second]) => ({first, second, cause, credentials})),
	);
	test.each(pairs)('$first, before $second', ({first, second, cause, credentials}) => {
		for (const message of [`${first}. ${second}.`, `${second}. ${first}.`]) {
			expect(readDenial({message})).toMatchObject({cause, credentials});
		}
	});

	test.each<readonly [code: string, text: string, cause: Cause]>([
		['ExpiredTokenException', 'Too many requests', 'throttled'],
		['ThrottlingException', 'The provided model identifier is invalid', 'invalid-model'],
		['ThrottlingException', 'ExpiredTokenException: no', 'expired-credentials'],
		['ThrottlingException', 'ServiceQuotaExceededException: no', 'quota'],
	])('%s beside %j is %3$s', (code, message, cause) => {
		expect(readDenial({message, code}).cause).toBe(cause);
	});

	test.each<readonly [name: string, details: DenialDetails, cause: Cause]>([
		[
			'who may call with a key before a destination',
			{action: 'bedrock:CallWithBearerToken', resource: inOhio},
			'bearer-token',
		],
		['a subscription before a Deny', {action: 'aws-marketplace:Subscribe', isExplicit: true}, 'marketplace'],
		['a destination before a Deny', {action, resource: inOhio, isExplicit: true}, 'destination-region'],
		[
			'a destination before the policy that refused it',
			{action, resource: inOhio, isExplicit: false, policyKind: 'session policy'},
			'destination-region',
		],
	])('%s', (_, details, cause) => {
		expect(readDenial({message: writeSentence(details), called: `us.${opus}`}).cause).toBe(cause);
	});
});

describe('what mends a cause is safe to show whatever was in the refusal', () => {
	const hostile = fc.oneof(
		fc.string({unit: 'binary'}),
		fc.constantFrom('\u001b[2J', 'us-west-2\n', `us.${opus}`, `us.${opus}\u202e`, profileArn, inOhio, '*', ''),
	);
	const maybe = fc.option(hostile, {nil: undefined});
	const details = fc.record({
		action: maybe,
		principalArn: maybe,
		resource: maybe,
		resourceRegion: maybe,
		policyArn: maybe,
		model: maybe,
		policyKind: fc.constantFrom(undefined, 'resource control policy', 'permissions boundary', 'session policy'),
		isExplicit: fc.constantFrom(undefined, true, false),
		credentials: fc.constantFrom(undefined, 'sso', 'login', 'keys', 'clock', 'api-key'),
	});
	const contexts = fc.record({
		...{called: maybe, region: maybe, profile: maybe},
		destinations: fc.option(fc.array(hostile, {maxLength: 3}), {nil: undefined}),
		suggestions: fc.option(fc.array(hostile, {maxLength: 5}), {nil: undefined}),
	});
	test.each(rows)('$cause', ({cause}) => {
		fc.assert(
			fc.property(details, contexts, (given, context) => {
				const {text, short, command} = fixFor({...given, cause} as Denial, context);
				expect(text).toMatch(/^[A-Z][^\p{C}]*\.$/u);
				expect(short).toMatch(/^[A-Z][^\p{C}]{9,59}$/u);
				expect(short).not.toMatch(/\.$/);
				expect(command ?? 'aws ').toMatch(/^aws [^\p{C}]*$/u);
			}),
		);
	});
});

describe('the short fix says the one thing to do', () => {
	const inCatalog = ['us', 'eu', 'jp', 'au'].map(prefix => `${prefix}.${opus}`);
	test.each<readonly [name: string, denial: Denial, suggestions: readonly string[], short: string]>([
		['a profile of the model', {cause: 'bare-model-id'}, inCatalog, `ANTHROPIC_MODEL=us.${opus}`],
		['a list of profiles', {cause: 'invalid-model'}, [], 'Set ANTHROPIC_MODEL to the id of an inference profile'],
		[
			'a profile that just fits a row',
			{cause: 'invalid-model'},
			['us.anthropic.claude-sonnet-4-5-20250929-v1:0'],
			'ANTHROPIC_MODEL=us.anthropic.claude-sonnet-4-5-20250929-v1:0',
		],
		[
			'a profile too long for a row',
			{cause: 'invalid-model'},
			['usa.anthropic.claude-sonnet-4-5-20250929-v1:0'],
			'Set ANTHROPIC_MODEL to the id of an inference profile',
		],
		[
			'a newer model',
			{cause: 'legacy-model', model: 'us.anthropic.claude-3-opus-20240229-v1:0'},
			inCatalog,
			`ANTHROPIC_MODEL=us.${opus}`,
		],
		[
			'no newer model',
			{cause: 'end-of-life', model: `us.${opus}`},
			inCatalog,
			'Set ANTHROPIC_MODEL to a model that is still active',
		],
		['a clock', {cause: 'expired-credentials', credentials: 'clock'}, [], "Set this computer's clock right"],
		['a sign-in', {cause: 'expired-credentials', credentials: 'login'}, [], 'Sign in again: aws login'],
		['no kind', {cause: 'expired-credentials'}, [], 'Renew the AWS credentials: aws sso login'],
		['a payment', {cause: 'marketplace'}, [], 'Put a valid payment method on the AWS account'],
		[
			'a subscription',
			{cause: 'marketplace', action: 'aws-marketplace:Subscribe'},
			[],
			'Have somebody who may subscribe it call the model once',
		],
		['a key', {cause: 'bearer-token'}, [], 'Put a valid key into AWS_BEARER_TOKEN_BEDROCK, or unset it'],
		[
			'the right to use keys',
			{cause: 'bearer-token', action: 'bedrock:CallWithBearerToken'},
			[],
			'Allow calls with API keys, or unset AWS_BEARER_TOKEN_BEDROCK',
		],
		['a Deny of an SCP', {cause: 'scp', isExplicit: true}, [], "Ask the organisation's administrator for an exemption"],
		[
			'an SCP without an Allow',
			{cause: 'scp', isExplicit: false},
			[],
			"Ask the organisation's administrator to allow it",
		],
		[
			'a resource control policy',
			{cause: 'resource-policy', isExplicit: true, policyKind: 'resource control policy'},
			[],
			"Ask the organisation's administrator for an exemption",
		],
		[
			'a resource policy',
			{cause: 'resource-policy', isExplicit: false, policyKind: 'resource-based policy'},
			[],
			'Allow it in the policy of the resource',
		],
	])('%s', (_, denial, suggestions, short) => {
		expect(fixFor(denial, {suggestions}).short).toBe(short);
	});
});

describe('a fix suggests at most three profiles', () => {
	const ids = ['us', 'eu', 'jp', 'au', 'apac'].map(prefix => `${prefix}.${opus}`);
	const shown =
		'ANTHROPIC_MODEL=us.anthropic.claude-opus-5-5 (or eu.anthropic.claude-opus-5-5, jp.anthropic.claude-opus-5-5)';
	test.each<readonly [cause: Cause, details: DenialDetails]>([
		['bare-model-id', {}],
		['invalid-model', {}],
		['legacy-model', {model: 'us.anthropic.claude-3-opus-20240229-v1:0'}],
		['end-of-life', {model: 'us.anthropic.claude-3-opus-20240229-v1:0'}],
		['destination-region', {action, resource: inOhio, resourceRegion: 'us-east-2', isExplicit: true}],
	])('%s', (cause, details) => {
		const {text} = fixFor({...details, cause}, {suggestions: ids});
		expect(text).toContain(shown);
		expect(text).not.toContain('au.anthropic');
	});
	test('the one that was refused is none of them', () => {
		const {text} = fixFor({cause: 'bare-model-id'}, {called: ids[0], suggestions: ids});
		expect(text).toContain(`ANTHROPIC_MODEL=${ids[1]} (or ${ids[2]}, ${ids[3]}).`);
	});
});

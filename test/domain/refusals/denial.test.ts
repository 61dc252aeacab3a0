import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {type Denial, type Refused, readDenial} from '../../../source/domain/refusals/denial.ts';

const alice = 'arn:aws:sts::123456789012:assumed-role/Dev/alice';
const stream = 'bedrock:InvokeModelWithResponseStream';
const opus = 'anthropic.claude-opus-5-5';
const profile = `us.${opus}`;
const profileArn = `arn:aws:bedrock:us-west-2:123456789012:inference-profile/${profile}`;
const inOhio = `arn:aws:bedrock:us-east-2::foundation-model/${opus}`;
const everywhere = `arn:aws:bedrock:::foundation-model/${opus}`;
const scp = 'arn:aws:organizations::111122223333:policy/o-exampleorgid/service_control_policy/p-examplepol';
const rcp = 'arn:aws:organizations::111122223333:policy/o-exampleorgid/resource_control_policy/p-examplercp';
const managed = 'arn:aws:iam::123456789012:policy/team/NoOpus';

/** IAM's sentence. */
const refusal = (reason = '', {resource = profileArn, action = stream, user = alice} = {}) =>
	`User: ${user} is not authorized to perform: ${action} on resource: ${resource}${reason && ` ${reason}`}`;
const noPolicy = `because no identity-based policy allows the ${stream} action`;
const denyIn = (policy: string) => `with an explicit deny in ${policy}`;

type Row = readonly [name: string, refused: string | Refused, expected: Partial<Denial>];

const said: Partial<Denial> = {action: stream, principalArn: alice, resource: profileArn, resourceRegion: 'us-west-2'};

const sentences: readonly Row[] = [
	['no identity policy', refusal(noPolicy), {...said, cause: 'identity-policy', isExplicit: false, model: profile}],
	['the old wording without a reason', refusal(), {...said, cause: 'identity-policy', policyKind: undefined}],
	[
		'a user',
		refusal(noPolicy, {user: 'arn:aws:iam::123456789012:user/n.jones'}),
		{cause: 'identity-policy', principalArn: 'arn:aws:iam::123456789012:user/n.jones'},
	],
	[
		'InvokeModel',
		refusal('because no identity-based policy allows the bedrock:InvokeModel action', {action: 'bedrock:InvokeModel'}),
		{cause: 'identity-policy', action: 'bedrock:InvokeModel'},
	],
	[
		'a foundation model of the region that was called',
		{message: refusal(noPolicy, {resource: inOhio}), called: opus},
		{cause: 'identity-policy', resourceRegion: 'us-east-2', model: opus},
	],
	[
		'an application profile',
		refusal(noPolicy, {resource: 'arn:aws:bedrock:eu-west-1:123456789012:application-inference-profile/abcdef123456'}),
		{cause: 'identity-policy', resourceRegion: 'eu-west-1', model: 'abcdef123456'},
	],
	[
		'a Mantle project',
		refusal('because no identity-based policy allows the bedrock-mantle:CreateInference action', {
			action: 'bedrock-mantle:CreateInference',
			resource: 'arn:aws:bedrock-mantle:us-east-1:123456789012:project/default',
		}),
		{cause: 'identity-policy', action: 'bedrock-mantle:CreateInference', resourceRegion: 'us-east-1'},
	],
	[
		'no resource',
		`User: ${alice} is not authorized to perform: bedrock:ListInferenceProfiles because no identity-based policy allows the bedrock:ListInferenceProfiles action`,
		{cause: 'identity-policy', action: 'bedrock:ListInferenceProfiles', resource: undefined},
	],
	[
		'every resource',
		refusal('because no identity-based policy allows the bedrock:ListInferenceProfiles action', {
			resource: '*',
			action: 'bedrock:ListInferenceProfiles',
		}),
		{cause: 'identity-policy', resource: undefined},
	],
	[
		'an explicit deny',
		refusal(denyIn('an identity-based policy')),
		{...said, cause: 'explicit-deny', isExplicit: true},
	],
	[
		'an explicit deny with its ARN',
		refusal(denyIn(`an identity-based policy: ${managed}`)),
		{cause: 'explicit-deny', policyArn: managed, resource: profileArn},
	],
	[
		'an explicit deny of nobody knows what',
		refusal('with an explicit deny'),
		{cause: 'explicit-deny', policyKind: undefined},
	],
	['an SCP', refusal(denyIn('a service control policy')), {...said, cause: 'scp', policyArn: undefined}],
	['an SCP with its ARN', refusal(denyIn(`a service control policy: ${scp}`)), {...said, cause: 'scp', policyArn: scp}],
	[
		'an SCP that lacks an Allow',
		refusal(`because no service control policy allows the ${stream} action`),
		{cause: 'scp', isExplicit: false},
	],
	[
		'an RCP',
		refusal(denyIn(`a resource control policy: ${rcp}`)),
		{cause: 'resource-policy', policyKind: 'resource control policy', policyArn: rcp},
	],
	[
		'a resource policy',
		refusal(denyIn('a resource-based policy')),
		{cause: 'resource-policy', policyKind: 'resource-based policy'},
	],
	[
		'a resource policy that lacks an Allow',
		refusal(`because no resource-based policy allows the ${stream} action`),
		{cause: 'resource-policy', isExplicit: false},
	],
	[
		'a permissions boundary',
		refusal(`because no permissions boundary allows the ${stream} action`),
		{...said, cause: 'permissions-boundary', isExplicit: false},
	],
	[
		'a deny in a permissions boundary',
		refusal(denyIn(`a permissions boundary: ${managed}`)),
		{cause: 'permissions-boundary', isExplicit: true, policyArn: managed},
	],
	[
		'a session policy',
		refusal(`because no session policy allows the ${stream} action`),
		{cause: 'session-policy', isExplicit: false},
	],
	['a deny in a session policy', refusal(denyIn('a session policy')), {cause: 'session-policy', isExplicit: true}],
	[
		'a VPC endpoint',
		refusal(`because no VPC endpoint policy allows the ${stream} action`),
		{cause: 'vpc-endpoint', isExplicit: false},
	],
	['a deny in a VPC endpoint', refusal(denyIn('a VPC endpoint policy')), {cause: 'vpc-endpoint', isExplicit: true}],
	[
		'an API key',
		`User: ${alice} is not authorized to perform: bedrock:CallWithBearerToken on resource: * because no identity-based policy allows the bedrock:CallWithBearerToken action`,
		{cause: 'bearer-token', action: 'bedrock:CallWithBearerToken'},
	],
	[
		'an API key of Mantle',
		`User: ${alice} is not authorized to perform: bedrock-mantle:CallWithBearerToken`,
		{cause: 'bearer-token', action: 'bedrock-mantle:CallWithBearerToken'},
	],
	[
		'an API key under an SCP',
		`User: ${alice} is not authorized to perform: bedrock:CallWithBearerToken on resource: * with an explicit deny in a service control policy: ${scp}`,
		{cause: 'bearer-token', policyKind: 'service control policy', policyArn: scp},
	],
	[
		'Marketplace through IAM',
		`Model access is denied due to User: ${alice} is not authorized to perform: aws-marketplace:ViewSubscriptions on resource: * because no identity-based policy allows the aws-marketplace:ViewSubscriptions action. Your AWS Marketplace subscription for this model cannot be completed at this time. If you recently fixed this issue, try again after 15 minutes.`,
		{cause: 'marketplace', action: 'aws-marketplace:ViewSubscriptions'},
	],
	[
		'names that look like reasons',
		refusal(noPolicy, {user: 'arn:aws:sts::123456789012:assumed-role/service-control-policy/expired-token'}),
		{cause: 'identity-policy', policyKind: 'identity-based policy'},
	],
	[
		'GovCloud',
		refusal(noPolicy, {resource: `arn:aws-us-gov:bedrock:us-gov-west-1:123456789012:inference-profile/us-gov.${opus}`}),
		{cause: 'identity-policy', resourceRegion: 'us-gov-west-1', model: `us-gov.${opus}`},
	],
];

const destinations: readonly Row[] = [
	[
		'an SCP against a destination',
		{message: refusal(denyIn(`a service control policy: ${scp}`), {resource: inOhio}), called: profile},
		{cause: 'destination-region', resourceRegion: 'us-east-2', policyKind: 'service control policy', policyArn: scp},
	],
	[
		'a deny against a destination',
		{message: refusal(denyIn('an identity-based policy'), {resource: inOhio}), called: profileArn},
		{cause: 'destination-region', policyKind: 'identity-based policy'},
	],
	[
		'no Allow for a destination',
		{message: refusal(noPolicy, {resource: inOhio}), called: profile},
		{cause: 'destination-region', isExplicit: false},
	],
	[
		'the form of every region, by an SCP',
		{message: refusal(denyIn(`a service control policy: ${scp}`), {resource: everywhere}), called: `global.${opus}`},
		{cause: 'destination-region', resourceRegion: '', policyArn: scp, model: opus},
	],
	[
		'the form of every region, by a policy, of an unknown profile',
		refusal(denyIn('an identity-based policy'), {resource: everywhere}),
		{cause: 'destination-region', resourceRegion: ''},
	],
	[
		'a destination of an application profile',
		{
			message: refusal(noPolicy, {resource: inOhio}),
			called: 'arn:aws:bedrock:us-west-2:123456789012:application-inference-profile/abcdef123456',
		},
		{cause: 'destination-region'},
	],
	[
		'the region that was called itself',
		{message: refusal(denyIn('a service control policy'), {resource: inOhio}), called: profile, region: 'us-east-2'},
		{cause: 'scp'},
	],
	[
		'the profile itself',
		{message: refusal(denyIn('a service control policy')), called: profile, region: 'us-east-1'},
		{cause: 'scp'},
	],
	[
		'another model than the one that was called',
		{message: refusal(denyIn('a service control policy'), {resource: inOhio}), called: 'us.anthropic.claude-haiku-5-5'},
		{cause: 'scp'},
	],
	[
		'a region unknown who called',
		{message: refusal(denyIn('a service control policy'), {resource: inOhio})},
		{cause: 'scp'},
	],
	[
		'a model of another region, called by its own id',
		{message: refusal(denyIn('a service control policy'), {resource: inOhio}), called: opus, region: 'us-west-2'},
		{cause: 'scp'},
	],
	[
		'a profile of an application, called nobody knows where',
		{message: refusal(denyIn('a service control policy'), {resource: inOhio}), called: 'abcdef123456'},
		{cause: 'scp'},
	],
	[
		'another region, whatever was called',
		{message: refusal(noPolicy, {resource: inOhio}), region: 'us-west-2'},
		{cause: 'destination-region'},
	],
];

const texts: readonly Row[] = [
	[
		'Marketplace',
		'Model access is denied due to IAM user or service role is not authorized to perform the required AWS Marketplace actions (aws-marketplace:ViewSubscriptions, aws-marketplace:Subscribe) to enable access to this model. Refer to the Amazon Bedrock documentation for further details. Your AWS Marketplace subscription for this model cannot be completed at this time. If you recently fixed this issue, try again after 2 minutes.',
		{cause: 'marketplace', action: 'aws-marketplace:ViewSubscriptions'},
	],
	[
		'a payment method',
		'Model access is denied due to INVALID_PAYMENT_INSTRUMENT:A valid payment instrument must be provided.. Your AWS Marketplace subscription for this model cannot be completed at this time. If you recently fixed this issue, try again after 2 minutes.',
		{cause: 'marketplace', action: undefined},
	],
	[
		'the use case form',
		{
			message:
				'Model use case details have not been submitted for this account. Fill out the Anthropic use case details form before using the model. If you have already filled out the form, try again in 15 minutes.',
			code: 'ResourceNotFoundException',
			status: 404,
		},
		{cause: 'use-case-form'},
	],
	[
		'no model access',
		{message: "You don't have access to the model with the specified model ID.", code: 'AccessDeniedException'},
		{cause: 'model-access'},
	],
	[
		'no model access, curly',
		'403 You don’t have access to the model with the specified model ID.',
		{cause: 'model-access'},
	],
	[
		'not for this account',
		`${opus} is not available for this account. You can explore other available models on Amazon Bedrock.`,
		{cause: 'model-access', model: opus},
	],
	['an account that may not', 'Your account is not authorized to invoke this API operation.', {cause: 'model-access'}],
	[
		'an account that is blocked',
		{message: 'Operation not allowed', code: 'ValidationException', status: 400},
		{cause: 'model-access'},
	],
	[
		'a country',
		'Access to Anthropic models is not allowed from unsupported countries, regions, or territories.',
		{cause: 'model-access'},
	],
	[
		'legacy',
		{
			message:
				'Access denied. This Model is marked by provider as Legacy and you have not been actively using the model in the last 15 days. Please upgrade to an active model on Amazon Bedrock',
			status: 404,
		},
		{cause: 'legacy-model'},
	],
	[
		'end of life',
		'This model version has reached the end of its life. Please refer to the AWS documentation for more details.',
		{cause: 'end-of-life'},
	],
	[
		'a bare id',
		`Invocation of model ID ${opus} with on-demand throughput isn't supported. Retry your request with the ID or ARN of an inference profile that contains this model.`,
		{cause: 'bare-model-id', model: opus},
	],
	[
		'a bare id, curly',
		`400 Invocation of model ID anthropic.claude-sonnet-4-5-20250929-v1:0 with on-demand throughput isn’t supported.`,
		{cause: 'bare-model-id', model: 'anthropic.claude-sonnet-4-5-20250929-v1:0'},
	],
	[
		'a bare id, escaped',
		String.raw`{"message":"Invocation of model ID anthropic.claude-opus-5 with on-demand throughput isn\u2019t supported."}`,
		{cause: 'bare-model-id', model: 'anthropic.claude-opus-5'},
	],
	['an invalid id', 'The provided model identifier is invalid.', {cause: 'invalid-model'}],
	[
		'an unknown id',
		{message: 'Could not resolve the foundation model from the provided model identifier.', status: 404},
		{cause: 'invalid-model'},
	],
	['an unknown profile', 'The requested inference profile does not exist.', {cause: 'invalid-model'}],
	['an API key without rights', 'not allowed: bedrock:CallWithBearerToken', {cause: 'bearer-token'}],
	[
		'an API key that is none',
		'Authentication failed: Please make sure your API Key is valid.',
		{cause: 'bearer-token', credentials: 'api-key'},
	],
	[
		'an API key of another make',
		{message: 'Invalid API Key format: Must start with pre-defined prefix', code: 'AccessDeniedException'},
		{cause: 'bearer-token', credentials: 'api-key'},
	],
	[
		'an API key that has expired',
		'403 {"Message":"Bearer Token has expired"}',
		{cause: 'expired-credentials', credentials: 'api-key'},
	],
	['requests', {message: 'Too many requests, please wait before trying again.', status: 429}, {cause: 'throttled'}],
	[
		'requests, older',
		'Too many requests, please wait before trying again. You have sent too many requests. Wait before trying again.',
		{cause: 'throttled'},
	],
	['tokens', 'Too many tokens, please wait before trying again.', {cause: 'throttled'}],
	[
		'tokens per day',
		{message: 'Too many tokens per day, please wait before trying again.', code: 'ThrottlingException', status: 429},
		{cause: 'quota'},
	],
	[
		'a model that is loading',
		{message: 'Model is not ready for inference. Wait and try your request again.', code: 'ModelNotReadyException'},
		{cause: 'throttled'},
	],
	['a rate', 'Rate exceeded', {cause: 'throttled'}],
	['a rate in other words', 'Your request rate is too high.', {cause: 'throttled'}],
	['connections', 'Too many connections, please wait before trying again.', {cause: 'throttled'}],
	['a limit of the day', 'You have reached your daily limit.', {cause: 'quota'}],
	['a quota of the day', 'The daily token quota of this model is used up.', {cause: 'quota'}],
	['a status', {message: 'slow down, please', status: 429}, {cause: 'throttled'}],
	[
		'a quota',
		{message: 'Your request exceeds the service quota for your account.', code: 'ServiceQuotaExceededException'},
		{cause: 'quota'},
	],
	[
		'an expired token',
		{message: 'The security token included in the request is expired', code: 'ExpiredTokenException', status: 403},
		{cause: 'expired-credentials', credentials: undefined},
	],
	[
		'an invalid token',
		{message: 'The security token included in the request is invalid.', code: 'UnrecognizedClientException'},
		{cause: 'expired-credentials', credentials: 'keys'},
	],
	[
		'a wrong signature',
		{
			message:
				'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.',
			code: 'InvalidSignatureException',
		},
		{cause: 'expired-credentials', credentials: 'keys'},
	],
	[
		'a wrong clock',
		{
			message: 'Signature expired: 20261123T080000Z is now earlier than 20261123T081000Z (20261123T081500Z - 5 min.)',
			code: 'InvalidSignatureException',
		},
		{cause: 'expired-credentials', credentials: 'clock'},
	],
	[
		'a fast clock',
		'Signature not yet current: 20261123T090000Z is still later than 20261123T084500Z',
		{cause: 'expired-credentials', credentials: 'clock'},
	],
	[
		'an SSO session',
		'The SSO session associated with this profile has expired. To refresh this SSO session run aws sso login with the corresponding profile.',
		{cause: 'expired-credentials', credentials: 'sso'},
	],
	[
		'an SSO token',
		{message: 'Session token not found or invalid', code: 'UnauthorizedException'},
		{cause: 'expired-credentials', credentials: 'sso'},
	],
	[
		'a console sign-in',
		'Failed to load a token for session arn:aws:iam::123456789012:user/a, please re-authenticate using aws login',
		{cause: 'expired-credentials', credentials: 'login'},
	],
	[
		'a console sign-in that has ended',
		'Your session has expired. Please reauthenticate.',
		{cause: 'expired-credentials', credentials: 'login'},
	],
	['no credentials', 'Could not load credentials from any providers', {cause: 'no-credentials'}],
];

const codes: readonly Row[] = [
	...['ThrottlingException', 'Throttling', 'TooManyRequestsException', 'ModelNotReadyException', 'ModelNotReady'].map(
		(code): Row => [code, {message: code, code}, {cause: 'throttled'}],
	),
	['RequestLimitExceeded', {message: '', code: 'RequestLimitExceeded'}, {cause: 'throttled'}],
	...['ServiceQuotaExceededException', 'ServiceQuotaExceeded', 'LimitExceededException'].map(
		(code): Row => [code, {message: '', code}, {cause: 'quota'}],
	),
	...[
		'ExpiredTokenException',
		'ExpiredToken',
		'UnrecognizedClientException',
		'InvalidSignatureException',
		'Client.InvalidClientTokenId',
		'CredentialsProviderError',
		'TokenProviderError',
		'RequestExpired',
	].map((code): Row => [code, {message: '', code}, {cause: 'expired-credentials'}]),
	...['UnrecognizedClientException', 'InvalidClientTokenId', 'InvalidSignature', 'SignatureDoesNotMatch'].map(
		(code): Row => [`${code}: keys`, {message: '', code}, {cause: 'expired-credentials', credentials: 'keys'}],
	),
	...[
		'AccessDenied',
		'AccessDeniedException',
		'ValidationException',
		'ResourceNotFoundException',
		'InternalServerException',
	].map((code): Row => [code, {message: code, code}, {cause: 'unknown'}]),
	[
		'a code in the text alone',
		'An error occurred (ThrottlingException) when calling the ConverseStream operation',
		{cause: 'throttled'},
	],
	['a code as the whole text', 'ExpiredToken', {cause: 'expired-credentials'}],
];

const unknown: readonly Row[] = [
	['nothing', '', {cause: 'unknown', action: undefined, resource: undefined, model: undefined}],
	[
		'no reason at all',
		{message: 'User is not authorized to perform this action', code: 'AccessDenied', status: 403},
		{cause: 'unknown'},
	],
	['another error', {message: 'prompt is too long: 250000 tokens > 200000 maximum', status: 400}, {cause: 'unknown'}],
	[
		'Claude Code’s advice on something else',
		'AWS authentication failed · refresh your AWS credentials (aws sso login, access keys, API key) and retry · API Error: 403 Forbidden',
		{cause: 'unknown'},
	],
];

const asRefused = (refused: string | Refused): Refused => (typeof refused === 'string' ? {message: refused} : refused);

describe("AWS's words tell the cause", () => {
	test.each([...sentences, ...destinations])('IAM: %s', (_, refused, expected) => {
		expect(readDenial(asRefused(refused))).toMatchObject(expected);
	});
	test.each(texts)('text: %s', (_, refused, expected) => {
		expect(readDenial(asRefused(refused))).toMatchObject(expected);
	});
	test.each(codes)('code: %s', (_, refused, expected) => {
		expect(readDenial(asRefused(refused))).toMatchObject(expected);
	});
	test.each(unknown)('unknown: %s', (_, refused, expected) => {
		expect(readDenial(asRefused(refused))).toMatchObject(expected);
	});
});

describe('wrapping does not hide the words', () => {
	const advice =
		'AWS authentication failed · refresh your AWS credentials (SSO sign-in, access keys, API key or proxy token) and retry · if credentials are current, check AWS permissions and model access · ';
	const wrappings: readonly (readonly [string, (text: string) => string])[] = [
		['a status', text => `403 ${text}`],
		['an error name', text => `AccessDeniedException: ${text}`],
		[
			'botocore',
			text => `An error occurred (AccessDeniedException) when calling the ConverseStream operation: ${text}`,
		],
		['JSON', text => `403 ${JSON.stringify({message: text})}`],
		["Claude Code's JSON", text => `API Error: 403 ${JSON.stringify({message: text})}`],
		['JSON in JSON', text => JSON.stringify({error: JSON.stringify({Message: text})})],
		["Claude Code's advice", text => `${advice}API Error: 403 ${text} · Please run /login`],
		['line breaks', text => text.replaceAll(' ', '\n  ')],
		['a full stop', text => `${text}.`],
	];
	const rows = wrappings.flatMap(([name, wrap]) =>
		[...sentences, ...texts].map(
			([cause, refused, expected]) => [`${name}: ${cause}`, wrap, asRefused(refused), expected] as const,
		),
	);
	test.each(rows)('%s', (_, wrap, {message, ...rest}, expected) => {
		expect(readDenial({message: wrap(message), ...rest})).toMatchObject(expected);
	});
});

test('any text is read, and ARNs from it are short and of one word', () => {
	const word = fc.constantFrom(
		'User: ',
		alice,
		' is not authorized to perform: ',
		stream,
		' on resource: ',
		inOhio,
		'explicit deny',
		'because no ',
		'\\"',
		'"',
		'(',
		' ',
		'policy: ',
		scp,
	);
	const message = fc.oneof(
		fc.string({unit: 'binary'}),
		fc.array(fc.oneof(word, fc.string())).map(words => words.join('')),
	);
	fc.assert(
		fc.property(
			message,
			fc.option(fc.string(), {nil: undefined}),
			fc.option(fc.string(), {nil: undefined}),
			(text, code, called) => {
				const denial = readDenial({message: text, code, called});
				expect(denial.cause).toMatch(/^[a-z-]+$/);
				for (const named of [denial.principalArn, denial.resource]) expect(named ?? 'arn:').toMatch(/^arn:[!-~]*$/);
				expect(JSON.stringify(denial).length).toBeLessThan(8000);
			},
		),
	);
});

test.each([
	'a',
	'A',
	'(',
	' ',
	'"',
	'\\',
	'\\"',
	'User: arn:',
	'arn:aws:',
	'policy: arn:',
	' on resource: arn:',
	'not authorized to perform: ',
	'explicit deny',
	'model ',
	'anthropic.claude-',
	'us.',
	'tokens per ',
	"'",
	'.',
])('100 kB of %j are read as its beginning is', unit => {
	const repeated = (length: number) => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
	const [short, long] = [10_000, 100_000].map(length =>
		readDenial({message: repeated(length), code: repeated(length), called: repeated(length)}),
	);
	expect(long).toEqual(short);
});

test('only the beginning of a text is read', () => {
	const words = 'The provided model identifier is invalid.';
	expect(readDenial({message: `${'. '.repeat(3000)}${words}`}).cause).toBe('invalid-model');
	expect(readDenial({message: `${'. '.repeat(50_000)}${words}`}).cause).toBe('unknown');
	const ending = 'Rate exceeded';
	const upTo = (length: number) => `${' '.repeat(length - ending.length)}${ending}`;
	expect(readDenial({message: upTo(8000)}).cause).toBe('throttled');
	expect(readDenial({message: upTo(8001)}).cause).toBe('unknown');
});

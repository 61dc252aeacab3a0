import {expect, test} from 'vitest';
import {explainAwsError} from '../../../source/sources/aws/problem.ts';

const asked = {service: 'CloudTrail', actions: ['cloudtrail:LookupEvents'], profile: 'work'};

const error = (name: string, message: string, more: object = {}) => Object.assign(new Error(message), {name, ...more});

test.each([
	['AccessDeniedException', 'no', 'denied', 'allow cloudtrail:LookupEvents on Resource "*"'],
	['AccessDenied', 'no', 'denied', 'allow cloudtrail:LookupEvents on Resource "*"'],
	['ThrottlingException', 'Rate exceeded', 'throttled', undefined],
	['Throttling', 'Rate exceeded', 'throttled', undefined],
	['ExpiredTokenException', 'The security token included in the request is expired', 'credentials', 'aws sso login'],
	['ExpiredToken', 'The security token included in the request is expired', 'credentials', 'aws sso login'],
	['UnrecognizedClientException', 'The security token included in the request is invalid', 'credentials', 'aws sso'],
	[
		'CredentialsProviderError',
		'The SSO session associated with this profile has expired. To refresh this SSO session run aws sso login with the corresponding profile.',
		'credentials',
		'aws sso login --profile work',
	],
	[
		'CredentialsProviderError',
		"Token is expired. To refresh this SSO session run 'aws sso login' with the corresponding profile.",
		'credentials',
		'aws sso login --profile work',
	],
	[
		'CredentialsProviderError',
		'Failed to load a token for session x, please re-authenticate using aws login',
		'credentials',
		'aws login --profile work',
	],
	['CredentialsProviderError', 'Could not load credentials from any providers', 'credentials', 'profile that exists'],
	['CredentialsProviderError', 'Profile x could not be found in shared credentials file.', 'credentials', 'existing'],
	['Error', 'Region is missing', 'credentials', '--region'],
	['TimeoutError', 'Connection timed out after 5000 ms', 'network', 'network'],
	['InvalidTimeRangeException', 'bad range', 'unexpected', undefined],
	['SyntaxError', `Unexpected token '<', "<html><bod"... is not valid JSON`, 'network', 'sign in to the network'],
])('%s: %s is %s', (name, message, kind, fix) => {
	const problem = explainAwsError(error(name, message), asked);
	expect(problem.kind).toBe(kind);
	if (fix === undefined) expect(problem.fix).toBeUndefined();
	else expect(problem.fix).toContain(fix);
});

test('a network error is found by its code, also one level down', () => {
	const direct = error('Error', 'connect ECONNREFUSED', {code: 'ECONNREFUSED'});
	const wrapped = error('Error', 'fetch failed', {cause: {code: 'ENOTFOUND'}});
	expect(explainAwsError(direct, asked).message).toBe(
		'CloudTrail cannot be reached: nobody listens there (ECONNREFUSED).',
	);
	expect(explainAwsError(wrapped, asked).message).toBe(
		'CloudTrail cannot be reached: its name is not known here (ENOTFOUND).',
	);
});

test.each([undefined, null, 'text', 42, {}])('never throws, whatever was thrown (%o)', thrown => {
	expect(explainAwsError(thrown, asked).message).toContain('CloudTrail failed');
});

test('a profile that nobody knows is named', () => {
	const missing = error('CredentialsProviderError', 'Could not load credentials from any providers');
	expect(explainAwsError(missing, asked).message).toBe('No AWS credentials were found for profile work.');
	expect(explainAwsError(missing, {...asked, profile: undefined}).message).toBe('No AWS credentials were found.');
});

test.each([
	'Failed to load token from /home/x/.aws/login/cache/0a.json: Error: ENOENT',
	'Your session has expired. Please reauthenticate.',
])('console credentials are renewed with aws login (%s)', message => {
	expect(explainAwsError(error('CredentialsProviderError', message), asked).fix).toBe('aws login --profile work');
});

test.each([
	[429, 'throttled'],
	[403, 'denied'],
	[400, 'unexpected'],
] as const)('an error without a name of its own is read by its status: %i is %s', (httpStatusCode, kind) => {
	expect(explainAwsError(error('Error', 'no', {$metadata: {httpStatusCode}}), asked).kind).toBe(kind);
});

test('tokens of IAM Identity Center are renewed with aws sso login alone', () => {
	const gone = error('TokenProviderError', 'The SSO session token was not found or is invalid.');
	expect(explainAwsError(gone, asked).fix).toBe('aws sso login --profile work');
});

test.each([
	[
		'a page in the place of an answer',
		error(
			'SyntaxError',
			`Unexpected token '<', "<html>" is not valid JSON\n  Deserialization error: to see the raw response, inspect the hidden field`,
		),
		'Something else answered in place of CloudTrail, such as a sign-in page.',
	],
	[
		'a server error',
		error('InternalFailure', 'unknown', {$metadata: {httpStatusCode: 500}}),
		'CloudTrail has an error of its own (InternalFailure, 500).',
	],
	[
		'a certificate of a proxy',
		error('Error', 'self-signed certificate in certificate chain', {code: 'SELF_SIGNED_CERT_IN_CHAIN'}),
		'CloudTrail has a certificate that is not trusted (SELF_SIGNED_CERT_IN_CHAIN).',
	],
])('%s is told in plain words, with what to do', (_, thrown, message) => {
	const problem = explainAwsError(thrown, asked);
	expect(problem.message).toBe(message);
	expect(problem.fix).toBeDefined();
});

import {describe, expect, test} from 'vitest';
import {emptyAnswer} from '../../source/sources/aws/problem.ts';
import type {Machine} from '../../source/sources/machine.ts';
import {sources} from '../../source/sources/registry.ts';
import {openSource, type Source, type SourceContext} from '../../source/sources/source.ts';
import {account, type Reply} from '../support/bedrock-account.ts';
import {stateOf} from '../support/builders.ts';

/** Every source, whatever goes wrong: plain words, and what to do where anything can be done. */
const machine = {
	claudeDirectories: ['/h/.claude'],
	home: '/h',
	shell: new Map(),
	platform: 'linux',
} as unknown as Machine;
const context = (aws: unknown) =>
	({
		aws,
		machine,
		getState: () => stateOf(),
		now: () => 0,
		options: {watchCap: 1n, purpose: 'doctor'},
	}) as unknown as SourceContext;
const explainOf = (source: Source) => {
	const opened = openSource(source, context({profile: undefined}), 'us-east-1');
	return (error: unknown) => opened.explain(error);
};
const ofAws = sources.filter(({permissions, requests}) => permissions !== undefined || requests !== undefined);

const named = (name: string, message: string, more: object = {}) => Object.assign(new Error(message), {name, ...more});
const coded = (code: string, message = code) => named('Error', message, {code});
const answered = (httpStatusCode: number) => ({$metadata: {httpStatusCode}});

const problems: readonly (readonly [
	what: string,
	error: unknown,
	kind: string,
	words: RegExp,
	fix: RegExp | undefined,
])[] = [
	[
		'denied',
		named('AccessDeniedException', 'User is not authorized', answered(403)),
		'denied',
		/refuses \w+:\w+/,
		/^allow /,
	],
	[
		'expired',
		named('ExpiredTokenException', 'The security token included in the request is expired'),
		'credentials',
		/expired/,
		/aws (?:sso )?login/,
	],
	[
		'no credentials',
		named('CredentialsProviderError', 'Could not load credentials from any providers'),
		'credentials',
		/^No AWS credentials were found/,
		/aws login/,
	],
	[
		'wrong signature',
		named('SignatureDoesNotMatch', 'The request signature we calculated does not match', answered(403)),
		'credentials',
		/signature is wrong/,
		/secret access key/,
	],
	[
		'incomplete signature',
		named('IncompleteSignatureException', "Authorization header requires 'Credential' parameter", answered(403)),
		'credentials',
		/signature is wrong/,
		/proxy/,
	],
	[
		'clock skew',
		named('InvalidSignatureException', 'Signature expired: 20261201T030000Z is now earlier than 20261201T031000Z'),
		'credentials',
		/clock/,
		/set the clock/,
	],
	[
		'clock skew, not yet',
		named('InvalidSignatureException', 'Signature not yet current: 20261201T040000Z'),
		'credentials',
		/clock/,
		/set the clock/,
	],
	[
		'throttled',
		named('ThrottlingException', 'Rate exceeded', answered(400)),
		'throttled',
		/asking again more slowly/,
		undefined,
	],
	[
		'500',
		named('UnknownError', 'UnknownError', answered(500)),
		'unexpected',
		/an error of its own \(500\)/,
		/ask again/,
	],
	['503', named('ServiceUnavailable', 'busy', answered(503)), 'unexpected', /ServiceUnavailable, 503/, /ask again/],
	['reset', coded('ECONNRESET', 'read ECONNRESET'), 'network', /the connection broke off/, /network/],
	[
		'hang',
		named('TimeoutError', 'Request did not complete within 20000 ms'),
		'network',
		/no answer in time/,
		/network/,
	],
	[
		'truncated',
		named(
			'SyntaxError',
			'Unexpected end of JSON input\n  Deserialization error: to see the raw response, inspect the hidden field {error}.$response on this object.',
		),
		'network',
		/cut off on the way/,
		/network/,
	],
	['hung up', coded('ECONNRESET', 'socket hang up'), 'network', /broke off/, /network/],
	['empty', emptyAnswer('LookupEvents'), 'unexpected', /answered without content/, undefined],
	[
		'HTML',
		named(
			'SyntaxError',
			`Unexpected token '<', "<html>" is not valid JSON\n  Deserialization error: to see the raw response`,
		),
		'network',
		/Something else answered/,
		/sign in to the network/,
	],
	[
		'DNS',
		named('Error', 'getaddrinfo ENOTFOUND cloudtrail.us-east-1.amazonaws.com', {code: 'ENOTFOUND'}),
		'network',
		/its name is not known here/,
		/network/,
	],
	['DNS for now', coded('EAI_AGAIN'), 'network', /names cannot be looked up/, /network/],
	[
		'TLS',
		coded('UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
		'network',
		/certificate that is not trusted/,
		/NODE_EXTRA_CA_CERTS/,
	],
	['no TLS', coded('ERR_SSL_WRONG_VERSION_NUMBER'), 'network', /does not speak TLS/, /proxy/],
	[
		'proxy',
		named('UnknownError', 'UnknownError', answered(407)),
		'network',
		/^A proxy wants to know who asks/,
		/NO_PROXY/,
	],
	[
		'nothing listens',
		named('AggregateError', '', {code: 'ECONNREFUSED'}),
		'network',
		/nobody listens there/,
		/network/,
	],
	[
		'a bug',
		new TypeError("Cannot read properties of undefined (reading 'map')"),
		'unexpected',
		/bedtop does not know/,
		/newer bedtop/,
	],
];

/** What belongs to the SDK or to JavaScript, and to nobody's screen. */
const internals = /UnknownError|Deserialization|TypeError|SyntaxError|\bError:|undefined|\$response|hidden field|\.js:/;

test('there are sources of AWS and of this machine', () => {
	expect(ofAws.length).toBeGreaterThan(5);
	expect(sources.length).toBeGreaterThan(ofAws.length);
});

describe.each(ofAws.map(source => [source.name, source] as const))('%s', (_, source) => {
	test.each(problems)('%s', (_what, error, kind, words, fix) => {
		const problem = explainOf(source)(error);
		expect(problem.kind).toBe(kind);
		expect(problem.message).toMatch(words);
		expect(problem.message).toMatch(/\.$/);
		expect(`${problem.message} ${problem.fix ?? ''}`).not.toMatch(internals);
		if (fix === undefined) expect(problem.fix).toBeUndefined();
		else expect(problem.fix).toMatch(fix);
	});
});

describe('as the SDK itself tells it', () => {
	const html = '<!DOCTYPE html><html><body>Sign in</body></html>';
	const replies: readonly (readonly [string, Reply | Error, RegExp])[] = [
		['a page', {status: 200, body: html}, /Something else answered/],
		['a page with an error', {status: 503, body: html}, /Something else answered|error of its own \(503\)/],
		['half an answer', {status: 200, body: '{"Events": [{"EventId": "a'}, /cut off on the way/],
		['an error without a name', {status: 500, body: '{}'}, /error of its own \(500\)/],
		['a broken connection', coded('ECONNRESET'), /the connection broke off/],
	];
	const signal = new AbortController().signal;
	const asking = {
		cloudtrail: async (aws: ReturnType<typeof account>['aws']) => {
			const {client, sdk} = await aws.cloudTrail('us-east-1');
			await client.send(new sdk.LookupEventsCommand({}), {abortSignal: signal});
		},
		'inference-profiles': async (aws: ReturnType<typeof account>['aws']) => {
			const {client, sdk} = await aws.bedrock('us-east-1');
			const inferenceProfileIdentifier = 'a';
			await client.send(new sdk.GetInferenceProfileCommand({inferenceProfileIdentifier}), {abortSignal: signal});
		},
		quotas: async (aws: ReturnType<typeof account>['aws']) => {
			const quotas = sources.find(({name}) => name === 'quotas') as Source;
			const cache = {read: async () => undefined, write: async () => undefined};
			await openSource(quotas, {...context(aws), cache}, 'us-east-1').read(() => undefined, signal);
		},
	};
	test.each(
		Object.entries(asking).flatMap(([name, ask]) =>
			replies.map(([what, reply, words]) => [name, what, ask, reply, words] as const),
		),
	)('%s: %s', async (name, _, ask, reply, words) => {
		const {aws} = account(() => reply);
		const error = await ask(aws).catch((thrown: unknown) => thrown);
		const source = sources.find(one => one.name === name) as Source;
		const problem = explainOf(source)(error);
		expect(problem.message).toMatch(words);
		expect(`${problem.message} ${problem.fix}`).not.toMatch(internals);
	});
});

import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {JsonRecord} from '../../../source/domain/common/json.ts';
import {readFailure} from '../../../source/domain/replies/failure.ts';

const fallback = {id: 'line 7', at: 5, sessionId: 'file'};
const named = {uuid: 'u1', timestamp: '2026-11-23T12:00:00Z', sessionId: 's1'};
const whose = {id: 'u1', at: Date.UTC(2026, 10, 23, 12), sessionId: 's1'};
const model = 'anthropic.claude-opus-5-5';
const arn = `arn:aws:bedrock:us-east-1::foundation-model/${model}`;
const shown = (text: unknown) => ({message: {content: [{text}, {text: 'more'}]}});

describe('a retry', () => {
	const retry = {...named, subtype: 'api_error', error: {status: 403, message: `not authorized on ${arn}`}};

	test('says its status, its message and the model of the ARN in it', () => {
		const said = {status: 403, message: `not authorized on ${arn}`, model, answeredBy: 'aws'};
		expect(readFailure(retry, fallback)).toEqual({...whose, ...said});
	});

	test('has no status where nothing answered', () => {
		expect(readFailure({...retry, error: {message: 'socket hang up'}}, fallback)).toEqual({
			...{...whose, status: undefined, message: 'socket hang up', model: undefined},
		});
	});

	test('says its message and name in the error inside it and in its headers', () => {
		const error = {
			...{status: 403, requestID: null, error: {Message: `not authorized on ${arn}`}},
			headers: {'X-Amzn-ErrorType': 'AccessDeniedException:http://x/', 'x-amzn-requestid': 'r1'},
		};
		expect(readFailure({...retry, error}, fallback)).toMatchObject({
			...{status: 403, message: `not authorized on ${arn}`, model, code: 'AccessDeniedException'},
			...{requestId: 'r1', answeredBy: 'aws'},
		});
		const deeper = {status: 429, error: {type: 'error', error: {type: 'rate_limit_error', message: 'slow down'}}};
		expect(readFailure({...retry, error: deeper}, fallback)).toMatchObject({status: 429, message: 'slow down'});
	});

	test('of credentials that nobody found says the words that name the command', () => {
		const formatted = "Token is expired. To refresh this SSO session run 'aws sso login'.";
		const error = {message: 'Failed to resolve AWS credentials.', formatted, isCloudCredentialError: true};
		expect(readFailure({...retry, error}, fallback)).toMatchObject({
			...{message: formatted, code: 'CredentialsProviderError', status: undefined},
		});
	});

	test('without id, time or session has those of its line and file', () => {
		const {uuid: _, timestamp: __, sessionId: ___, ...nameless} = retry;
		expect(readFailure(nameless, fallback)).toMatchObject(fallback);
	});
});

describe('the message in place of a reply', () => {
	const message = {...named, isApiErrorMessage: true, apiErrorStatus: 404, ...shown('no such model')};

	test('is the last word: what was shown, with its status', () => {
		expect(readFailure(message, fallback)).toEqual({
			...{...whose, message: 'no such model', status: 404, model: undefined, isFinal: true},
		});
	});

	test('may tell the model in words of Claude Code', () => {
		const text = 'The model us.anthropic.claude-opus-5-5 is not available on your bedrock deployment';
		expect(readFailure({...message, ...shown(text)}, fallback)?.model).toBe(`us.${model}`);
		expect(readFailure({...message, ...shown(`${arn}: ${text}`)}, fallback)?.model).toBe(model);
	});

	test('is cut where it would fill the memory', () => {
		expect(readFailure({...message, ...shown('x'.repeat(5000))}, fallback)?.message).toHaveLength(4000);
	});

	test('has no status where the client writes none, such as for a full context', () => {
		const {apiErrorStatus: _, ...older} = message;
		const line = {...older, ...shown('Prompt is too long')};
		expect(readFailure(line, fallback)).toMatchObject({status: undefined, message: 'Prompt is too long'});
	});

	test.each<[string, number | undefined]>([
		['API Error: 403 User: arn:aws:iam::123456789012:user/alice is not authorized', 403],
		['API Error (us.anthropic.claude-opus-5-5): 400 The provided model identifier is invalid.', 400],
		['AWS authentication failed · refresh your credentials · API Error: 403 {"Message":"no"}', 403],
		['API Error: Could not load credentials from any providers', undefined],
		['API Error: Request timed out after 600 seconds', undefined],
	])('of clients up to 2.1.97 says its status in the text only: %s', (text, status) => {
		const {apiErrorStatus: _, ...older} = message;
		expect(readFailure({...older, ...shown(text)}, fallback)?.status).toBe(status);
	});

	test('about credentials has the name that the SDK gives to it', () => {
		const line = {...message, apiErrorStatus: undefined, error: 'cloud_credential_error'};
		expect(readFailure(line, fallback)).toMatchObject({code: 'CredentialsProviderError', status: undefined});
	});

	test.each<[string, JsonRecord]>([
		['without a text', shown('')],
		['without content', {message: {}}],
	])('is no failure %s', (_, changes) => expect(readFailure({...message, ...changes}, fallback)).toBeUndefined());
});

describe('a fallback', () => {
	const line = {
		...named,
		subtype: 'model_fallback',
		originalModel: 'opus',
		fallbackModel: 'sonnet',
		content: 'Switched',
	};

	test('says what was wanted and what answers now', () => {
		expect(readFailure(line, fallback)).toEqual({
			...{...whose, message: 'Switched', model: 'opus', fallback: {from: 'opus', to: 'sonnet'}},
		});
		expect(readFailure({...line, content: undefined}, fallback)?.message).toBe('opus → sonnet');
	});

	test.each(['originalModel', 'fallbackModel'])('without its %s is none', name => {
		expect(readFailure({...line, [name]: undefined}, fallback)).toBeUndefined();
	});
});

test.each([
	['arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.x.y-1', 'us.x.y-1'],
	['arn:aws-us-gov:bedrock:us-gov-west-1:123456789012:application-inference-profile/a1b2', 'a1b2'],
	['arn:aws:bedrock:::foundation-model/x.y:0', 'x.y:0'],
	['arn:aws:bedrock:us-east-1::foundation-model/x.y-1.', 'x.y-1'],
	['arn:aws:bedrock:us-east-1:123456789012:guardrail/g1', undefined],
	['arn:aws:s3:::foundation-model/x', undefined],
])('%s in a message names %s', (resource, expected) => {
	const line = {subtype: 'api_error', error: {message: `denied on ${resource} because`}};
	expect(readFailure(line, fallback)?.model).toBe(expected);
});

test.each<[text: string, line: JsonRecord, who: string | undefined]>([
	["You've hit your session limit · resets 9:50pm (Asia/Saigon)", {apiErrorStatus: 429}, 'anthropic'],
	['Claude usage limit reached|1764100000', {}, 'anthropic'],
	['OAuth token has expired. Please run /login', {apiErrorStatus: 401}, 'anthropic'],
	['API Error: 429 {"error":{"type":"rate_limit_error"},"request_id":"req_011CV"}', {}, 'anthropic'],
	['API Error: 429 Resource exhausted', {requestId: 'req_vrtx_011C'}, 'vertex'],
	['Could not load the default credentials. gcloud auth login', {error: 'cloud_credential_error'}, 'vertex'],
	['API Error: 403 no', {apiErrorParams: {provider: 'bedrock'}}, 'aws'],
	// https://github.com/anthropics/claude-code/issues/1466
	['API Error: 429 Too many tokens, please wait before trying again.', {}, 'aws'],
	['API Error: 429 slow down', {}, undefined],
	['Prompt is too long', {}, undefined],
	['Prompt is too long', {errorDetails: '400 prompt is too long: 210000 tokens > 200000 maximum'}, 'aws'],
	['Prompt is too long', {errorDetails: '400 {"type":"error","error":{"type":"invalid_request_error"}}'}, undefined],
	['Prompt is too long', {errorDetails: '400 {"type":"error","request_id":"req_011CV"}'}, 'anthropic'],
])('%s is said by %3$s', (text, more, who) => {
	expect(readFailure({...named, isApiErrorMessage: true, ...more, ...shown(text)}, fallback)?.answeredBy).toBe(who);
});

test.each([
	['of another kind', {subtype: 'informational', error: {message: 'x'}}],
	['of an error without a message', {subtype: 'api_error', error: {status: 500}}],
	['of an error in one word', {subtype: 'api_error', error: 'x'}],
	['that only says that it is one', {isApiErrorMessage: 'true', apiErrorStatus: 404, ...shown('x')}],
])('a line %s is no failure', (_, line) => expect(readFailure(line, fallback)).toBeUndefined());

test('whatever a line holds, reading never throws', () => {
	const anything = fc.anything();
	const line = fc.record(
		{
			...{subtype: fc.constantFrom('api_error', 'model_fallback'), isApiErrorMessage: fc.boolean()},
			...{uuid: anything, timestamp: anything, sessionId: anything, error: anything, message: anything},
			...{originalModel: anything, fallbackModel: anything, content: anything, apiErrorStatus: anything},
		},
		{requiredKeys: []},
	);
	fc.assert(
		fc.property(line, value => {
			const failure = readFailure(value, fallback);
			expect(failure === undefined || failure.message.length > 0).toBe(true);
		}),
	);
});

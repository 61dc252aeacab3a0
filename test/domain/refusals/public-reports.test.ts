import {describe, expect, test} from 'vitest';
import {failuresOf} from '../../../source/domain/refusals/failures.ts';
import {type Me, observe} from '../../../source/domain/refusals/observation.ts';
import {refusalsOf} from '../../../source/domain/refusals/refusals.ts';
import {readFailure} from '../../../source/domain/replies/failure.ts';

/** What people were shown in place of a reply, as they have reported it, and what it is. */
const fallback = {id: 'f', at: 1000, sessionId: 's1'};
const sonnet = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const bedrock = {provider: 'bedrock', region: 'us-east-1', model: sonnet} as const;
const gateway = {...bedrock, baseUrl: 'https://litellm.example.com'} as const;
const anthropic = {provider: 'first-party', region: 'us-east-1'} as const;

const toldOf = (text: string, configured: ReturnType<NonNullable<Me['configured']>>) => {
	const line = {isApiErrorMessage: true, message: {content: [{type: 'text', text}]}};
	const failure = readFailure(line, fallback);
	const me: Me = {name: 'alice', region: 'us-east-1', calledBy: () => undefined, configured: () => configured};
	const observations = observe(failure === undefined ? [] : [failure], [], me);
	return {
		refused: refusalsOf(observations).map(({cause, model}) => [cause, model]),
		failed: failuresOf(observations).map(({code, model}) => [code, model]),
	};
};

type Row = readonly [source: string, text: string, told: string, model?: string];

describe('refused', () => {
	test.each<Row>([
		// Credentials.
		[
			'claude-code#2260',
			'API Error: 403 The security token included in the request is invalid.',
			'expired-credentials',
		],
		[
			'claude-code#4229',
			'API Error (403 The security token included in the request is invalid.)',
			'expired-credentials',
		],
		[
			'claude-code#67529',
			'Please run /login · API Error: 401 The security token included in the request is expired',
			'expired-credentials',
		],
		[
			'claude-code#849',
			'API Error: The SSO session associated with this profile has expired. To refresh this SSO session run aws sso login with the corresponding profile.',
			'expired-credentials',
		],
		['cline#10930', 'API Error: Session token not found or invalid', 'expired-credentials'],
		['AIClient2API#707', 'API Error: 403 The bearer token included in the request is invalid.', 'bearer-token'],
		// Limits.
		['claude-code#1466', 'API Error (429 Too many tokens, please wait before trying again.)', 'throttled'],
		[
			'Ivy-Tendril#1756',
			'API Error: Request rejected (429) · Too many tokens per day, please wait before trying again.',
			'quota',
		],
		// Which.
		[
			'claude-code#110',
			'API Error: 400 Invocation of model ID anthropic.claude-3-7-sonnet-20250219-v1:0 with on-demand throughput isn’t supported. Retry your request with the ID or ARN \nof an inference profile that contains this model.',
			'bare-model-id',
			'anthropic.claude-3-7-sonnet-20250219-v1:0',
		],
		[
			'claude-code#1434',
			'API Error (apac.anthropic.claude-sonnet-4-20250514-v1:0): 400 The provided model identifier is invalid.',
			'invalid-model',
			'apac.anthropic.claude-sonnet-4-20250514-v1:0',
		],
		[
			'claude-code#1215',
			'API Error (arn:aws:bedrock:eu-west-1:123456789012:application-inference-profile/6z8a19dq488l): 400 The provided model identifier is invalid.',
			'invalid-model',
			'arn:aws:bedrock:eu-west-1:123456789012:application-inference-profile/6z8a19dq488l',
		],
		['claude-code#12621', 'API Error: 400 The provided model identifier is invalid.', 'invalid-model'],
		// Causes.
		[
			'claude-code#591',
			"API Error: 403 You don't have access to the model with the specified model ID.",
			'model-access',
		],
		[
			'cline#2064',
			'API Error: 400 You invoked an unsupported model or your request did not allow prompt caching. See the documentation for more information.',
			'prompt-caching',
		],
		[
			'claude-code#27241',
			'API Error: 403 403 {"Message":"User: arn:aws:iam::123456789012:user/dev is not authorized to perform: bedrock:InvokeModelWithResponseStream on resource: arn:aws:bedrock:::foundation-model/anthropic.claude-haiku-4-5-20251001-v1:0 with an explicit deny in a service control policy"}',
			// An ARN that names no region stands for wherever a profile leads.
			'destination-region',
			'anthropic.claude-haiku-4-5-20251001-v1:0',
		],
		[
			'claude-code#66594',
			"API Error: 400 data retention mode 'default' is not available for this model",
			'data-retention',
		],
		[
			'amazon-bedrock-workshop#20',
			'API Error: 403 Your account is not authorized to invoke this API operation.',
			'model-access',
		],
	])('%s: %s', (_, text = '', cause, model = sonnet) => {
		expect(toldOf(text, bedrock)).toEqual({refused: [[cause, model]], failed: []});
	});
});

describe('failed', () => {
	test.each<Row>([
		[
			'claude-code#33229',
			'API Error: 400 tools.0.custom.eager_input_streaming: Extra inputs are not permitted',
			'ValidationException',
		],
		[
			'litellm#30139',
			'API Error: The socket connection was closed unexpectedly. For more information, pass `verbose: true` in the second argument to fetch()',
			'ConnectionError',
		],
		['claude-code#1122', 'API Error (Request timed out.)', 'ConnectionError'],
		[
			'continue#12791',
			'API Error: The pending stream has been canceled (caused by: getaddrinfo ENOTFOUND bedrock-runtime.undefined.amazonaws.com)',
			'ConnectionError',
		],
		[
			'claude-code#10041',
			"API Error: Claude's response exceeded the 4096 output token maximum. To configure this behavior, set the CLAUDE_CODE_MAX_OUTPUT_TOKENS environment variable.",
			'MaxTokens',
		],
		[
			'vercel/ai#2772',
			'API Error: 400 The maximum tokens you requested exceeds the model limit of 4096. Try again with a maximum tokens value that is lower than 4096.',
			'ValidationException',
		],
		[
			'langchain#9697',
			'API Error: 400 Malformed input request: 8192 is not less or equal to 8191, please reformat your input and try again.',
			'ValidationException',
		],
	])('%s: %s', (_, text = '', code, model = sonnet) => {
		expect(toldOf(text, bedrock)).toEqual({refused: [], failed: [[code, model]]});
	});
});

describe('of a gateway', () => {
	test.each<readonly [string, string, 'refused' | 'failed', string]>([
		[
			'claude-code#12122',
			'API Error: 400 {"error":{"message":"{\\"message\\":\\"messages.0.content.3.text.cache_control.ephemeral.ttl: Extra inputs are not permitted\\"}. Received \n    Model Group=claude-sonnet-4-5\\nAvailable Model Group Fallbacks=None","type":"None","param":"None","code":"400"}}',
			'failed',
			'ValidationException',
		],
		[
			'litellm#39166',
			'API Error: 403 {"error":{"message":"litellm.PermissionDeniedError: BedrockException - {\\"Message\\":\\"User: arn:aws:iam::123456789012:user/proxy is not authorized to perform: bedrock:InvokeModel on resource: arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-sonnet-4-5-20250929-v1:0 because no identity-based policy allows the bedrock:InvokeModel action\\"}. Received Model Group=bedrock-sonnet","type":null,"param":null,"code":"403"}}',
			'refused',
			'identity-policy',
		],
		['a 429', 'API Error: 429 {"error":{"message":"Rate limit reached","code":"429"}}', 'refused', 'gateway-cap'],
	])('%s: %s', (_, text, what, told) => {
		const nothing = {refused: [], failed: []};
		expect(toldOf(text, gateway)).toEqual({...nothing, [what]: [[told, sonnet]]});
	});
});

describe("said by others than AWS, so none of bedtop's", () => {
	test.each<readonly [string, string]>([
		[
			'claude-code#1440',
			'API Error (429 {"error":{"code":429,"message":"Quota exceeded for aiplatform.googleapis.com/online_prediction_input_tokens_per_minute_per_base_model with base model: anthropic-claude-opus-4.","status":"RESOURCE_EXHAUSTED"}})',
		],
		[
			'uni-api#41',
			"API Error: 400 [{'error': {'code': 400, 'message': 'Project `p` is not allowed to use Publisher Model `projects/p/locations/asia-southeast1/publishers/anthropic/models/claude-3-sonnet@20240229`', 'status': 'FAILED_PRECONDITION'}}]",
		],
		[
			'claude-code#24451',
			'API Error: 400 {"type":"error","error":{"type":"invalid_request_error","message":"max_tokens: 128001 > 64000, which is the maximum allowed number of output tokens for claude-opus-4-5-20251101"},"request_id":"req_011CXxg3eqF8ZMvqtkKHNjKQ"}',
		],
	])('%s: %s', (_, text) => {
		expect(toldOf(text, anthropic)).toEqual({refused: [], failed: []});
		expect(toldOf(text, bedrock)).toEqual({refused: [], failed: []});
	});

	test('claude-code#3276: without a request id the body may be of an endpoint of Bedrock too, so settings decide', () => {
		const text =
			'API Error: 400 {"type":"error","error":{"type":"invalid_request_error","message":"The request body is not valid JSON"}}';
		expect(toldOf(text, anthropic)).toEqual({refused: [], failed: []});
		expect(toldOf(text, bedrock)).toEqual({refused: [], failed: [['ValidationException', sonnet]]});
	});
});

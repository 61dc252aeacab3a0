import {randomBytes, randomUUID} from 'node:crypto';
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {EventStreamCodec} from '@smithy/core/event-streams';

/** Named as CloudTrail names them, so that a test can set what was served beside what a trail would say. */
export type Operation =
	| 'InvokeModelWithResponseStream'
	| 'InvokeModel'
	| 'CountTokens'
	| 'ListInferenceProfiles'
	| 'GetInferenceProfile';

/** Tokens of one reply by billing class; what is left out is 0. */
export type ScriptedUsage = {
	readonly input?: number;
	readonly output?: number;
	readonly cacheRead?: number;
	readonly cacheWrite5m?: number;
	readonly cacheWrite1h?: number;
};

export type Block =
	| {readonly type: 'text'; readonly text: string}
	| {readonly type: 'thinking'; readonly thinking: string}
	| {readonly type: 'tool_use'; readonly name: string; readonly input: object};

export type Reply = {readonly blocks: readonly Block[]; readonly usage: ScriptedUsage};

/** An answer with an error status, such as 403 `AccessDeniedException`. */
export type Refusal = {readonly status: number; readonly error: string; readonly message: string};

/** A model call as the script sees it. */
export type Call = {
	readonly operation: 'InvokeModelWithResponseStream' | 'InvokeModel';
	/** Inference profile id or ARN, percent-decoded. */
	readonly model: string;
	readonly requestId: string;
	/** The request as Claude Code sent it; its `messages` and `tools` tell a subagent from the main conversation. */
	readonly body: Readonly<Record<string, unknown>>;
};

/** One request and how it was answered; times are epoch ms. */
export type Served = {
	readonly operation: Operation | undefined;
	readonly path: string;
	readonly model: string | undefined;
	readonly requestId: string;
	readonly messageId: string | undefined;
	readonly userAgent: string;
	readonly claudeSessionId: string | undefined;
	readonly startedAt: number;
	/** When the last byte of the answer was handed to the socket. */
	readonly endedAt: number;
	readonly status: number;
};

export type BedrockRuntime = {
	/** For `ANTHROPIC_BEDROCK_BASE_URL`. */
	readonly url: string;
	/** What has been answered so far, in the order of the answers' ends. */
	readonly requests: readonly Served[];
	close(): Promise<void>;
};

type Options = {
	/** Chooses the answer. May be async: a test that wants a session kept busy resolves it when it has seen enough. */
	readonly script: (call: Call) => Reply | Refusal | Promise<Reply | Refusal>;
	/** Inference profile ids to list; an empty list makes Claude Code fall back on its built-in names. */
	readonly profiles?: readonly string[];
};

type Route = {readonly operation?: Operation; readonly model?: string};

const codec = new EventStreamCodec(
	bytes => Buffer.from(bytes as Uint8Array).toString('utf8'),
	text => Buffer.from(text, 'utf8'),
);

/** One Anthropic stream event in AWS's own framing: base64 inside JSON inside an event stream message. */
const frame = (event: object): Uint8Array =>
	codec.encode({
		headers: {
			':event-type': {type: 'string', value: 'chunk'},
			':content-type': {type: 'string', value: 'application/json'},
			':message-type': {type: 'string', value: 'event'},
		},
		body: Buffer.from(JSON.stringify({bytes: Buffer.from(JSON.stringify(event)).toString('base64')})),
	});

/** `us.anthropic.claude-sonnet-4-5-20250929-v1:0` → `claude-sonnet-4-5-20250929`: Bedrock answers with the bare name. */
const bareModel = (model: string): string =>
	(model.split('/').at(-1) ?? model).replace(/^.*anthropic\./, '').replace(/-v\d+(:\d+)?$/, '');

const bedrockId = (kind: 'msg' | 'toolu'): string => `${kind}_bdrk_01${randomBytes(11).toString('hex')}`;

const wireUsage = ({input = 0, cacheRead = 0, cacheWrite5m = 0, cacheWrite1h = 0}: ScriptedUsage, output: number) => ({
	input_tokens: input,
	cache_creation_input_tokens: cacheWrite5m + cacheWrite1h,
	cache_read_input_tokens: cacheRead,
	cache_creation: {ephemeral_5m_input_tokens: cacheWrite5m, ephemeral_1h_input_tokens: cacheWrite1h},
	output_tokens: output,
});

const stopReason = ({blocks}: Reply): string =>
	blocks.some(block => block.type === 'tool_use') ? 'tool_use' : 'end_turn';

const openingOf = (block: Block): object => {
	if (block.type === 'text') return {type: 'text', text: ''};
	if (block.type === 'thinking') return {type: 'thinking', thinking: '', signature: ''};
	return {type: 'tool_use', id: bedrockId('toolu'), name: block.name, input: {}};
};

const deltasOf = (block: Block): readonly object[] => {
	if (block.type === 'text') return [{type: 'text_delta', text: block.text}];
	if (block.type === 'tool_use') return [{type: 'input_json_delta', partial_json: JSON.stringify(block.input)}];
	return [
		{type: 'thinking_delta', thinking: block.thinking},
		{type: 'signature_delta', signature: 'c2lnbmF0dXJl'},
	];
};

/** The whole reply as Anthropic stream events. `message_start` bears a placeholder output, as the real service does. */
const eventsOf = (reply: Reply, messageId: string, model: string): readonly object[] => {
	const {blocks, usage} = reply;
	const message = {id: messageId, type: 'message', role: 'assistant', model: bareModel(model), content: []};
	const nothingYet = {stop_reason: null, stop_sequence: null, usage: wireUsage(usage, 2)};
	return [
		{type: 'message_start', message: {...message, ...nothingYet}},
		...blocks.flatMap((block, index) => [
			{type: 'content_block_start', index, content_block: openingOf(block)},
			...deltasOf(block).map(delta => ({type: 'content_block_delta', index, delta})),
			{type: 'content_block_stop', index},
		]),
		{
			type: 'message_delta',
			delta: {stop_reason: stopReason(reply), stop_sequence: null},
			usage: wireUsage(usage, usage.output ?? 0),
		},
		{type: 'message_stop'},
	];
};

/** A reply to the plain invoke of a startup probe. */
const messageOf = (reply: Reply, messageId: string, model: string): object => ({
	id: messageId,
	type: 'message',
	role: 'assistant',
	model: bareModel(model),
	content: reply.blocks.map(block => (block.type === 'tool_use' ? {...block, id: bedrockId('toolu')} : block)),
	stop_reason: stopReason(reply),
	stop_sequence: null,
	usage: wireUsage(reply.usage, reply.usage.output ?? 0),
});

const operations: Readonly<Record<string, Operation>> = {
	invoke: 'InvokeModel',
	'invoke-with-response-stream': 'InvokeModelWithResponseStream',
	'count-tokens': 'CountTokens',
};

/** Only the last slash of an ARN comes percent-encoded, so the model may itself hold slashes once decoded. */
const routeOf = (method: string, path: string): Route => {
	const [, model, verb = ''] = /^\/model\/(.+)\/([\w-]+)$/.exec(path) ?? [];
	const operation = operations[verb];
	if (method === 'POST' && model !== undefined && operation !== undefined) {
		return {operation, model: decodeURIComponent(model)};
	}
	const [, profile] = /^\/inference-profiles\/(.+)$/.exec(path) ?? [];
	if (method === 'GET' && profile !== undefined) {
		return {operation: 'GetInferenceProfile', model: decodeURIComponent(profile)};
	}
	return method === 'GET' && path === '/inference-profiles' ? {operation: 'ListInferenceProfiles'} : {};
};

const profileOf = (id: string) => ({
	inferenceProfileId: id,
	inferenceProfileName: id,
	inferenceProfileArn: `arn:aws:bedrock:us-west-2:123456789012:inference-profile/${id}`,
	models: [{modelArn: `arn:aws:bedrock:us-west-2::foundation-model/${id.replace(/^\w+\.(?=anthropic\.)/, '')}`}],
	status: 'ACTIVE',
	type: 'SYSTEM_DEFINED',
});

const readBody = async (request: IncomingMessage): Promise<Record<string, unknown>> => {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const text = Buffer.concat(chunks).toString('utf8');
	return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
};

const sendJson = (response: ServerResponse, body: object): undefined => {
	response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
};

const refuse = (response: ServerResponse, {status, error, message}: Refusal): undefined => {
	response.statusCode = status;
	sendJson(response.setHeader('x-amzn-errortype', error), {message});
};

/** A loopback server that speaks enough of the Bedrock runtime for the real Claude Code to hold conversations. */
export const serveBedrockRuntime = async ({script, profiles = []}: Options): Promise<BedrockRuntime> => {
	const requests: Served[] = [];

	const answerCall = async (call: Call, response: ServerResponse): Promise<string | undefined> => {
		const answer = await script(call);
		if ('status' in answer) return refuse(response, answer);
		const messageId = bedrockId('msg');
		if (call.operation === 'InvokeModel') {
			sendJson(response, messageOf(answer, messageId, call.model));
			return messageId;
		}
		response.setHeader('content-type', 'application/vnd.amazon.eventstream');
		for (const event of eventsOf(answer, messageId, call.model)) response.write(frame(event));
		response.end();
		return messageId;
	};

	const answer = async (
		request: IncomingMessage,
		response: ServerResponse,
		{operation, model = ''}: Route,
		requestId: string,
	) => {
		const body = await readBody(request);
		switch (operation) {
			case 'InvokeModelWithResponseStream':
			case 'InvokeModel':
				return answerCall({operation, model, requestId, body}, response);
			case 'CountTokens':
				return sendJson(response, {inputTokens: 1000});
			case 'ListInferenceProfiles':
				return sendJson(response, {inferenceProfileSummaries: profiles.map(profileOf)});
			case 'GetInferenceProfile':
				return sendJson(response, profileOf(model));
			default:
				return refuse(response, {status: 404, error: 'UnknownOperationException', message: 'no such operation'});
		}
	};

	const serve = async (request: IncomingMessage, response: ServerResponse) => {
		const startedAt = Date.now();
		const {method = '', url = '', headers} = request;
		const [path = ''] = url.split('?');
		const route = routeOf(method, path);
		const requestId = randomUUID();
		response.setHeader('x-amzn-requestid', requestId);
		const messageId = await answer(request, response, route, requestId);
		requests.push({
			operation: route.operation,
			path,
			model: route.model,
			requestId,
			messageId,
			userAgent: headers['user-agent'] ?? '',
			claudeSessionId: headers['x-claude-code-session-id']?.toString(),
			startedAt,
			endedAt: Date.now(),
			status: response.statusCode,
		});
	};
	const server = createServer((request, response) => {
		// A client that goes away in mid-request is no error; a script that throws is a broken test and must be heard.
		serve(request, response).catch(error => {
			if (!request.errored) throw error;
		});
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	const {port} = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		requests,
		close: () =>
			new Promise(resolve => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
};

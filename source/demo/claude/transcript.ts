import {refusalMessage, throttleMessage} from '../world/refusal-burst.ts';
import type {Block, WorldCall} from '../world/world-call.ts';

/** The release whose transcripts are imitated, key by key. */
export const claudeVersion = '2.1.330';

/** A line of a transcript: an object whose `parentUuid` is the `uuid` of the line before. */
export type TranscriptLine = {readonly uuid: string; readonly [key: string]: unknown};

/** The end of every line: where and by which session it was written. */
export const lineOrigin = (cwd: string, sessionId: string) => ({
	userType: 'external',
	entrypoint: 'cli',
	cwd,
	sessionId,
	version: claudeVersion,
	gitBranch: 'main',
});

const iso = (at: number) => new Date(at).toISOString();

/** The ids of a call's lines: its event id with the number of the line in it. */
const lineId = (eventId: string, line: number) => eventId.replace(/^./, String(line));

const start = ({agentId}: WorldCall) => ({
	isSidechain: agentId !== undefined,
	...(agentId !== undefined && {agentId}),
});

/** The bare name that the server answers with, whatever profile was called. */
const bareModel = (profile: string) => profile.replace(/^[\w-]+\.anthropic\./, '').replace(/-v\d+(:\d+)?$/, '');

/** What Claude Code writes of a reply's tokens; the last five are its own defaults and prove nothing. */
const usageOf = ({usage}: WorldCall) => ({
	input_tokens: usage.input,
	cache_creation_input_tokens: usage.cacheWrite5m + usage.cacheWrite1h,
	cache_read_input_tokens: usage.cacheRead,
	output_tokens: usage.output,
	output_tokens_details: {thinking_tokens: 0},
	cache_creation: {ephemeral_1h_input_tokens: usage.cacheWrite1h, ephemeral_5m_input_tokens: usage.cacheWrite5m},
	server_tool_use: {web_search_requests: 0, web_fetch_requests: 0},
	service_tier: 'standard',
	inference_geo: '',
	iterations: [],
	speed: 'standard',
});

const content = (type: Block, {messageId}: WorldCall): object => {
	if (type === 'thinking') return {type, thinking: '', signature: ''};
	if (type === 'text') return {type, text: '(demo)'};
	const id = messageId.replace('msg_', 'toolu_');
	return {type, id, name: 'Read', input: {file_path: 'readme.md'}};
};

/** One line per content block, each with the whole reply's usage: that is how 2.1.97 and later write. */
const replyLines = (call: WorldCall): readonly TranscriptLine[] => {
	const {blocks, eventId, endAt, latencyMs, firstTokenMs} = call;
	const blockMs = Math.floor((latencyMs - firstTokenMs) / blocks.length);
	return blocks.map((type, index) => ({
		...start(call),
		message: {
			model: bareModel(call.profile),
			id: call.messageId,
			type: 'message',
			role: 'assistant',
			content: [content(type, call)],
			stop_reason: blocks.includes('tool_use') ? 'tool_use' : 'end_turn',
			stop_sequence: null,
			usage: usageOf(call),
			stop_details: null,
		},
		apiBlockIndex: index,
		requestId: call.requestId,
		requestRef: lineId(eventId, 9),
		requestedModel: call.profile,
		promptCacheRequested: call.usage.cacheWrite1h > 0 ? '1h' : '5m',
		...(call.agentId !== undefined && {attributionAgent: 'Explore'}),
		type: 'assistant',
		uuid: lineId(eventId, index),
		timestamp: iso(endAt - (blocks.length - 1 - index) * blockMs),
		effort: 'medium',
		perTurnEffort: null,
		madeBy: 'model',
		...lineOrigin(call.thread.cwd, call.thread.sessionId),
	}));
};

const systemLine = (call: WorldCall, line: number, fields: object): TranscriptLine => ({
	...start(call),
	type: 'system',
	...fields,
	timestamp: iso(call.endAt),
	uuid: lineId(call.eventId, line),
	...lineOrigin(call.thread.cwd, call.thread.sessionId),
});

type Retry = {readonly number: number; readonly of: number; readonly retryInMs: number};

const errorLine = (call: WorldCall, status: number, reason: string, retry: Retry): TranscriptLine => {
	const message = `${status} ${reason}`;
	return systemLine(call, 0, {
		subtype: 'api_error',
		level: 'error',
		error: {message, status, formatted: message, connection: null, isNetworkDown: false},
		retryInMs: retry.retryInMs,
		retryAttempt: retry.number,
		maxRetries: retry.of,
		source: 'request_retry',
	});
};

const fallbackLine = (call: WorldCall, fallback: string): TranscriptLine =>
	systemLine(call, 0, {
		subtype: 'model_fallback',
		content: `Switched to ${bareModel(fallback)} because ${bareModel(call.profile)} is not available`,
		level: 'warning',
		trigger: 'permission_denied',
		originalModel: call.profile,
		fallbackModel: fallback,
		isMeta: false,
	});

/** A probe leaves no line, an attempt that is retried its error, the last one the change of model. */
const refusalLines = (call: WorldCall): readonly TranscriptLine[] => {
	const {attempt, operation} = call;
	const isProbe = attempt === undefined || operation === 'InvokeModel';
	if (isProbe) return [];
	if (attempt.number > attempt.of) return [fallbackLine(call, attempt.fallback)];
	return [errorLine(call, 403, refusalMessage(call), attempt)];
};

/** The lines that Claude Code would write about a call once it has ended, in their order, without `parentUuid`. */
export const transcriptLines = (call: WorldCall): readonly TranscriptLine[] => {
	if (call.outcome === 'ok') return replyLines(call);
	if (call.outcome === 'AccessDenied') return refusalLines(call);
	return [errorLine(call, 429, throttleMessage, {number: 1, of: 10, retryInMs: 600})];
};

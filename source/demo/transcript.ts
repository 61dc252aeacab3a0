import {refusalMessage, type WorldCall} from './world.ts';

/** The release whose transcripts are imitated, key by key. */
const version = '2.1.330';

const iso = (at: number) => new Date(at).toISOString();

const common = ({thread, agentId}: WorldCall, at: number) => ({
	isSidechain: agentId !== undefined,
	...(agentId !== undefined && {agentId}),
	userType: 'external',
	entrypoint: 'cli',
	cwd: thread.cwd,
	sessionId: thread.sessionId,
	version,
	gitBranch: 'main',
	timestamp: iso(at),
});

/** The bare name that the server answers with, whatever profile was called. */
const bareModel = (profile: string) => profile.replace(/^[a-z-]+\.anthropic\./, '').replace(/-v\d+(:\d+)?$/, '');

const usageOf = ({usage}: WorldCall) => ({
	input_tokens: usage.input,
	cache_creation_input_tokens: usage.cacheWrite5m + usage.cacheWrite1h,
	cache_read_input_tokens: usage.cacheRead,
	output_tokens: usage.output,
	cache_creation: {ephemeral_5m_input_tokens: usage.cacheWrite5m, ephemeral_1h_input_tokens: usage.cacheWrite1h},
	service_tier: 'standard',
	inference_geo: '',
	speed: 'standard',
});

/** One line per content block, each with the whole reply's usage: that is how 2.1.97 and later write. */
const replyLines = (call: WorldCall): readonly object[] =>
	(['thinking', 'text'] as const).map((type, block) => ({
		type: 'assistant',
		uuid: `${call.eventId}-${block}`,
		...common(call, call.endAt - 1 + block),
		message: {
			model: bareModel(call.profile),
			id: call.messageId,
			type: 'message',
			role: 'assistant',
			content: [type === 'text' ? {type, text: '…'} : {type, thinking: '', signature: ''}],
			stop_reason: 'end_turn',
			stop_sequence: null,
			usage: usageOf(call),
		},
		requestId: call.requestId,
		requestedModel: call.profile,
		apiBlockIndex: block,
		promptCacheRequested: call.usage.cacheWrite1h > 0 ? '1h' : '5m',
	}));

const errorLine = (call: WorldCall, status: number, message: string): object => ({
	type: 'system',
	subtype: 'api_error',
	level: 'error',
	uuid: call.eventId,
	...common(call, call.endAt),
	error: {message: `${status} ${message}`, status, formatted: `${status} ${message}`},
	retryInMs: 600,
	retryAttempt: 1,
	maxRetries: 10,
	source: 'request_retry',
});

/** The lines that Claude Code would write about a call, as text with their newlines. */
export const transcriptLines = (call: WorldCall): string => {
	const lines =
		call.outcome === 'ok'
			? replyLines(call)
			: [
					call.outcome === 'AccessDenied'
						? errorLine(call, 403, refusalMessage(call))
						: errorLine(call, 429, 'Too many requests, please wait before trying again.'),
				];
	return lines.map(line => `${JSON.stringify(line)}\n`).join('');
};

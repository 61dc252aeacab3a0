import {count, instant, type JsonRecord, record, text} from '../common/json.ts';
import {totalTokens, type Usage} from '../money/usage.ts';
import {type Fallback, type LocalFailure, readFailure} from './failure.ts';

/** Who answered, as far as the reply itself proves it. */
export type Provider = 'bedrock' | 'first-party' | 'vertex' | 'unknown';

/** One model reply as Claude Code wrote it into a transcript. Never holds what was asked or answered. */
export type Turn = {
	readonly id: string;
	readonly requestId?: string | undefined;
	/** When the block that carried this usage ended, epoch ms. */
	readonly at: number;
	readonly sessionId: string;
	readonly cwd?: string | undefined;
	readonly version?: string | undefined;
	/** The bare name the server answered with; it does not tell the provider. */
	readonly model: string;
	/** The full id the client asked for (profile or ARN), written from Claude Code 2.1.308 on. */
	readonly requestedModel?: string | undefined;
	readonly provider: Provider;
	readonly usage: Usage;
	/** Clients before 2.1.97 wrote the placeholder of message_start: the real output is at least this. */
	readonly lowerBound: boolean;
	readonly sidechain: boolean;
	/** Its usage lacks input or output tokens: what is there is not all. Absent where it is complete. */
	readonly incomplete?: true | undefined;
};

/** The model a session was started with or switched to. */
export type SessionModel = {readonly sessionId: string; readonly model: string; readonly at: number};

type TranscriptEntry =
	| {readonly kind: 'turn'; readonly turn: Turn}
	| {readonly kind: 'failure'; readonly failure: LocalFailure}
	| {readonly kind: 'model'; readonly model: SessionModel};

const looksLikeBedrockId = (id: string | undefined) => id !== undefined && /(^|[./:])anthropic\./.test(id);

/**
 * The provider that a reply's own ids prove: `msg_bdrk_` Bedrock, `msg_vrtx_` Vertex, `msg_01` Anthropic.
 * `message.model` is the same everywhere and proves nothing. A `msg_01` reply to a Bedrock-shaped model id
 * (Mantle, whose ids nobody has measured) stays unknown.
 */
export const provenProvider = (messageId: string, requestedModel?: string): Provider => {
	if (messageId.startsWith('msg_bdrk_')) return 'bedrock';
	if (messageId.startsWith('msg_vrtx_')) return 'vertex';
	if (messageId.startsWith('msg_01') && !looksLikeBedrockId(requestedModel)) return 'first-party';
	return 'unknown';
};

/**
 * Tokens of a `usage` object. The nested 5 m / 1 h split and the flat cache figure disagree in some versions
 * (2.1.152 wrote 0 flat): the larger wins, and what the split does not explain is billed at the requested lifetime.
 */
export const readUsage = (usage: JsonRecord, cacheRequested?: string): Usage => {
	const split = record(usage.cache_creation);
	const fiveMinutes = count(split?.ephemeral_5m_input_tokens) ?? 0;
	const oneHour = count(split?.ephemeral_1h_input_tokens) ?? 0;
	const flat = count(usage.cache_creation_input_tokens) ?? 0;
	const unexplained = Math.max(0, flat - fiveMinutes - oneHour);
	const isOneHour = cacheRequested === '1h';
	return {
		input: count(usage.input_tokens) ?? 0,
		output: count(usage.output_tokens) ?? 0,
		cacheRead: count(usage.cache_read_input_tokens) ?? 0,
		cacheWrite5m: fiveMinutes + (isOneHour ? 0 : unexplained),
		cacheWrite1h: oneHour + (isOneHour ? unexplained : 0),
	};
};

/** Cache counters may be absent where nothing was cached; input and output never are. */
const isComplete = (usage: JsonRecord) =>
	count(usage.input_tokens) !== undefined && count(usage.output_tokens) !== undefined;

const readTurn = (line: JsonRecord, message: JsonRecord, usage: JsonRecord, fallback: Fallback): Turn | undefined => {
	const model = text(message.model) ?? 'unknown';
	if (model === '<synthetic>') return undefined;
	const id = text(message.id) ?? fallback.id;
	const requestId = text(line.requestId);
	const requestedModel = text(line.requestedModel);
	const cwd = text(line.cwd);
	const version = text(line.version);
	return {
		id,
		requestId,
		at: instant(line.timestamp) ?? fallback.at,
		sessionId: text(line.sessionId) ?? fallback.sessionId,
		cwd,
		version,
		model,
		requestedModel,
		provider: provenProvider(id, requestedModel),
		usage: readUsage(usage, text(line.promptCacheRequested)),
		lowerBound: message.stop_reason === null,
		sidechain: line.isSidechain === true,
		...(isComplete(usage) ? {} : {incomplete: true as const}),
	};
};

/** Which model a session is told to be, from Claude Code 2.1.330 on: known before the first reply. */
const readModel = (line: JsonRecord, fallback: Fallback): TranscriptEntry | undefined => {
	const attachment = record(line.attachment);
	const model = text(record(attachment?.identity)?.modelId);
	if (attachment?.type !== 'model' || model === undefined || line.isSidechain === true) return undefined;
	const sessionId = text(line.sessionId) ?? fallback.sessionId;
	return {kind: 'model', model: {sessionId, model, at: instant(line.timestamp) ?? fallback.at}};
};

/**
 * What one transcript line says that matters here: a reply with its usage, or a failed call.
 * Undefined for the many other line types. The format is internal to Claude Code: every field is optional.
 */
export const readTranscriptLine = (value: unknown, fallback: Fallback): TranscriptEntry | undefined => {
	const line = record(value);
	if (line === undefined) return undefined;
	if (line.type === 'attachment') return readModel(line, fallback);
	if (line.type === 'system' || line.isApiErrorMessage === true) {
		const failure = readFailure(line, fallback);
		return failure && {kind: 'failure', failure};
	}
	const message = record(line.message);
	const usage = record(message?.usage);
	const isReply = line.type === 'assistant' && message !== undefined && usage !== undefined;
	if (!isReply) return undefined;
	const turn = readTurn(line, message, usage, fallback);
	return turn && {kind: 'turn', turn};
};

/**
 * The one of two lines of the same reply that counts, whatever order they are met in: larger token total, then the
 * final one, then the main conversation before a replayed side chain, then the later one.
 */
export const betterTurn = (a: Turn, b: Turn): Turn => {
	const difference =
		totalTokens(a.usage) - totalTokens(b.usage) ||
		Number(b.lowerBound) - Number(a.lowerBound) ||
		Number(b.sidechain) - Number(a.sidechain) ||
		Number(a.requestedModel !== undefined) - Number(b.requestedModel !== undefined) ||
		Number(a.requestId !== undefined) - Number(b.requestId !== undefined) ||
		a.at - b.at;
	if (difference !== 0) return difference > 0 ? a : b;
	// Nothing speaks for either: the choice must not hang on which was read first.
	return JSON.stringify(a) <= JSON.stringify(b) ? a : b;
};

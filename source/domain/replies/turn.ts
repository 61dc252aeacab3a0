import {instant, type JsonRecord, record, text} from '../common/json.ts';
import {totalTokens, type Usage} from '../money/usage.ts';
import {type AgentEnd, type AgentOfTurn, readAgent, readAgentEnd} from './agent.ts';
import {readBilling} from './billing.ts';
import {type Compaction, type CostState, readCompaction, readCostState, unloggedCalls} from './cost-state.ts';
import {type Fallback, type LocalFailure, readFailure} from './failure.ts';

/** Who answered, as far as the reply itself proves it. */
export type Provider = 'bedrock' | 'first-party' | 'vertex' | 'unknown';

/** One model reply as Claude Code wrote it into a transcript. Never holds what was asked or answered. */
export type Turn = AgentOfTurn & {
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
	/** A cache counter is there but is no count, so that what was billed cannot be known. */
	readonly unreadable?: true | undefined;
	/** What the reply says it was served as where that is not the standard: `priority`, `flex`, `batch`, `fast`. */
	readonly serviceTier?: string | undefined;
	/** `inference_geo` says `us`, for which Anthropic asks more. */
	readonly isInUs?: true | undefined;
	/** Searches of Anthropic's own tool, which are billed apart from tokens. */
	readonly webSearches?: number | undefined;
	/** No reply at all: calls that only a session's cost-state tells of, summed up. */
	readonly unlogged?: boolean | undefined;
};

/** The model a session was started with or switched to. */
export type SessionModel = {readonly sessionId: string; readonly model: string; readonly at: number};

type TranscriptEntry =
	| {readonly kind: 'turn'; readonly turn: Turn}
	| {readonly kind: 'failure'; readonly failure: LocalFailure}
	| {readonly kind: 'model'; readonly model: SessionModel}
	| {readonly kind: 'cost'; readonly cost: CostState}
	| {readonly kind: 'compaction'; readonly compaction: Compaction}
	| {readonly kind: 'agent-end'; readonly end: AgentEnd};

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

const readTurn = (line: JsonRecord, message: JsonRecord, usage: JsonRecord, fallback: Fallback): Turn | undefined => {
	const model = text(message.model) ?? 'unknown';
	if (model === '<synthetic>') return undefined;
	const id = text(message.id) ?? fallback.id;
	const requestId = text(line.requestId);
	const requestedModel = text(line.requestedModel);
	const cwd = text(line.cwd);
	const version = text(line.version);
	const provider = provenProvider(id, requestedModel);
	const {
		usage: tokens,
		lowerBound,
		...terms
	} = readBilling(usage, {model, cacheRequested: text(line.promptCacheRequested)});
	// Bedrock has no such tool: nobody knows what it costs there.
	const isSearched = terms.webSearches !== undefined && provider !== 'first-party';
	return {
		id,
		requestId,
		at: instant(line.timestamp) ?? fallback.at,
		sessionId: text(line.sessionId) ?? fallback.sessionId,
		cwd,
		version,
		model,
		requestedModel,
		provider,
		usage: tokens,
		lowerBound: message.stop_reason === null || lowerBound || isSearched,
		sidechain: line.isSidechain === true,
		...readAgent(line, message, fallback),
		...terms,
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
	if (line.type === 'cost-state') {
		const cost = readCostState(line, fallback);
		return cost && {kind: 'cost', cost};
	}
	if (unloggedCalls.includes(text(line.subtype) ?? '')) {
		return {kind: 'compaction', compaction: readCompaction(line, fallback)};
	}
	if (line.type === 'system' || line.isApiErrorMessage === true) {
		const failure = readFailure(line, fallback);
		return failure && {kind: 'failure', failure};
	}
	if (line.type === 'user') {
		const end = readAgentEnd(line, fallback);
		return end && {kind: 'agent-end', end};
	}
	const message = record(line.message);
	const usage = record(message?.usage);
	const isReply = line.type === 'assistant' && message !== undefined && usage !== undefined;
	if (!isReply) return undefined;
	const turn = readTurn(line, message, usage, fallback);
	return turn && {kind: 'turn', turn};
};

/** More than any context window: one reply cannot be of so many tokens. */
const mostTokens = 10_000_000;

/** Whether so many tokens can be true of one reply. */
export const isPossible = ({usage}: Turn): boolean => totalTokens(usage) <= mostTokens;

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
		Number(a.agentId !== undefined) - Number(b.agentId !== undefined) ||
		a.at - b.at;
	if (difference !== 0) return difference > 0 ? a : b;
	// Nothing speaks for either: the choice must not hang on which was read first.
	return JSON.stringify(a) <= JSON.stringify(b) ? a : b;
};

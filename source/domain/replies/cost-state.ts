import {instant, type JsonRecord, record, text} from '../common/json.ts';
import type {Usage} from '../money/usage.ts';
import {readUsage} from './billing.ts';
import type {Fallback} from './failure.ts';

/**
 * What a session had been billed for when Claude Code wrote it down: all calls from its beginning on, those of sessions
 * that it was forked from included. Written at the end of a run, from 2.1.285 on.
 */
export type CostState = {
	readonly sessionId: string;
	/** Epoch ms; the line has no time of its own. */
	readonly at: number;
	/** By the id that was called. */
	readonly usage: ReadonlyMap<string, Usage>;
};

/**
 * What a session's system lines call the work of billed calls that have no reply line: a compaction, and the recap for
 * who comes back to an idle session (VasiHemanth/tokentelemetry#246).
 */
export const unloggedCalls: readonly string[] = ['compact_boundary', 'away_summary'];

/** A conversation was compacted or recapped then (epoch ms), by calls that have no reply line. */
export type Compaction = {readonly sessionId: string; readonly at: number};

const usageOf = (model: JsonRecord): Usage =>
	readUsage({
		input_tokens: model.inputTokens,
		output_tokens: model.outputTokens,
		cache_read_input_tokens: model.cacheReadInputTokens,
		cache_creation_input_tokens: model.cacheCreationInputTokens,
		cache_creation: {
			ephemeral_5m_input_tokens: model.cacheCreationEphemeral5mInputTokens,
			ephemeral_1h_input_tokens: model.cacheCreationEphemeral1hInputTokens,
		},
	});

/** Undefined for a line that names no model. */
export const readCostState = (line: JsonRecord, fallback: Fallback): CostState | undefined => {
	const models = Object.entries(record(line.modelUsage) ?? {}).map(([id, model]) => [id, record(model)] as const);
	const usage = new Map(models.flatMap(([id, model]) => (model === undefined ? [] : [[id, usageOf(model)] as const])));
	const sessionId = text(line.sessionId) ?? fallback.sessionId;
	return usage.size === 0 ? undefined : {sessionId, at: instant(line.timestamp) ?? fallback.at, usage};
};

export const readCompaction = (line: JsonRecord, fallback: Fallback): Compaction => ({
	sessionId: text(line.sessionId) ?? fallback.sessionId,
	at: instant(line.timestamp) ?? fallback.at,
});

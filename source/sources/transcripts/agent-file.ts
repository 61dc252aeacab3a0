import {basename, dirname} from 'node:path';
import {parseJson, record, text} from '../../domain/common/json.ts';
import {readPlainTextSync} from '../files/plain-file-sync.ts';

/** Whose a file below `subagents/` is, at any depth, or in clients around 2.0.76 one beside its session's. */
export type AgentFile = {
	readonly agentId: string;
	/** As the folder says it; in old clients only the lines do. */
	readonly sessionId: string | undefined;
	/** Read when first asked for, at most once: new clients say it in the lines as well. */
	readonly typeOf: () => string | undefined;
};

const mostMetaBytes = 64 << 10;

const readType = (path: string): string | undefined => {
	try {
		return text(record(parseJson(readPlainTextSync(path, mostMetaBytes)))?.agentType);
	} catch {
		// Not there, not yet there, or not for us: then the type is not known.
		return undefined;
	}
};

/**
 * The agent whose own transcript a path is: `<session>/subagents/agent-<id>.jsonl`, with `agent-<id>.meta.json` beside it;
 * those of the Workflow tool one level deeper, in `subagents/workflows/<run>/` (langfuse/claude-observability-plugin#43).
 */
export const agentFileOf = (path: string): AgentFile | undefined => {
	const [, agentId] = /^agent-(.+)\.jsonl$/.exec(basename(path)) ?? [];
	if (agentId === undefined) return undefined;
	const [, sessionId] = /([^/\\]+)[/\\]subagents(?:[/\\]|$)/.exec(dirname(path)) ?? [];
	let type: {readonly said: string | undefined} | undefined;
	return {
		agentId,
		sessionId,
		typeOf() {
			type ??= {said: readType(path.replace(/\.jsonl$/, '.meta.json'))};
			return type.said;
		},
	};
};

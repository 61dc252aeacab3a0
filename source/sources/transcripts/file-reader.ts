import {basename} from 'node:path';
import {parseJson} from '../../domain/common/json.ts';
import {unloggedCalls} from '../../domain/replies/cost-state.ts';
import {readTranscriptLine} from '../../domain/replies/turn.ts';
import {type AgentFile, agentFileOf} from './agent-file.ts';
import {endCost, type Found} from './entries.ts';
import type {FoundFile} from './file-index.ts';
import {createTailReader, type Tail} from './tail.ts';

/**
 * Only lines with one of these can matter; the others hold whole prompts (40 kB and more each) and stay bytes. The one
 * that most lines have begins with a letter: in JSON every tenth byte is a quotation mark, at each of which the search
 * would stop (measured: a seventh of the CPU).
 */
const needles = [
	...['usage"', '"api_error"', '"model_fallback"', '"modelId"', '"cost-state"'],
	...unloggedCalls.map(subtype => `"${subtype}"`),
];

/** The file that is being read, the agent whose own it is, and what has been found in it. */
type Current = FoundFile & {readonly agent: AgentFile | undefined; readonly found: Found};

const takeLine = (line: Buffer, offset: number, {path, stats, agent, found}: Current): boolean => {
	const {entries} = found;
	const value = parseJson(line.toString('utf8'));
	if (value === undefined) return false;
	const entry = readTranscriptLine(value, {
		id: `${path}:${offset}`,
		at: Math.floor(stats.mtimeMs),
		sessionId: agent?.sessionId ?? basename(path, '.jsonl'),
		agentId: agent?.agentId,
		agentTypeOf: agent?.typeOf,
	});
	if (entry?.kind === 'turn') {
		endCost(found, entry.turn.at);
		entries.turns.push(entry.turn);
	}
	if (entry?.kind === 'failure') {
		const {sessionId, at, isFinal} = entry.failure;
		entries.failures.push(entry.failure);
		if (isFinal && agent !== undefined) entries.agentEnds.push({sessionId, agentId: agent.agentId, at});
	}
	if (entry?.kind === 'agent-end') entries.agentEnds.push(entry.end);
	if (entry?.kind === 'model') entries.models.push(entry.model);
	if (entry?.kind === 'compaction') entries.compactions.push(entry.compaction);
	if (entry?.kind === 'cost') {
		found.isCostLast = true;
		entries.costs.push(entry.cost);
	}
	return true;
};

type Reading = {
	/** How far it has been read before. */
	readonly tail: Tail | undefined;
	/** Takes what is found. */
	readonly found: Found;
	readonly signal?: AbortSignal | undefined;
};

/** Reads one transcript at a time into a buffer of its own, and says how far it is read now. */
export const createFileReader = (onBytes: (bytes: number) => void) => {
	let current: Current | undefined;
	const reader = createTailReader({
		needles,
		onLine: (line, offset) => current !== undefined && takeLine(line, offset, current),
		onCorrupt() {
			if (current !== undefined) current.found.corruptLines += 1;
		},
		onBytes,
	});
	return (file: FoundFile, {tail, found, signal}: Reading): Promise<Tail> => {
		current = {...file, agent: agentFileOf(file.path), found};
		return reader.read(file.path, tail, signal);
	};
};

import {instant, type JsonRecord, record, text} from '../common/json.ts';
import type {Fallback} from './failure.ts';

/** The subagent of a session that a reply is of; all absent where it is of the main conversation. */
export type AgentOfTurn = {
	/** Drawn by lot by Claude Code; a teammate's has its name in it. Absent in clients that wrote none. */
	readonly agentId?: string | undefined;
	/** `Explore`, `general-purpose`, `workflow-subagent`, … as the line or the file beside the transcript says it. */
	readonly agentType?: string | undefined;
	/** Nothing follows such a reply unless the agent is asked to go on. */
	readonly endsAgent?: true | undefined;
};

/** The session's own word that an agent has given its result. */
export type AgentEnd = {readonly sessionId: string; readonly agentId: string; readonly at: number};

/** One text for an agent of a session: ids of old clients are seven digits, which two sessions may share. */
export const agentKey = (sessionId: string, agentId: string): string => `${sessionId}\0${agentId}`;

/** After these the client runs tools and asks again. */
const goesOn: ReadonlySet<unknown> = new Set(['tool_use', 'pause_turn']);

/**
 * Whether a reply is an agent's last. Clients up to 2.0.76 write no stop reason on the line that ends a reply (measured);
 * there it is the last one if it asks for no tool. A block that does comes as a later line of the same reply.
 */
const isLast = ({stop_reason: reason, content}: JsonRecord): boolean => {
	if (text(reason) !== undefined) return !goesOn.has(reason);
	const last = Array.isArray(content) ? record(content.at(-1)) : undefined;
	return last?.type === 'text';
};

/** Whose reply a line is: only a line of a side chain, or of an agent's own file, is an agent's. */
export const readAgent = (line: JsonRecord, message: JsonRecord, fallback: Fallback): AgentOfTurn => {
	const said = line.isSidechain === true ? text(line.agentId) : undefined;
	const agentId = said ?? fallback.agentId;
	if (agentId === undefined) return {};
	const agentType = text(line.attributionAgent) ?? fallback.agentTypeOf?.();
	return {agentId, ...(agentType !== undefined && {agentType}), ...(isLast(message) && {endsAgent: true})};
};

/** What a session's own transcript says once an agent that it has waited for is done. The launch of one in the background says less. */
export const readAgentEnd = (line: JsonRecord, fallback: Fallback): AgentEnd | undefined => {
	const result = record(line.toolUseResult);
	const agentId = text(result?.agentId);
	const isDone = result?.status === 'completed' || result?.totalDurationMs !== undefined;
	if (line.type !== 'user' || agentId === undefined || !isDone) return undefined;
	const sessionId = text(line.sessionId) ?? fallback.sessionId;
	return {sessionId, agentId, at: instant(line.timestamp) ?? fallback.at};
};

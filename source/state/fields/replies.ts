import * as v from 'valibot';
import type {Usage} from '../../domain/money/usage.ts';
import type {AgentEnd} from '../../domain/replies/agent.ts';
import type {Compaction, CostState} from '../../domain/replies/cost-state.ts';
import type {AnsweredBy} from '../../domain/replies/error-text.ts';
import type {LocalFailure} from '../../domain/replies/failure.ts';
import type {SessionModel, Turn} from '../../domain/replies/turn.ts';
import type {SessionFile} from '../../domain/routing/session.ts';
import type {Link} from '../../domain/spend/unlogged.ts';
import {type Field, knownWord, list, mapOf, object, oneOf, optional, plain, text, unrecorded} from './field.ts';
import {
	calledId,
	count,
	errorCode,
	errorMessage,
	flag,
	folder,
	messageId,
	recordId,
	sessionId,
	time,
} from './values.ts';

/** A version as programs write it; recordings keep no other. */
const publicVersion = /^\d{1,4}(\.\d{1,4}){1,3}$/;
const asText: Pick<Field<string | undefined>, 'mask'> = {mask: (value, masking) => value && masking.text(value)};
const version: Field<string | undefined> = {
	...optional(text(value => value)),
	redact: value => (publicVersion.test(value ?? '') ? value : undefined),
};

export const session = object<SessionFile>({
	pid: {...count, redact: (pid, names) => names.number('pid', String(pid))},
	sessionId,
	cwd: folder,
	startedAt: optional(time),
	version,
	entrypoint: unrecorded(asText, undefined),
	status: unrecorded(asText, undefined),
	running: flag,
});

const usage = object<Usage>({input: count, output: count, cacheRead: count, cacheWrite5m: count, cacheWrite1h: count});

/** Types of agents that come with Claude Code; others are the names that people gave to their own. */
const publicAgentTypes = [
	...['general-purpose', 'Explore', 'Plan', 'claude', 'workflow-subagent', 'statusline-setup', 'output-style-setup'],
	...['claude-code-guide', 'Bash', 'fork'],
];

export const turn = object<Turn>({
	id: messageId,
	requestId: optional(recordId),
	at: time,
	sessionId,
	cwd: optional(folder),
	version,
	model: calledId,
	requestedModel: optional(calledId),
	provider: oneOf(['bedrock', 'first-party', 'vertex', 'unknown'], 'unknown'),
	usage,
	lowerBound: flag,
	sidechain: flag,
	incomplete: optional(plain(v.literal(true))),
	unreadable: optional(plain(v.literal(true))),
	serviceTier: optional(knownWord(['batch', 'fast', 'flex', 'priority', 'reserved'], 'other')),
	isInUs: optional(plain(v.literal(true))),
	webSearches: optional(count),
	agentId: optional(recordId),
	agentType: optional(knownWord(publicAgentTypes, 'custom')),
	endsAgent: optional(plain(v.literal(true))),
	unlogged: optional(flag),
});

export const failure = object<LocalFailure>({
	id: recordId,
	at: time,
	sessionId,
	cwd: optional(folder),
	requestId: optional(recordId),
	status: optional(count),
	code: optional(errorCode),
	message: errorMessage,
	answeredBy: optional(oneOf<AnsweredBy>(['aws', 'anthropic', 'vertex'], 'aws')),
	model: optional(calledId),
	isFinal: optional(flag),
	fallback: optional(object({from: calledId, to: calledId})),
});

export const sessionModel = object<SessionModel>({sessionId, model: calledId, at: time});

export const agentEnd = object<AgentEnd>({sessionId, agentId: recordId, at: time});

/** When agents were done, as their sessions say it. */
export const agentEnds = optional(list(agentEnd));

export const costState = object<CostState>({sessionId, at: time, usage: mapOf(calledId, usage)});
export const compaction = object<Compaction>({sessionId, at: time});

/** What tells of calls without a reply. */
export const unlogged = {
	costs: optional(list(costState)),
	compactions: optional(list(compaction)),
	links: optional(list(object<Link>({a: sessionId, b: sessionId, at: time}))),
};

import {type Measure, sumBetween, type Timeline} from '../common/timeline.ts';
import {type AgentEnd, agentKey} from '../replies/agent.ts';
import {type Entry, entriesOf, type Ledger} from '../spend/ledger.ts';
import {addSessionSpend, noSessionSpend, type SessionSpend, withReply} from '../spend/session-spend.ts';
import {type AgentState, agentState} from './agent-state.ts';

export type {AgentState} from './agent-state.ts';

/** A subagent of a session and what its replies come to. */
export type Agent = {
	readonly sessionId: string;
	readonly agentId: string;
	/** Absent where neither its transcript nor the file beside it says it. */
	readonly type?: string | undefined;
	/** The canonical id of the model that last answered; absent where only a lookup could tell. */
	readonly model?: string | undefined;
	/** What it last called, or else the name that answered. */
	readonly called: string;
	readonly state: AgentState;
	/** Epoch ms; of its first and its last reply that is known. */
	readonly startedAt: number;
	readonly lastAt: number;
	readonly spend: SessionSpend;
};

/** What is to be known besides replies, to say whether an agent runs. */
export type AgentEvidence = {
	/** Epoch ms. */
	readonly now: number;
	/** By `agentKey`. */
	readonly ends: ReadonlyMap<string, AgentEnd>;
	/** Whether the process of a session lives; undefined of one that never registered. */
	readonly isSessionRunning: (sessionId: string) => boolean | undefined;
};

/** The sum of one agent's replies, with the newest of them. */
type Sum = {readonly spend: SessionSpend; readonly last: Entry; readonly typed: Entry | undefined};

/** Of one moment the one with the greater id, so that nothing hangs on which was read first. */
const isLater = (a: Entry, b: Entry): boolean => (a.at === b.at ? a.posting.turn.id > b.posting.turn.id : a.at > b.at);

const laterOf = <One extends Entry | undefined>(a: One, b: One): One => {
	if (a === undefined || b === undefined) return a ?? b;
	return isLater(b, a) ? b : a;
};

const add = (sums: Map<string, Sum>, key: string, {spend, last, typed}: Sum) => {
	const known = sums.get(key);
	if (known === undefined) sums.set(key, {spend, last, typed});
	else
		sums.set(key, {
			spend: addSessionSpend(known.spend, spend),
			last: laterOf(known.last, last),
			typed: laterOf(known.typed, typed),
		});
};

const byAgent: Measure<Entry, Map<string, Sum>> = {
	create: () => new Map(),
	add(sums, entry) {
		const {sessionId, agentId, agentType} = entry.posting.turn;
		if (agentId === undefined) return;
		const key = agentKey(sessionId, agentId);
		const known = sums.get(key);
		sums.set(key, {
			spend: withReply(known?.spend ?? noSessionSpend, entry.posting),
			last: laterOf(known?.last ?? entry, entry),
			typed: agentType === undefined ? known?.typed : laterOf(known?.typed, entry),
		});
	},
	merge(sums, part) {
		for (const [key, sum] of part) add(sums, key, sum);
	},
};

const oldestFirst = (a: Agent, b: Agent): number =>
	a.startedAt - b.startedAt || (agentKey(a.sessionId, a.agentId) < agentKey(b.sessionId, b.agentId) ? -1 : 1);

const agentsIn = (
	entries: Timeline<Entry>,
	ledger: Ledger,
	since: number,
	{now, ends, isSessionRunning}: AgentEvidence,
): readonly Agent[] =>
	[...sumBetween(entries, byAgent, since)]
		.map(([key, {spend, last, typed}]): Agent => {
			const {turn, profile, model} = last.posting;
			const {sessionId, agentId = ''} = turn;
			const isSaidDone = turn.endsAgent === true || (ends.get(key)?.at ?? Number.NEGATIVE_INFINITY) >= last.at;
			return {
				...{sessionId, agentId, type: typed?.posting.turn.agentType, model, called: profile ?? turn.model},
				state: agentState({isSaidDone, lastAt: last.at}, isSessionRunning(sessionId), now),
				startedAt: entriesOf(ledger.byAgent, key).first?.at ?? last.at,
				...{lastAt: last.at, spend},
			};
		})
		.sort(oldestFirst);

/** Every agent that has replied since then (epoch ms), the one that began first before the others. */
export const agentsSince = (ledger: Ledger, since: number, evidence: AgentEvidence): readonly Agent[] =>
	agentsIn(ledger.entries, ledger, since, evidence);

/** Those of one session; what other sessions have is not looked at. */
export const agentsOfSession = (
	ledger: Ledger,
	sessionId: string,
	since: number,
	evidence: AgentEvidence,
): readonly Agent[] => agentsIn(entriesOf(ledger.bySession, sessionId), ledger, since, evidence);

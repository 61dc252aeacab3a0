import {type Agent, type AgentEvidence, agentsOfSession} from '../domain/agents/agents.ts';
import {type Amount, addAmounts, noAmount} from '../domain/money/amount.ts';
import {payeeOf, type SessionSpend, sessionSpend} from '../domain/spend/session-spend.ts';
import type {State} from './state.ts';

/** What a session has cost in the window, its agents' part of it, and those agents. */
export type SessionCost = {
	/** All who answered, kept apart. */
	readonly spend: SessionSpend;
	/** Who is billed for `amount` and `ofAgents`. */
	readonly payee: keyof SessionSpend;
	readonly amount: Amount;
	/** Contained in `amount`. */
	readonly ofAgents: Amount;
	/** Those that have replied in the window, the one that began first before the others. */
	readonly agents: readonly Agent[];
	/** How many of them run; undefined where none is known to, but some might. */
	readonly running: number | undefined;
};

/** What tells whether agents run. */
export const agentEvidence = ({sessions, agentEnds}: State, now: number): AgentEvidence => {
	const processes = new Map<string, boolean>();
	for (const {sessionId, running} of sessions) {
		processes.set(sessionId, running || processes.get(sessionId) === true);
	}
	return {now, ends: agentEnds, isSessionRunning: sessionId => processes.get(sessionId)};
};

/** How many of them run; undefined where none is known to, but some might. */
const countRunning = (agents: readonly Agent[]): number | undefined => {
	const running = agents.filter(({state}) => state === 'running').length;
	const isOpen = running === 0 && agents.some(({state}) => state === 'unknown');
	return isOpen ? undefined : running;
};

/** Works out what sessions have cost since the window began, each once and only when it is asked for. */
export const sessionCosts = (state: State, now: number): ((sessionId: string) => SessionCost) => {
	const {ledger, spendSince} = state;
	const evidence = agentEvidence(state, now);
	const known = new Map<string, SessionCost>();
	const costOf = (sessionId: string): SessionCost => {
		const spend = sessionSpend(ledger, sessionId, spendSince);
		const agents = agentsOfSession(ledger, sessionId, spendSince, evidence);
		const payee = payeeOf(spend);
		return {
			...{spend, payee, amount: spend[payee], agents},
			ofAgents: agents.map(agent => agent.spend[payee]).reduce(addAmounts, noAmount),
			running: countRunning(agents),
		};
	};
	return sessionId => {
		const cost = known.get(sessionId) ?? costOf(sessionId);
		known.set(sessionId, cost);
		return cost;
	};
};

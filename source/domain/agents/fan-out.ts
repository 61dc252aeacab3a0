import type {PicoUsd} from '../money/money.ts';
import type {Proofs} from '../routing/proof.ts';
import type {Ledger} from '../spend/ledger.ts';
import {addSessionSpend, noSessionSpend, payeeOf} from '../spend/session-spend.ts';
import {type AgentEvidence, agentsOfSession} from './agents.ts';

/** How much of its agents a session is left alone with. */
type Limit<Most> = {
	/** More than this is too much; nothing is where it is 0. */
	readonly most: Most;
	/** The person's own limit, rather than the usual one. */
	readonly isChosen: boolean;
};

export type FanOutLimits = {
	/** How many may run at once. */
	readonly agents: Limit<number>;
	/** What they may cost in ten minutes, pico-dollars. */
	readonly spend: Limit<PicoUsd>;
};

/**
 * Nobody starts more by hand, while runs that went astray had dozens and hundreds: 547 planned and about $606 in
 * anthropics/claude-code#95816, further #89865, #91220, #82565.
 */
export const usualFanOut = {agents: 10, spend: 5_000_000_000_000n} as const;

/** Over so long agents' money is summed up, ms. */
export const fanOutMs = 10 * 60_000;

/** A session whose agents are too many, or too dear. */
export type FanOut = {
	readonly sessionId: string;
	readonly cwd?: string | undefined;
	/** How many run, and what all of them have cost in ten minutes: at least this. */
	readonly running: number;
	readonly spent: PicoUsd;
	readonly isTooMany: boolean;
	readonly isTooDear: boolean;
	/** It breaks a limit that the person has set. */
	readonly isChosen: boolean;
};

type Known = {
	readonly ledger: Ledger;
	readonly proofs: Proofs;
	readonly evidence: AgentEvidence;
	readonly limits: FanOutLimits | undefined;
};

/** The sessions with too many agents, or too dear ones, in the last ten minutes; the dearest first. */
export const fanOuts = ({ledger, proofs, evidence, limits}: Known): readonly FanOut[] => {
	if (limits === undefined) return [];
	const {agents: most, spend: dearest} = limits;
	const since = evidence.now - fanOutMs;
	const found: FanOut[] = [];
	for (const {sessionId, cwd} of proofs.since(since)) {
		const agents = agentsOfSession(ledger, sessionId, since, evidence);
		const spend = agents.map(agent => agent.spend).reduce(addSessionSpend, noSessionSpend);
		const running = agents.filter(({state}) => state === 'running').length;
		const {amount: spent} = spend[payeeOf(spend)];
		const isTooMany = most.most > 0 && running > most.most;
		const isTooDear = dearest.most > 0n && spent > dearest.most;
		if (!isTooMany && !isTooDear) continue;
		const isChosen = (isTooMany && most.isChosen) || (isTooDear && dearest.isChosen);
		found.push({sessionId, cwd, running, spent, isTooMany, isTooDear, isChosen});
	}
	return found.sort((a, b) => (a.spent === b.spent ? b.running - a.running : a.spent > b.spent ? -1 : 1));
};

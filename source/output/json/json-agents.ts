import {agentsSince} from '../../domain/agents/agents.ts';
import {type FanOut, fanOutMs} from '../../domain/agents/fan-out.ts';
import type {SessionSpend} from '../../domain/spend/session-spend.ts';
import {answeredAt, isPartlyUnknown} from '../../state/health.ts';
import type {Overview} from '../../state/overview.ts';
import {agentEvidence} from '../../state/session-costs.ts';
import {figures, iso, money, pricedMoney} from './json-values.ts';

/** Whether an agent runs; null where that cannot be told. */
const runningJson = {running: true, ended: false, unknown: null} as const;

/** Agents with replies of Bedrock in the window, the one that began first before the others. */
export const agentsJson = ({state, now}: Overview) =>
	agentsSince(state.ledger, state.spendSince, agentEvidence(state, now))
		.filter(({spend}) => spend.bedrock.calls > 0)
		.map(({sessionId, agentId, type, model, called, state: running, startedAt, lastAt, spend: {bedrock}}) => ({
			...{sessionId, agentId, type: type ?? null, model: model ?? null, called},
			running: runningJson[running],
			...figures(bedrock),
			...pricedMoney(bedrock),
			inputTokens: bedrock.usage.input,
			outputTokens: bedrock.usage.output,
			cacheReadTokens: bedrock.usage.cacheRead,
			cacheWrite5mTokens: bedrock.usage.cacheWrite5m,
			cacheWrite1hTokens: bedrock.usage.cacheWrite1h,
			startedAt: iso(startedAt),
			lastAt: iso(lastAt),
		}));

/** Whose bill `usd` is on: for sessions that were not answered by Bedrock it is no part of `spend.local`. */
const payeeJson: Readonly<Record<keyof SessionSpend, string>> = {
	...{bedrock: 'bedrock', elsewhere: 'direct', unproven: 'unproven'},
};

/** What a session has cost in the window with its agents, and these; null while no transcript has been read. */
export const sessionCostJson = (sessionId: string, {state, costOf}: Overview) => {
	const {payee, amount, ofAgents, agents, running} = costOf(sessionId);
	const isUnread = answeredAt(state, 'transcripts') === undefined && amount.calls === 0;
	if (isUnread) {
		const nothing = {usd: null, picoUsd: null};
		return {
			...nothing,
			usdRange: null,
			usdFrom: null,
			lowerBound: true,
			agents: {running: null, total: null, ...nothing},
		};
	}
	return {
		...pricedMoney(amount),
		usdFrom: payeeJson[payee],
		lowerBound: amount.lowerBound || isPartlyUnknown(state),
		agents: {running: running ?? null, total: agents.length, ...pricedMoney(ofAgents)},
	};
};

/** A session whose agents are too many or too dear; the money is that of its agents in `seconds`. */
export const fanOutJson = ({sessionId, cwd, running, spent, isTooMany, isTooDear}: FanOut) => ({
	...{sessionId, cwd: cwd ?? null, running},
	...money(spent),
	...{seconds: fanOutMs / 1000, tooMany: isTooMany, tooDear: isTooDear},
});

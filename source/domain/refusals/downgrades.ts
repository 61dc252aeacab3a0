import type {LocalFailure} from '../replies/failure.ts';

/** Claude Code gave up on a model and answers with another one, which the session does not show. */
export type Downgrade = {
	readonly sessionId: string;
	/** What was wanted, and what answers now. */
	readonly from: string;
	readonly to: string;
	/** Epoch ms of the last step. */
	readonly at: number;
};

/**
 * The newest downgrade of each session since then (epoch ms). Claude Code walks down its ladder step by step: what was
 * wanted is where the first step began.
 */
export const downgradesSince = (failures: readonly LocalFailure[], since: number): readonly Downgrade[] => {
	const steps = failures.filter(({fallback, at}) => fallback !== undefined && at >= since).sort((a, b) => a.at - b.at);
	const found = new Map<string, Downgrade>();
	for (const {sessionId, fallback, at} of steps) {
		if (fallback === undefined) continue;
		const known = found.get(sessionId);
		const isNextStep = known?.to === fallback.from;
		found.set(sessionId, {sessionId, from: isNextStep ? known.from : fallback.from, to: fallback.to, at});
	}
	return [...found.values()].sort((a, b) => b.at - a.at);
};

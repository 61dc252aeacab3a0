import type {FeedCall} from '../refusals/unaudited.ts';

/** One row of the feed: a call, or a burst of refusals of one caller folded into its newest. */
export type FeedRow = {readonly call: FeedCall; readonly count: number; readonly models: number};

const burstGapMs = 60_000;

type Burst = {readonly call: FeedCall; count: number; readonly models: Set<string>; oldestAt: number};

/**
 * Folds refusals, the newest call first: one denied model is 20 and more calls of Claude Code, retries and a ladder of
 * other models included (measured: 28 for one prompt).
 */
export const foldBursts = (calls: readonly FeedCall[]): readonly FeedRow[] => {
	const rows: Burst[] = [];
	const open = new Map<string, Burst>();
	for (const call of calls) {
		const {outcome, principal, profile = '', at, onlyIn} = call;
		const isAudited = onlyIn === undefined;
		const key = `${outcome}\0${principal.arn}\0${isAudited}`;
		const burst = open.get(key);
		const isSame = outcome !== 'ok' && burst !== undefined && burst.oldestAt - at <= burstGapMs;
		if (isSame) {
			burst.count++;
			burst.models.add(profile);
			burst.oldestAt = at;
			continue;
		}
		const row = {call, count: 1, models: new Set([profile]), oldestAt: at};
		rows.push(row);
		open.set(key, row);
	}
	return rows.map(({call, count, models}) => ({call, count, models: models.size}));
};

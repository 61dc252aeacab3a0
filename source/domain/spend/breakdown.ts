import {localDay, localHour} from '../common/calendar.ts';
import {type Amount, addPosting, noAmount} from '../money/amount.ts';
import type {Ledger, Posting} from './ledger.ts';

/** What Bedrock replies can be summed up by. */
export type Dimension = 'model' | 'scope' | 'session' | 'folder' | 'hour' | 'day';

const keys: Readonly<Record<Dimension, (posting: Posting) => string>> = {
	model: ({model, profile, quote}) => model ?? profile ?? (quote.state === 'unpriced' ? quote.model : 'unknown'),
	scope: ({scope}) => scope,
	session: ({turn}) => turn.sessionId,
	folder: ({turn}) => turn.cwd ?? 'unknown',
	hour: ({turn}) => new Date(localHour(turn.at)).toISOString(),
	day: ({turn}) => new Date(localDay(turn.at)).toISOString(),
};

/** Bedrock replies since then (epoch ms), summed up by one dimension; hours and days by the start of the local one. */
export const breakDown = (ledger: Ledger, dimension: Dimension, since: number): ReadonlyMap<string, Amount> => {
	const keyOf = keys[dimension];
	const sums = new Map<string, Amount>();
	for (const posting of ledger.values()) {
		if (posting.turn.at < since || posting.turn.provider !== 'bedrock') continue;
		const key = keyOf(posting);
		sums.set(key, addPosting(sums.get(key) ?? noAmount, posting));
	}
	return sums;
};

import {localDay, localHour} from '../common/calendar.ts';
import {type Measure, sumBetween} from '../common/timeline.ts';
import {type Amount, addAmounts, addPosting, noAmount} from '../money/amount.ts';
import type {Entry, Ledger} from './ledger.ts';
import type {Posting} from './posting.ts';

/** What Bedrock replies can be summed up by. */
export type Dimension = 'model' | 'scope' | 'session' | 'folder' | 'hour' | 'day';

const by = (keyOf: (posting: Posting) => string): Measure<Entry, Map<string, Amount>> => ({
	create: () => new Map(),
	add(sums, {posting}) {
		if (posting.turn.provider !== 'bedrock') return;
		const key = keyOf(posting);
		sums.set(key, addPosting(sums.get(key) ?? noAmount, posting));
	},
	merge(sums, part) {
		for (const [key, amount] of part) {
			const known = sums.get(key);
			sums.set(key, known === undefined ? amount : addAmounts(known, amount));
		}
	},
});

const measures: Readonly<Record<Dimension, Measure<Entry, Map<string, Amount>>>> = {
	model: by(({model, profile, quote}) => model ?? profile ?? (quote.state === 'unpriced' ? quote.model : 'unknown')),
	scope: by(({scope}) => scope),
	session: by(({turn}) => turn.sessionId),
	folder: by(({turn}) => turn.cwd ?? 'unknown'),
	hour: by(({turn}) => new Date(localHour(turn.at)).toISOString()),
	day: by(({turn}) => new Date(localDay(turn.at)).toISOString()),
};

/**
 * Bedrock replies since then (epoch ms), summed up by one dimension; hours and days by the start of the local one,
 * the oldest first; all else the dearest first, by name where that is the same.
 */
export const breakDown = ({entries}: Ledger, dimension: Dimension, since: number): ReadonlyMap<string, Amount> => {
	const isTime = dimension === 'hour' || dimension === 'day';
	const inOrder = ([first, a]: readonly [string, Amount], [second, b]: readonly [string, Amount]): number => {
		if (!isTime && a.amount !== b.amount) return a.amount > b.amount ? -1 : 1;
		return first < second ? -1 : 1;
	};
	return new Map([...sumBetween(entries, measures[dimension], since)].sort(inOrder));
};

import {localDay, localHour} from '../common/calendar.ts';
import {type Measure, sumBetween} from '../common/timeline.ts';
import {type Amount, addAmounts, addPosting, noAmount} from '../money/amount.ts';
import type {Entry, Ledger} from './ledger.ts';
import type {Posting} from './posting.ts';

/** What Bedrock replies can be summed up by. */
export type Dimension = 'model' | 'scope' | 'session' | 'folder' | 'hour' | 'day';

/** A sum, and which of its replies was read first. */
type Sum = {readonly amount: Amount; readonly seq: number};

const add = (sums: Map<string, Sum>, key: string, {amount, seq}: Sum) => {
	const known = sums.get(key);
	const sum = known === undefined ? amount : addAmounts(known.amount, amount);
	sums.set(key, {amount: sum, seq: Math.min(known?.seq ?? seq, seq)});
};

const by = (keyOf: (posting: Posting) => string): Measure<Entry, Map<string, Sum>> => ({
	create: () => new Map(),
	add(sums, {seq, posting}) {
		if (posting.turn.provider !== 'bedrock') return;
		const key = keyOf(posting);
		const known = sums.get(key);
		const amount = addPosting(known?.amount ?? noAmount, posting);
		sums.set(key, {amount, seq: Math.min(known?.seq ?? seq, seq)});
	},
	merge(sums, part) {
		for (const [key, sum] of part) add(sums, key, sum);
	},
});

const measures: Readonly<Record<Dimension, Measure<Entry, Map<string, Sum>>>> = {
	model: by(({model, profile, quote}) => model ?? profile ?? (quote.state === 'unpriced' ? quote.model : 'unknown')),
	scope: by(({scope}) => scope),
	session: by(({turn}) => turn.sessionId),
	folder: by(({turn}) => turn.cwd ?? 'unknown'),
	hour: by(({turn}) => new Date(localHour(turn.at)).toISOString()),
	day: by(({turn}) => new Date(localDay(turn.at)).toISOString()),
};

/**
 * Bedrock replies since then (epoch ms), summed up by one dimension; hours and days by the start of the local one,
 * the oldest first; all else as it was first read.
 */
export const breakDown = ({entries}: Ledger, dimension: Dimension, since: number): ReadonlyMap<string, Amount> => {
	const isTime = dimension === 'hour' || dimension === 'day';
	const sums = [...sumBetween(entries, measures[dimension], since)].sort(([first, a], [second, b]) =>
		isTime ? Date.parse(first) - Date.parse(second) : a.seq - b.seq,
	);
	return new Map(sums.map(([key, {amount}]) => [key, amount]));
};

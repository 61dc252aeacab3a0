import {type Measure, sumBetween} from '../common/timeline.ts';
import {type Amount, addAmounts, addPosting, noAmount} from '../money/amount.ts';
import {type Entry, entriesOf, type Ledger} from './ledger.ts';
import type {Posting} from './posting.ts';

/** What one session's replies come to: Bedrock's, and those that are proven or may be somebody else's. */
export type SessionSpend = {readonly bedrock: Amount; readonly elsewhere: Amount; readonly unproven: Amount};

export const noSessionSpend: SessionSpend = {bedrock: noAmount, elsewhere: noAmount, unproven: noAmount};

/** The sum with one more reply. */
export const withReply = (sum: SessionSpend, posting: Posting): SessionSpend => {
	const {provider} = posting.turn;
	const source = provider === 'bedrock' ? provider : provider === 'unknown' ? 'unproven' : 'elsewhere';
	return {...sum, [source]: addPosting(sum[source], posting)};
};

/** Two sums as one. */
export const addSessionSpend = (a: SessionSpend, b: SessionSpend): SessionSpend => ({
	bedrock: addAmounts(a.bedrock, b.bedrock),
	elsewhere: addAmounts(a.elsewhere, b.elsewhere),
	unproven: addAmounts(a.unproven, b.unproven),
});

const bySource: Measure<Entry, {sum: SessionSpend}> = {
	create: () => ({sum: noSessionSpend}),
	add(total, {posting}) {
		total.sum = withReply(total.sum, posting);
	},
	merge(total, part) {
		total.sum = addSessionSpend(total.sum, part.sum);
	},
};

/** The replies of a session since then (epoch ms), its subagents' included, by who answered; never added together. */
export const sessionSpend = ({bySession}: Ledger, sessionId: string, since: number): SessionSpend =>
	sumBetween(entriesOf(bySession, sessionId), bySource, since).sum;

/** Who is billed for what a session has cost: Bedrock where it has answered at all, else whoever else did. */
export const payeeOf = ({bedrock, elsewhere, unproven}: SessionSpend): keyof SessionSpend => {
	if (bedrock.calls + bedrock.unloggedTokens > 0 || elsewhere.calls + unproven.calls === 0) return 'bedrock';
	return elsewhere.calls > 0 ? 'elsewhere' : 'unproven';
};

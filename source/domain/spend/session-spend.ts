import {type Measure, sumBetween} from '../common/timeline.ts';
import {type Amount, addAmounts, addPosting, noAmount} from '../money/amount.ts';
import {type Entry, entriesOf, type Ledger} from './ledger.ts';

/** What one session's replies come to: Bedrock's, and those that are proven or may be somebody else's. */
export type SessionSpend = {readonly bedrock: Amount; readonly elsewhere: Amount; readonly unproven: Amount};

const bySource: Measure<Entry, {-readonly [source in keyof SessionSpend]: Amount}> = {
	create: () => ({bedrock: noAmount, elsewhere: noAmount, unproven: noAmount}),
	add(sum, {posting}) {
		const {provider} = posting.turn;
		const source = provider === 'bedrock' ? provider : provider === 'unknown' ? 'unproven' : 'elsewhere';
		sum[source] = addPosting(sum[source], posting);
	},
	merge(sum, part) {
		sum.bedrock = addAmounts(sum.bedrock, part.bedrock);
		sum.elsewhere = addAmounts(sum.elsewhere, part.elsewhere);
		sum.unproven = addAmounts(sum.unproven, part.unproven);
	},
};

/** The replies of a session since then (epoch ms), its subagents' included, by who answered; never added together. */
export const sessionSpend = ({bySession}: Ledger, sessionId: string, since: number): SessionSpend =>
	sumBetween(entriesOf(bySession, sessionId), bySource, since);

import {type Measure, sumBetween} from '../common/timeline.ts';
import type {PicoUsd} from '../money/money.ts';
import type {Entry, Ledger} from './ledger.ts';

/** Replies proven to come from somebody else than Bedrock: who is billed for them is not AWS. */
export type OtherProvider = {
	readonly provider: 'first-party' | 'vertex';
	readonly replies: number;
	/** Epoch ms. */
	readonly firstAt: number;
	readonly lastAt: number;
	/** At list price; undefined where some reply has none. */
	readonly amount: PicoUsd | undefined;
};

type Sums = Map<OtherProvider['provider'], OtherProvider>;

const add = (sums: Sums, part: OtherProvider) => {
	const known = sums.get(part.provider);
	if (known === undefined) {
		sums.set(part.provider, part);
		return;
	}
	const isPriced = known.amount !== undefined && part.amount !== undefined;
	sums.set(part.provider, {
		provider: part.provider,
		replies: known.replies + part.replies,
		firstAt: Math.min(known.firstAt, part.firstAt),
		lastAt: Math.max(known.lastAt, part.lastAt),
		amount: isPriced ? known.amount + part.amount : undefined,
	});
};

const byProvider: Measure<Entry, Sums> = {
	create: () => new Map(),
	add(sums, {at, posting: {turn, quote}}) {
		const {provider} = turn;
		if (provider !== 'first-party' && provider !== 'vertex') return;
		const amount = quote.state === 'priced' ? quote.low : undefined;
		add(sums, {provider, replies: 1, firstAt: at, lastAt: at, amount});
	},
	merge(sums, part) {
		for (const sum of part.values()) add(sums, sum);
	},
};

/** Those replies since then (epoch ms), by provider. */
export const otherProvidersSince = ({entries}: Ledger, since: number): readonly OtherProvider[] =>
	[...sumBetween(entries, byProvider, since).values()].sort((a, b) => (a.provider < b.provider ? -1 : 1));

import {type Measure, sumBetween} from '../common/timeline.ts';
import type {Scope} from '../models/model-id.ts';
import {type Amount, addAmounts, addPosting, noAmount} from '../money/amount.ts';
import type {UnpricedReason} from '../money/unpriced-reason.ts';
import {totalTokens} from '../money/usage.ts';
import type {Provider} from '../replies/turn.ts';
import type {ScopeSource} from './called-by.ts';
import type {Entry, Ledger} from './ledger.ts';
import type {Posting} from './posting.ts';

/** One line of the spend table: what was called, at which scope, and what that cost. */
export type ModelSpend = Amount & {
	readonly model?: string | undefined;
	readonly profile?: string | undefined;
	readonly scope: Scope;
	readonly scopeFrom: ScopeSource;
	/** The effective date of the price, ISO; undefined where unpriced. */
	readonly priceDate?: string | undefined;
};

/** Replies without a price: what was called, and why no price can be said. */
export type UnpricedModel = {readonly model: string; readonly reason: UnpricedReason; readonly calls: number};

/** Today's money by who was proven to answer. They are never added together. */
export type Spend = {
	readonly since: number;
	readonly local: Amount;
	readonly direct: Amount;
	readonly unproven: Amount;
	/** Bedrock replies only, dearest first, unpriced last. */
	readonly models: readonly ModelSpend[];
	readonly unpriced: readonly UnpricedModel[];
};

/** The sum of one row, what it is about, and since when the latest of its prices is valid. */
type Row = {
	readonly sum: Amount;
	readonly provider: Provider;
	readonly called: Pick<Posting, 'model' | 'profile' | 'scope' | 'scopeFrom'>;
	readonly priceDate?: string | undefined;
};

type Sums = {readonly rows: Map<string, Row>; readonly reasons: Map<string, UnpricedModel>};

/** The row with another's replies, where the sum of both is known. */
const withReplies = (known: Row, priceDate: string | undefined, sum: Amount): Row => {
	const isLater = known.priceDate === undefined || (priceDate !== undefined && priceDate > known.priceDate);
	return {...known, sum, priceDate: isLater ? priceDate : known.priceDate};
};

const addReason = (reasons: Sums['reasons'], key: string, reason: UnpricedModel) =>
	reasons.set(key, {...reason, calls: (reasons.get(key)?.calls ?? 0) + reason.calls});

/** Replies by provider and by what was called at which scope. */
const bySpendRow: Measure<Entry, Sums> = {
	create: () => ({rows: new Map(), reasons: new Map()}),
	add({rows, reasons}, {posting}) {
		const {turn, model, profile, scope, scopeFrom, quote} = posting;
		const key = `${turn.provider}\0${profile}\0${model}\0${scope}\0${scopeFrom}`;
		const priceDate = quote.state === 'priced' ? quote.price.from : undefined;
		const known = rows.get(key) ?? {
			...{sum: noAmount, provider: turn.provider, called: {model, profile, scope, scopeFrom}},
		};
		rows.set(key, withReplies(known, priceDate, addPosting(known.sum, posting)));
		if (quote.state === 'priced' || turn.provider !== 'bedrock') return;
		const {model: unpriced, reason} = quote;
		addReason(reasons, JSON.stringify([unpriced, reason]), {model: unpriced, reason, calls: 1});
	},
	merge({rows, reasons}, part) {
		for (const [key, row] of part.rows) {
			const known = rows.get(key);
			rows.set(key, known === undefined ? row : withReplies(known, row.priceDate, addAmounts(known.sum, row.sum)));
		}
		for (const [key, reason] of part.reasons) addReason(reasons, key, reason);
	},
};

const byKey = <Value>(rows: ReadonlyMap<string, Value>): readonly Value[] =>
	[...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);

const dearestFirst = (a: ModelSpend, b: ModelSpend) => {
	if (a.amount !== b.amount) return a.amount > b.amount ? -1 : 1;
	return totalTokens(b.usage) - totalTokens(a.usage);
};

const isDirect = (provider: Provider) => provider !== 'bedrock' && provider !== 'unknown';

/** What the replies since then (epoch ms) cost. */
export const spendOf = ({entries}: Ledger, since: number): Spend => {
	const {rows, reasons} = sumBetween(entries, bySpendRow, since);
	const sorted = byKey(rows);
	const sumOf = (isWanted: (provider: Provider) => boolean) =>
		sorted.filter(row => isWanted(row.provider)).reduce((sum, row) => addAmounts(sum, row.sum), noAmount);
	const bedrock = sorted.filter(({provider}) => provider === 'bedrock');
	return {
		since,
		local: sumOf(provider => provider === 'bedrock'),
		direct: sumOf(isDirect),
		unproven: sumOf(provider => provider === 'unknown'),
		models: bedrock.map(({sum, called, priceDate}) => ({...sum, ...called, priceDate})).sort(dearestFirst),
		unpriced: byKey(reasons),
	};
};

import type {Scope} from '../models/model-id.ts';
import {type Amount, addPosting, noAmount} from '../money/amount.ts';
import type {UnpricedReason} from '../money/unpriced-reason.ts';
import {totalTokens} from '../money/usage.ts';
import type {Ledger, Posting, ScopeSource} from './ledger.ts';

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

const rowKey = ({profile, model, scope, scopeFrom}: Posting) => `${profile}\0${model}\0${scope}\0${scopeFrom}`;

const addToRow = (rows: Map<string, ModelSpend>, posting: Posting) => {
	const key = rowKey(posting);
	const {model, profile, scope, scopeFrom, quote} = posting;
	const row = rows.get(key);
	const priceDate = quote.state === 'priced' ? quote.price.from : row?.priceDate;
	rows.set(key, {...addPosting(row ?? noAmount, posting), model, profile, scope, scopeFrom, priceDate});
};

const addReason = (reasons: Map<string, UnpricedModel>, {quote}: Posting) => {
	if (quote.state === 'priced') return;
	const {model, reason} = quote;
	const key = JSON.stringify([model, reason]);
	reasons.set(key, {model, reason, calls: (reasons.get(key)?.calls ?? 0) + 1});
};

const dearestFirst = (a: ModelSpend, b: ModelSpend) => {
	if (a.amount !== b.amount) return a.amount > b.amount ? -1 : 1;
	return totalTokens(b.usage) - totalTokens(a.usage);
};

const compute = (ledger: Ledger, since: number): Spend => {
	const rows = new Map<string, ModelSpend>();
	const reasons = new Map<string, UnpricedModel>();
	let [local, direct, unproven] = [noAmount, noAmount, noAmount];
	for (const posting of ledger.values()) {
		if (posting.turn.at < since) continue;
		const {provider} = posting.turn;
		if (provider === 'bedrock') {
			local = addPosting(local, posting);
			addToRow(rows, posting);
			addReason(reasons, posting);
		} else if (provider === 'unknown') unproven = addPosting(unproven, posting);
		else direct = addPosting(direct, posting);
	}
	const models = [...rows.values()].sort(dearestFirst);
	return {since, local, direct, unproven, models, unpriced: [...reasons.values()]};
};

const remembered = new WeakMap<Ledger, Map<number, Spend>>();

/** What the replies since then (epoch ms) cost. Computed once per ledger and window. */
export const spendOf = (ledger: Ledger, since: number): Spend => {
	const bySince = remembered.get(ledger) ?? new Map<number, Spend>();
	remembered.set(ledger, bySince);
	const known = bySince.get(since);
	if (known !== undefined) return known;
	const spend = compute(ledger, since);
	bySince.set(since, spend);
	return spend;
};

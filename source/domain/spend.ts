import type {Ledger, Posting, ScopeSource} from './ledger.ts';
import type {Scope} from './model-id.ts';
import type {PicoUsd} from './money.ts';
import {addUsage, noUsage, totalTokens, type Usage} from './usage.ts';

/** A sum of money with what is not known about it. `low` and `high` equal `amount` where it is exact. */
export type Amount = {
	readonly amount: PicoUsd;
	readonly low: PicoUsd;
	readonly high: PicoUsd;
	readonly calls: number;
	readonly usage: Usage;
	/** Tokens of replies that no price is known for; they are in no dollar figure. */
	readonly unpricedTokens: number;
	/** Some reply comes from a client that wrote placeholder output: the sum is at least this. */
	readonly lowerBound: boolean;
};

/** One line of the spend table: what was called, at which scope, and what that cost. */
export type ModelSpend = Amount & {
	readonly model?: string | undefined;
	readonly profile?: string | undefined;
	readonly scope: Scope;
	readonly scopeFrom: ScopeSource;
	/** The effective date of the price, ISO; undefined where unpriced. */
	readonly priceDate?: string | undefined;
};

/** Today's money by who was proven to answer. They are never added together. */
export type Spend = {
	readonly since: number;
	readonly local: Amount;
	readonly direct: Amount;
	readonly unproven: Amount;
	/** Bedrock replies only, dearest first, unpriced last. */
	readonly models: readonly ModelSpend[];
};

const noAmount: Amount = {
	amount: 0n,
	low: 0n,
	high: 0n,
	calls: 0,
	usage: noUsage,
	unpricedTokens: 0,
	lowerBound: false,
};

const add = (sum: Amount, {turn, quote}: Posting): Amount => {
	const isPriced = quote.state === 'priced';
	return {
		amount: sum.amount + (isPriced ? quote.amount : 0n),
		low: sum.low + (isPriced ? quote.low : 0n),
		high: sum.high + (isPriced ? quote.high : 0n),
		calls: sum.calls + 1,
		usage: addUsage(sum.usage, turn.usage),
		unpricedTokens: sum.unpricedTokens + (isPriced ? 0 : totalTokens(turn.usage)),
		lowerBound: sum.lowerBound || turn.lowerBound,
	};
};

const rowKey = ({profile, model, scope, scopeFrom}: Posting) => `${profile}\0${model}\0${scope}\0${scopeFrom}`;

const addToRow = (rows: Map<string, ModelSpend>, posting: Posting) => {
	const key = rowKey(posting);
	const {model, profile, scope, scopeFrom, quote} = posting;
	const row = rows.get(key);
	const priceDate = quote.state === 'priced' ? quote.price.from : row?.priceDate;
	rows.set(key, {...add(row ?? noAmount, posting), model, profile, scope, scopeFrom, priceDate});
};

const dearestFirst = (a: ModelSpend, b: ModelSpend) => {
	if (a.amount !== b.amount) return a.amount > b.amount ? -1 : 1;
	return totalTokens(b.usage) - totalTokens(a.usage);
};

const compute = (ledger: Ledger, since: number): Spend => {
	const rows = new Map<string, ModelSpend>();
	let [local, direct, unproven] = [noAmount, noAmount, noAmount];
	for (const posting of ledger.values()) {
		if (posting.turn.at < since) continue;
		const {provider} = posting.turn;
		if (provider === 'bedrock') {
			local = add(local, posting);
			addToRow(rows, posting);
		} else if (provider === 'unknown') unproven = add(unproven, posting);
		else direct = add(direct, posting);
	}
	return {since, local, direct, unproven, models: [...rows.values()].sort(dearestFirst)};
};

const remembered = new WeakMap<Ledger, Spend>();

/** What the replies since then (epoch ms) cost. Computed once per ledger and window. */
export const spendOf = (ledger: Ledger, since: number): Spend => {
	const known = remembered.get(ledger);
	if (known?.since === since) return known;
	const spend = compute(ledger, since);
	remembered.set(ledger, spend);
	return spend;
};

const burnWindowMs = 15 * 60_000;

/** Pico-dollars per hour over the last 15 minutes of Bedrock replies; undefined when nothing was answered in them. */
export const burnPerHour = (ledger: Ledger, now: number): PicoUsd | undefined => {
	const recent = [...ledger.values()].filter(
		({turn}) => turn.provider === 'bedrock' && turn.at > now - burnWindowMs && turn.at <= now,
	);
	if (recent.length === 0) return undefined;
	const sum = recent.reduce((total, {quote}) => total + (quote.state === 'priced' ? quote.amount : 0n), 0n);
	return (sum * 60n) / 15n;
};

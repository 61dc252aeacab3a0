import {equal} from '../common/equal.ts';
import type {Scope} from '../models/model-id.ts';
import type {Called} from '../models/resolution.ts';
import {quoteFirstParty} from '../money/first-party.ts';
import type {PriceBook} from '../money/price-book.ts';
import {type Asked, type Quote, quote} from '../money/quote.ts';
import type {UnpricedReason} from '../money/unpriced-reason.ts';
import type {Usage} from '../money/usage.ts';
import type {Turn} from '../replies/turn.ts';
import {type CallEvidence, calledBy, type ScopeSource} from './called-by.ts';

/** One reply with its price. */
export type Posting = {
	readonly turn: Turn;
	/** What was called, when the client or CloudTrail wrote it down. */
	readonly profile?: string | undefined;
	/** The canonical foundation id; undefined when only a lookup could tell (application profiles, routers). */
	readonly model?: string | undefined;
	readonly scope: Scope;
	readonly scopeFrom: ScopeSource;
	readonly quote: Quote;
};

/** What a price hangs on besides the reply itself. */
export type Pricing = CallEvidence & {readonly book: PriceBook};

/** One of a router's models answered: the dearest is the figure, the range holds all of them. */
const quoteOneOf = (
	models: readonly string[],
	{book, usage, asked, profile}: {book: PriceBook; usage: Usage; asked: Omit<Asked, 'model'>; profile: string},
): Quote => {
	const quotes = models.map(model => quote(book, usage, {...asked, model}));
	const priced = quotes.filter(one => one.state === 'priced').sort((a, b) => (a.amount > b.amount ? -1 : 1));
	const [dearest] = priced;
	if (dearest === undefined || priced.length < quotes.length) {
		return {state: 'unpriced', model: profile, reason: {kind: 'unknown-choice'}};
	}
	const [cheapest = dearest] = [...priced].sort((a, b) => (a.low < b.low ? -1 : 1));
	return {...dearest, low: cheapest.low};
};

/** Only Bedrock and Anthropic have a price here; clouds that answer with Anthropic's own ids are told by the settings. */
const isOtherCloud = ({provider}: Turn, configured: string | undefined): boolean =>
	provider === 'vertex' || (provider === 'first-party' && (configured === 'foundry' || configured === 'anthropic-aws'));

const quoteCalled = (
	{model, candidates, ref, reason}: Called,
	{book, usage, asked}: {book: PriceBook; usage: Usage; asked: Omit<Asked, 'model'>},
): Quote => {
	if (model !== undefined) return quote(book, usage, {...asked, model});
	if (candidates !== undefined) return quoteOneOf(candidates, {book, usage, asked, profile: ref.profile});
	return {state: 'unpriced', model: ref.profile, reason: reason ?? {kind: 'unknown-model'}};
};

/** Prices a reply at its own time. */
export const createPosting = (turn: Turn, pricing: Pricing): Posting => {
	const {called, profile, scopeFrom, isProven} = calledBy(turn, pricing);
	const {model, scope, ref} = called;
	const {usage, at} = turn;
	const configuration = pricing.configurationOf(turn);
	const posting = {turn, profile, model, scope, scopeFrom};
	const unpriced = (reason: UnpricedReason): Posting => ({
		...posting,
		quote: {state: 'unpriced', model: model ?? ref.profile, reason},
	});
	if (turn.unreadable) return unpriced({kind: 'broken-counts'});
	if (turn.incomplete) return unpriced({kind: 'incomplete-usage'});
	if (isOtherCloud(turn, configuration?.provider)) return unpriced({kind: 'other-provider'});
	const batch = turn.serviceTier === 'batch';
	const ownTier = batch ? undefined : turn.serviceTier;
	if (turn.provider === 'first-party') {
		const {isInUs = false, webSearches = 0} = turn;
		const asked = {model: model ?? ref.profile, at, batch, serviceTier: ownTier, isInUs, webSearches};
		return {...posting, scope: 'global', quote: quoteFirstParty(usage, asked)};
	}
	const serviceTier = ownTier ?? configuration?.serviceTier;
	const asked = {scope, isScopeLikely: !isProven, at, batch, serviceTier};
	return {...posting, quote: quoteCalled(called, {book: pricing.book, usage, asked})};
};

/** Whether two postings of one reply say the same of its price. */
export const isSamePrice = (a: Posting, b: Posting): boolean => {
	if (a.scope !== b.scope || a.scopeFrom !== b.scopeFrom || a.model !== b.model || a.profile !== b.profile)
		return false;
	if (a.quote.state === 'unpriced' || b.quote.state === 'unpriced') {
		const [before, after] = [a.quote, b.quote];
		return before.state === after.state && before.state === 'unpriced' && after.state === 'unpriced'
			? equal(before.reason, after.reason)
			: false;
	}
	return a.quote.amount === b.quote.amount && a.quote.low === b.quote.low && a.quote.high === b.quote.high;
};

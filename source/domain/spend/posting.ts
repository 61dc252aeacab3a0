import type {Call} from '../calls/call.ts';
import {equal} from '../common/equal.ts';
import {parseModelId, type Scope} from '../models/model-id.ts';
import {type Called, type Resolutions, readCalled} from '../models/resolution.ts';
import type {PriceBook} from '../money/price-book.ts';
import {type Asked, type Quote, quote} from '../money/quote.ts';
import type {Usage} from '../money/usage.ts';
import type {Turn} from '../replies/turn.ts';
import type {Configuration} from '../routing/configuration.ts';

/** Where the scope of a reply is known from; the rest of the price follows from the reply itself. */
export type ScopeSource = 'requestedModel' | 'configuration' | 'cloudtrail' | 'assumed';

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
export type Pricing = {
	readonly book: PriceBook;
	readonly resolutions: Resolutions;
	/** That of the folder the reply's session runs in. */
	readonly configurationOf: (turn: Turn) => Configuration | undefined;
	/** The CloudTrail call with the reply's request id. */
	readonly callOf: (turn: Turn) => Pick<Call, 'profile'> | undefined;
};

type CalledBy = {readonly called: Called; readonly profile?: string | undefined; readonly scopeFrom: ScopeSource};

const scopeOfPrefix = (prefix: string): Scope => (prefix === 'global' ? 'global' : 'geo');

const fromConfiguration = (turn: Turn, configuration: Configuration | undefined): CalledBy => {
	const ref = parseModelId(turn.model);
	const {model} = ref;
	if (configuration?.provider !== 'bedrock') return {called: {ref, model, scope: 'unknown'}, scopeFrom: 'assumed'};
	const pinned = configuration.model === undefined ? undefined : parseModelId(configuration.model);
	const isPinned = pinned?.model !== undefined && pinned.model === model;
	const scope = isPinned && pinned.scope !== 'unknown' ? pinned.scope : scopeOfPrefix(configuration.regionPrefix);
	return {called: {ref, model, scope}, scopeFrom: 'configuration'};
};

/**
 * What was called: the client's own words, else the configured pin or region prefix, else anybody's guess. Where
 * CloudTrail has the very call and it says otherwise than configuration, CloudTrail is right: settings are only what
 * the next session will use.
 */
const resolve = (turn: Turn, {resolutions, configurationOf, callOf}: Pricing): CalledBy => {
	if (turn.requestedModel !== undefined) {
		const called = readCalled(turn.requestedModel, resolutions, turn.model);
		if (called.ref.kind !== 'bare') return {called, profile: called.ref.profile, scopeFrom: 'requestedModel'};
	}
	const configured = fromConfiguration(turn, configurationOf(turn));
	const seen = callOf(turn)?.profile;
	if (seen === undefined) return configured;
	const called = readCalled(seen, resolutions, turn.model);
	const isSame = called.scope === configured.called.scope && called.model === configured.called.model;
	return isSame ? configured : {called, profile: called.ref.profile, scopeFrom: 'cloudtrail'};
};

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

/** Prices a reply at its own time. */
export const createPosting = (turn: Turn, pricing: Pricing): Posting => {
	const {called, profile, scopeFrom} = resolve(turn, pricing);
	const {model, scope, candidates, ref} = called;
	const {book} = pricing;
	const asked = {scope, at: turn.at, serviceTier: pricing.configurationOf(turn)?.serviceTier};
	const posting = {turn, profile, model, scope, scopeFrom};
	if (turn.incomplete) {
		return {...posting, quote: {state: 'unpriced', model: model ?? ref.profile, reason: {kind: 'incomplete-usage'}}};
	}
	if (model !== undefined) return {...posting, quote: quote(book, turn.usage, {...asked, model})};
	if (candidates !== undefined) {
		return {...posting, quote: quoteOneOf(candidates, {book, usage: turn.usage, asked, profile: ref.profile})};
	}
	const reason = called.reason ?? {kind: 'unknown-model' as const};
	return {...posting, quote: {state: 'unpriced', model: ref.profile, reason}};
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

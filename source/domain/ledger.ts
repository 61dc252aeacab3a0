import type {Configuration} from './configuration.ts';
import {type ModelRef, parseModelId, type Scope} from './model-id.ts';
import {type PriceBook, type Quote, quote} from './price-book.ts';
import {betterTurn, type Turn} from './turn.ts';

/** Where the scope of a reply is known from; the rest of the price follows from the reply itself. */
export type ScopeSource = 'requestedModel' | 'configuration' | 'assumed';

/** One reply with its price. */
export type Posting = {
	readonly turn: Turn;
	/** What was called, when the client wrote it down. */
	readonly profile?: string | undefined;
	/** The canonical foundation id; undefined when only a lookup could tell (application profiles, routers). */
	readonly model?: string | undefined;
	readonly scope: Scope;
	readonly scopeFrom: ScopeSource;
	readonly quote: Quote;
};

/** Every reply once, by message id. */
export type Ledger = ReadonlyMap<string, Posting>;

export const emptyLedger: Ledger = new Map();

const scopeOfPrefix = (prefix: string): Scope => (prefix === 'global' ? 'global' : 'geo');

/** What was called: the client's own words, else the configured pin or region prefix, else anybody's guess. */
const resolve = (
	turn: Turn,
	configuration: Configuration | undefined,
): Pick<Posting, 'profile' | 'scope' | 'scopeFrom'> & {readonly ref: ModelRef} => {
	if (turn.requestedModel !== undefined) {
		const ref = parseModelId(turn.requestedModel);
		if (ref.kind !== 'bare') return {ref, profile: ref.profile, scope: ref.scope, scopeFrom: 'requestedModel'};
	}
	const ref = parseModelId(turn.model);
	if (configuration?.provider !== 'bedrock') return {ref, scope: 'unknown', scopeFrom: 'assumed'};
	const pinned = configuration.model === undefined ? undefined : parseModelId(configuration.model);
	const isPinned = pinned?.model !== undefined && pinned.model === ref.model;
	const scope = isPinned && pinned.scope !== 'unknown' ? pinned.scope : scopeOfPrefix(configuration.regionPrefix);
	return {ref, scope, scopeFrom: 'configuration'};
};

/**
 * Prices a reply at its own time. `configuration` is that of the folder the session runs in; replies of clients before
 * 2.1.308, which wrote no `requestedModel`, take their scope from it, or are quoted as a range without it.
 */
export const createPosting = (book: PriceBook, turn: Turn, configuration: Configuration | undefined): Posting => {
	const {ref, profile, scope, scopeFrom} = resolve(turn, configuration);
	const {model} = ref;
	const priced: Quote =
		model === undefined
			? {state: 'unpriced', model: ref.profile, reason: 'which model answers there is not known yet'}
			: quote(book, turn.usage, {model, scope, at: turn.at});
	return {turn, profile, model, scope, scopeFrom, quote: priced};
};

/** Adds postings; idempotent by message id, the better line of one reply stays. The same ledger when nothing changed. */
export const post = (ledger: Ledger, postings: readonly Posting[]): Ledger => {
	let next: Map<string, Posting> | undefined;
	for (const posting of postings) {
		const known = (next ?? ledger).get(posting.turn.id);
		const isNews = known === undefined || betterTurn(known.turn, posting.turn) !== known.turn;
		if (!isNews) continue;
		next ??= new Map(ledger);
		next.set(posting.turn.id, posting);
	}
	return next ?? ledger;
};

/** Prices again those replies whose scope hangs on configuration. The same ledger when nothing changed. */
export const reprice = (ledger: Ledger, priceAgain: (turn: Turn) => Posting): Ledger => {
	let next: Map<string, Posting> | undefined;
	for (const [id, posting] of ledger) {
		if (posting.scopeFrom === 'requestedModel') continue;
		const again = priceAgain(posting.turn);
		const isSame = again.scope === posting.scope && again.scopeFrom === posting.scopeFrom;
		if (isSame) continue;
		next ??= new Map(ledger);
		next.set(id, again);
	}
	return next ?? ledger;
};

/** Drops replies older than that (epoch ms). */
export const forgetBefore = (ledger: Ledger, before: number): Ledger => {
	const kept = [...ledger].filter(([, {turn}]) => turn.at >= before);
	return kept.length === ledger.size ? ledger : new Map(kept);
};

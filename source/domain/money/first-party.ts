import {parseModelId} from '../models/model-id.ts';
import {createBook} from './price-book.ts';
import {fastPrices, priceTable} from './price-table.ts';
import {type Asked, type Quote, quote} from './quote.ts';
import type {Usage} from './usage.ts';

/** A web search costs $10 per thousand: https://platform.claude.com/docs/en/about-claude/pricing */
const perWebSearch = 10_000_000_000n;

/** Bedrock has no fast mode: its prices are Anthropic's alone. */
const book = createBook([priceTable, fastPrices]);

type Reply = Omit<Asked, 'scope' | 'model'> & {
	readonly model: string;
	/** The reply says that inference stayed in the US, which costs a tenth more. */
	readonly isInUs: boolean;
	readonly webSearches: number;
};

/**
 * What Anthropic asks for a usage at list price: that of global profiles, where the generation knows the difference. AWS's
 * extended access, price lists and discounts have no say there.
 */
export const quoteFirstParty = (usage: Usage, {isInUs, webSearches, ...asked}: Reply): Quote => {
	const known = book.entries.get(parseModelId(asked.model).model ?? '') ?? [];
	const isGlobal = known.some(({row}) => row.global !== undefined);
	const quoted = quote(book, usage, {...asked, scope: isGlobal ? 'global' : 'in-region'});
	if (quoted.state === 'unpriced') return quoted;
	const ofTokens = isInUs ? (quoted.list * 11n) / 10n : quoted.list;
	const amount = ofTokens + perWebSearch * BigInt(webSearches);
	const price = {...quoted.price, scope: 'global' as const, extendedBy: undefined};
	return {state: 'priced', amount, low: amount, high: amount, list: amount, price};
};

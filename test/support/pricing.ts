import type {Pricing} from '../../source/domain/ledger.ts';
import {defaultBook} from '../../source/domain/price-book.ts';

/** List prices, and nothing known but the replies themselves. */
export const listPrices: Pricing = {
	book: defaultBook,
	resolutions: new Map(),
	configurationOf: () => undefined,
	callOf: () => undefined,
};

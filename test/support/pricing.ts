import {defaultBook} from '../../source/domain/money/price-book.ts';
import type {Pricing} from '../../source/domain/spend/posting.ts';

/** List prices, and nothing known but the replies themselves. */
export const listPrices: Pricing = {
	book: defaultBook,
	resolutions: new Map(),
	configurationOf: () => undefined,
	callOf: () => undefined,
};

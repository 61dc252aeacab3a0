import {expect, test} from 'vitest';
import {quoteFirstParty} from '../../../source/domain/money/first-party.ts';
import {usageOf} from '../../support/builders.ts';

const million = usageOf({input: 1_000_000});
const usual = {at: Date.UTC(2026, 10, 23), isInUs: false, webSearches: 0};
const dollar = 1_000_000_000_000n;

test.each([
	['the row of global profiles', 'claude-opus-5-5', {}, 4n * dollar],
	['a tenth more in the US', 'claude-opus-5-5', {isInUs: true}, (44n * dollar) / 10n],
	['one price where the generation has only one', 'claude-opus-4-1', {}, 15n * dollar],
	['ten dollars for a thousand searches', 'claude-opus-5-5', {isInUs: true, webSearches: 1000}, (144n * dollar) / 10n],
	['half in a batch', 'claude-opus-5-5', {batch: true}, 2n * dollar],
])('%s', (_, model, terms, amount) => {
	const quoted = quoteFirstParty(million, {...usual, ...terms, model});
	expect(quoted).toMatchObject({state: 'priced', amount, low: amount, high: amount, list: amount});
});

test.each([
	['unknown-model', {model: 'claude-opus-9'}],
	['unknown-tier', {model: 'claude-opus-5-5', serviceTier: 'fast'}],
])('%s has no price', (kind, asked) => {
	expect(quoteFirstParty(million, {...usual, ...asked})).toMatchObject({state: 'unpriced', reason: {kind}});
});

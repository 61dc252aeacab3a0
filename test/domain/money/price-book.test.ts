import {describe, expect, test} from 'vitest';
import {createBook} from '../../../source/domain/money/price-book.ts';
import type {PriceEntry} from '../../../source/domain/money/price-table.ts';
import {stepWords} from '../../../source/screen/text/format.ts';

const model = 'anthropic.claude-opus-5-5';
const entry = (others: Partial<PriceEntry>): PriceEntry => ({model, source: 'here', ...others});

const entryOf = (written: PriceEntry) => {
	const [found] = createBook([[written]]).entries.get(model) ?? [];
	if (found === undefined) throw new Error('an entry makes an entry');
	return found;
};

describe('a book', () => {
	test('keeps the entries of a model in the order of importance of their tables', () => {
		const other = entry({model: 'other', source: 'c'});
		const book = createBook([[entry({source: 'mine'})], [other, entry({source: 'aws'})], [entry({source: 'shipped'})]]);
		expect(book.entries.get(model)?.map(({source}) => source)).toEqual(['mine', 'aws', 'shipped']);
		expect(book.entries.get('other')?.map(({source}) => source)).toEqual(['c']);
	});

	test('takes nothing off unless something was negotiated', () => {
		expect(createBook([]).discounts).toEqual({models: new Map()});
		expect(createBook([], {overall: 5n, models: new Map()}).discounts.overall).toBe(5n);
	});

	test('of a figure that is no price is a mistake of the table', () => {
		expect(() => createBook([[entry({global: ['4', 'dear']})]])).toThrow(RangeError);
	});
});

describe('an entry', () => {
	test('says each kind apart, per token, and leaves out what no source prices', () => {
		const {charge} = entryOf(entry({global: ['4', '20', '5', '8', '0.2'], regional: ['4.4', '22']}));
		expect(charge('global', 0)).toEqual({
			rates: {
				input: 4_000_000n,
				output: 20_000_000n,
				cacheWrite5m: 5_000_000n,
				cacheWrite1h: 8_000_000n,
				cacheRead: 200_000n,
			},
			above: undefined,
		});
		expect(charge('regional', 0)?.rates).toEqual({input: 4_400_000n, output: 22_000_000n});
	});

	test('of a model that is sold in one way has no charge for the other', () => {
		expect(entryOf(entry({regional: ['1', '2']})).charge('global', 0)).toBeUndefined();
	});

	test.each([
		[99_999, 1_000_000n, undefined],
		[100_000, 1_000_000n, undefined],
		[100_001, 3_000_000n, 100_000],
	] as const)('with a step charges a prompt of %i tokens by its size', (promptTokens, input, above) => {
		const {charge} = entryOf(entry({global: ['1', '2'], step: {above: 100_000, global: ['3', '4']}}));
		expect(charge('global', promptTokens)).toMatchObject({rates: {input}, above});
		expect(charge('global', promptTokens)?.above).toBe(above);
	});

	test.each([
		[999, '> 999 prompt tokens'],
		[100_000, '> 100,000 prompt tokens'],
		[1_000_000, '> 1,000,000 prompt tokens'],
	])('groups the digits of a step at %i', (above, tier) => {
		const charge = entryOf(entry({step: {above, global: ['3', '4']}})).charge('global', above + 1);
		expect(stepWords(charge?.above ?? 0)).toBe(tier);
	});

	test('holds from the UTC day it begins with up to the one it ends with, without dates for ever', () => {
		expect(entryOf(entry({from: '2026-10-07', until: '2026-11-01'}))).toMatchObject({
			...{fromAt: Date.UTC(2026, 9, 7), untilAt: Date.UTC(2026, 10, 1), from: '2026-10-07'},
		});
		const [always, ever] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
		expect(entryOf(entry({}))).toMatchObject({fromAt: always, untilAt: ever});
	});

	test('is of the standard tier unless it names another, and remembers how it was written', () => {
		expect(entryOf(entry({})).serviceTier).toBe('standard');
		expect(entryOf(entry({serviceTier: 'flex'})).serviceTier).toBe('flex');
		const written = entry({regional: ['1', '2']});
		expect(entryOf(written).row).toBe(written);
	});
});

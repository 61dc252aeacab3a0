import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {noDiscounts} from '../../../source/domain/money/discount.ts';
import {quote} from '../../../source/domain/money/quote.ts';
import {noUsage} from '../../../source/domain/money/usage.ts';
import {unpricedWords} from '../../../source/screen/words/unpriced-reason.ts';
import {createDiskCache} from '../../../source/sources/files/disk-cache.ts';
import {keepPriceList, loadBook} from '../../../source/sources/prices/price-files.ts';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'bedtop-prices-'));
});
afterEach(() => rmSync(folder, {recursive: true}));

const model = 'anthropic.claude-opus-5-5';
const keep = (row: readonly [string, string]) =>
	keepPriceList(createDiskCache(folder), {
		fetchedAt: '2026-11-23T12:00:00.000Z',
		region: 'us-east-1',
		entries: [{model, global: row, regional: row, from: '2026-11-01', source: 'the list'}],
	});
const priceOf = async (usage: object, at = Date.UTC(2026, 10, 23), file?: string) => {
	const book = await loadBook({cacheDirectory: folder, discounts: noDiscounts, file});
	const quoted = quote(book, {...noUsage, ...usage}, {model, scope: 'geo', at});
	return quoted.state === 'priced' ? [quoted.amount, quoted.price.source] : unpricedWords(quoted.reason);
};

test('a kept list counts from its own day on; what it leaves out stays as shipped', async () => {
	await keep(['7', '8']);
	expect(await priceOf({input: 1})).toEqual([7_000_000n, 'the list']);
	expect(await priceOf({cacheRead: 1})).toEqual([220_000n, 'the list']);
	expect(await priceOf({input: 1}, Date.UTC(2026, 9, 31))).toEqual([
		4_400_000n,
		'https://aws.amazon.com/bedrock/pricing/',
	]);
});

test('a person’s own prices outrank the list', async () => {
	await keep(['7', '8']);
	const file = join(folder, 'mine.json');
	writeFileSync(file, JSON.stringify({prices: [{model, input: 1, output: 2}]}));
	expect(await priceOf({input: 1}, undefined, file)).toEqual([1_000_000n, 'your price file']);
});

test.each([
	['the first of two that hold on one day counts', [{input: 1}, {input: 3}], 1_000_000n],
	['whichever day it begins', [{input: 1}, {input: 3, from: '2026-11-20'}], 1_000_000n],
	['one that does not hold yet leaves it to the next', [{input: 1, from: '2026-11-24'}, {input: 3}], 3_000_000n],
	['and so does one that is over', [{input: 1, until: '2026-11-23'}, {input: 3}], 3_000_000n],
])('of a person’s own prices %s', async (_, prices, expected) => {
	const file = join(folder, 'mine.json');
	writeFileSync(file, JSON.stringify(prices.map(price => ({model, output: 2, ...price}))));
	expect(await priceOf({input: 1}, undefined, file)).toEqual([expected, 'your price file']);
});

test('a kept file that is broken is as if it were not there', async () => {
	await keep(['7', '8']);
	writeFileSync(join(folder, 'prices.json'), readFileSync(join(folder, 'prices.json'), 'utf8').slice(0, 40));
	expect(await priceOf({input: 1})).toEqual([4_400_000n, 'https://aws.amazon.com/bedrock/pricing/']);
});

test('without a folder nothing is kept', async () => {
	const nowhere = createDiskCache(undefined);
	await nowhere.write('x', 1);
	expect(await nowhere.read('x')).toBeUndefined();
});

test('what a list leaves out is as in the price that holds now, not in an earlier one', async () => {
	const sonnet = 'anthropic.claude-sonnet-5-5';
	const row = ['2.2', '11'] as const;
	await keepPriceList(createDiskCache(folder), {
		...{fetchedAt: '2026-11-23T12:00:00.000Z', region: 'us-east-1'},
		entries: [{model: sonnet, regional: row, from: '2026-11-01', source: 'the list'}],
	});
	const book = await loadBook({cacheDirectory: folder, discounts: noDiscounts});
	const asked = {model: sonnet, scope: 'geo', at: Date.UTC(2026, 10, 23)} as const;
	expect(quote(book, {...noUsage, cacheRead: 1}, asked)).toMatchObject({amount: 110_000n});
});

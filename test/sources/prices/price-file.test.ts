import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {createBook} from '../../../source/domain/money/price-book.ts';
import {readPrices} from '../../../source/sources/prices/price-file.ts';

const opus = 'anthropic.claude-opus-5-5';
const faultsOf = (entry: unknown) => readPrices([entry]).faults;

describe('a file of prices', () => {
	test('may say that a price is one of extended access, where AWS may charge more', () => {
		expect(readPrices([{model: opus, input: 1, output: 2, isExtended: true}]).entries[0]?.isExtended).toBe(true);
		expect(readPrices([{model: opus, input: 1, output: 2, isExtended: false}]).entries[0]?.isExtended).toBeUndefined();
		expect(faultsOf({model: opus, input: 1, output: 2, isExtended: 'yes'})).toEqual([
			`price 1 (${opus}): isExtended is true or false.`,
		]);
	});

	test('may name the scopes, the days, a step, a tier and where a price comes from', () => {
		const file = readPrices({
			prices: [
				{
					...{model: 'us.anthropic.claude-opus-5-5', from: '2026-11-09', until: '2026-12-01'},
					global: {input: 8, output: '40', cacheRead: 0.2},
					regional: {input: 8.8, output: 44, cacheWrite5m: 11, cacheWrite1h: 17.6},
					step: {above: 100_000, input: 16, output: 80},
					...{serviceTier: 'flex', source: 'our contract'},
				},
			],
		});
		expect(file).toEqual({
			entries: [
				{
					...{model: opus, from: '2026-11-09', until: '2026-12-01'},
					global: ['8', '40', undefined, undefined, '0.2'],
					regional: ['8.8', '44', '11', '17.6', undefined],
					step: {
						above: 100_000,
						global: ['16', '80', undefined, undefined, undefined],
						regional: ['16', '80', undefined, undefined, undefined],
					},
					...{serviceTier: 'flex', source: 'our contract'},
				},
			],
			faults: [],
		});
	});

	test('may be the list alone; without a scope the prices hold for both, without a source they are yours', () => {
		const both = ['1', '2', undefined, undefined, undefined];
		expect(readPrices([{model: opus, input: 1, output: 2}])).toEqual({
			entries: [{model: opus, global: both, regional: both, source: 'your price file'}],
			faults: [],
		});
	});

	test('keeps a model that nobody knows under the id it was written with', () => {
		expect(readPrices([{model: 'claude-9-x', input: 1, output: 2}]).entries[0]?.model).toBe('anthropic.claude-9-x');
	});

	test('names every faulty entry by its number and keeps the others', () => {
		const {entries, faults} = readPrices([{model: opus, input: 1, output: 2}, 5, {input: 1, output: 2}]);
		expect(entries).toHaveLength(1);
		expect(faults).toEqual(['price 2: it must be an object with “model” and prices.', 'price 3: “model” is missing.']);
	});

	test.each([undefined, null, 5, 'prices', {}, {prices: {}}])('%j is none', value => {
		expect(readPrices(value)).toEqual({
			entries: [],
			faults: ['It must be a list of prices, or an object with “prices”.'],
		});
	});
});

describe('one fault, one sentence', () => {
	const whole = {model: opus, input: 1, output: 2};

	test.each<[string, object, RegExp]>([
		['a price in words', {...whole, input: 'four'}, /: input must be dollars per million tokens .* not "four"\.$/],
		['a negative price', {...whole, output: -1}, /: output must be dollars/],
		['a price finer than a pico-dollar', {...whole, cacheRead: '0.1234567'}, /: cacheRead must be dollars/],
		['a price that is no scalar', {...whole, cacheWrite5m: [1]}, /: cacheWrite5m must be dollars .* not \[1\]\.$/],
		['no price for answers', {model: opus, input: 1}, /: input and output are needed\.$/],
		['no price for prompts', {model: opus, output: 1}, /: input and output are needed\.$/],
		['half a scope', {model: opus, global: {input: 1}}, /: global\.input and global\.output are needed\.$/],
		['a scope that is a number', {model: opus, regional: 4}, /: regional must be an object of prices\.$/],
		['a field it does not have', {...whole, price: 1}, /: there is no field “price”\.$/],
		['a day that is a time', {...whole, from: '2026-11-23T00:00:00Z'}, /: from must be a day such as 2026-11-23\.$/],
		['a day that no calendar has', {...whole, until: '2026-02-30'}, /: until must be a day/],
		['a day as a number', {...whole, from: 20_261_123}, /: from must be a day/],
		[
			'an end on the first day',
			{...whole, from: '2026-11-23', until: '2026-11-23'},
			/: “until” must be after “from”\.$/,
		],
		['a step that says not where', {...whole, step: {input: 1, output: 2}}, /: step needs “above”/],
		['a step at nothing', {...whole, step: {above: 0, input: 1, output: 2}}, /: step needs “above”/],
		['a step at half a token', {...whole, step: {above: 0.5, input: 1, output: 2}}, /: step needs “above”/],
		['half a step', {...whole, step: {above: 5, input: 1}}, /: step\.input and step\.output are needed\.$/],
	])('%s', (_, entry, sentence) => {
		const {entries, faults} = readPrices([entry]);
		expect(faults).toEqual([expect.stringMatching(sentence)]);
		expect(faults[0]).toMatch(/^price 1 \(anthropic\.claude-opus-5-5\): /);
		expect(entries).toEqual([]);
	});

	test('a long name is cut before it fills the screen', () => {
		expect(faultsOf({...whole, ['x'.repeat(500)]: 1}).join('').length).toBeLessThan(200);
		expect(faultsOf({...whole, model: 'x'.repeat(500), input: {y: 'y'.repeat(500)}}).join('').length).toBeLessThan(300);
	});
});

test('whatever stands in it, reading never throws, and what it lets through makes a book', () => {
	const price = fc.oneof(fc.nat(100), fc.constantFrom('0.5', '1.25', 'x', -1, null));
	const prices = fc.record({input: price, output: price, cacheRead: price}, {requiredKeys: []});
	const entry = fc.record(
		{
			...{model: fc.oneof(fc.constant(opus), fc.string()), from: fc.constantFrom('2026-01-01', 'soon')},
			...{global: fc.oneof(prices, fc.anything()), input: price, output: price, step: fc.anything()},
		},
		{requiredKeys: []},
	);
	fc.assert(
		fc.property(fc.array(fc.oneof(entry, fc.anything())), list => {
			const {entries, faults} = readPrices(list);
			createBook([entries]);
			expect(entries.length + faults.length).toBeGreaterThanOrEqual(list.length);
		}),
	);
});

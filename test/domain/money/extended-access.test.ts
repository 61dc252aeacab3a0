import {describe, expect, test} from 'vitest';
import {createBook, defaultBook, withExtendedAccess} from '../../../source/domain/money/price-book.ts';
import {quote} from '../../../source/domain/money/quote.ts';
import {noUsage} from '../../../source/domain/money/usage.ts';

const opus41 = 'anthropic.claude-opus-4-1-20250805-v1:0';
const sonnet45 = 'anthropic.claude-sonnet-4-5-20250929-v1:0';
const sonnet35 = 'anthropic.claude-3-5-sonnet-20241022-v2:0';
const day = (text: string) => Date.parse(text);
const never = Number.POSITIVE_INFINITY;
/** A million tokens of input in whole dollars: the lowest and the highest figure, and whose dates say so. */
const priceOf = (model: string, at: string, dates: readonly (readonly [string, number])[], book = defaultBook) => {
	const quoted = quote(
		withExtendedAccess(book, new Map(dates)).book,
		{...noUsage, input: 1_000_000},
		{
			...{model, scope: 'in-region', at: day(at)},
		},
	);
	if (quoted.state === 'unpriced') return quoted.reason.kind;
	return [Number(quoted.low) / 1e12, Number(quoted.high) / 1e12, quoted.price.extendedBy];
};

describe('a price in extended access is a range up to twice it', () => {
	test.each([
		['by the table where Bedrock was not asked', opus41, '2026-10-08', [], [15, 30, 'table']],
		['by Bedrock from its own day on', opus41, '2026-10-08', [[opus41, day('2026-10-08')]], [15, 30, 'bedrock']],
		['by Bedrock, earlier than the table', opus41, '2026-09-02', [[opus41, day('2026-09-01')]], [15, 30, 'bedrock']],
		['by Bedrock, later than the table', opus41, '2026-10-31', [[opus41, day('2026-11-01')]], [15, 15, undefined]],
		['not where Bedrock says that the model is active', opus41, '2026-11-01', [[opus41, never]], [15, 15, undefined]],
		[
			'of a model that the table knows nothing of',
			sonnet45,
			'2026-11-20',
			[[sonnet45, day('2026-11-15')]],
			[3.3, 6.6, 'bedrock'],
		],
		['and before that day it is exact', sonnet45, '2026-11-14', [[sonnet45, day('2026-11-15')]], [3.3, 3.3, undefined]],
		[
			'not where a source gives the price of that time',
			sonnet35,
			'2026-01-01',
			[[sonnet35, day('2025-12-01')]],
			[6, 6, undefined],
		],
	] as const)('%s', (_, model, at, dates, expected) => expect(priceOf(model, at, dates)).toEqual(expected));

	test("not where the person's own file gives the price", () => {
		const book = createBook([[{model: opus41, regional: ['20', '100'], source: 'mine'}]]);
		expect(priceOf(opus41, '2026-11-01', [[opus41, day('2026-10-08')]], book)).toEqual([20, 20, undefined]);
	});
});

describe('the book', () => {
	const dates = new Map([
		[opus41, day('2026-10-08')],
		['anthropic.claude-opus-5-5', never],
	]);

	test('names the models whose prices change, and is the same where none does', () => {
		const first = withExtendedAccess(defaultBook, dates);
		expect([...first.changed]).toEqual([opus41]);
		const again = withExtendedAccess(first.book, dates);
		expect(again.book).toBe(first.book);
		expect(again.changed.size).toBe(0);
		expect([...withExtendedAccess(first.book, new Map()).changed]).toEqual([opus41]);
	});
});

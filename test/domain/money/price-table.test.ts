import {describe, expect, test} from 'vitest';
import {knownModels} from '../../../source/domain/models/known-models.ts';
import {picoPerToken} from '../../../source/domain/money/money.ts';
import {checkedOn, type PriceEntry, priceTable, type Row} from '../../../source/domain/money/price-table.ts';

const rowsOf = ({global, regional, step}: PriceEntry): readonly Row[] =>
	[global, regional, step?.global, step?.regional].filter(row => row !== undefined);

describe.each(priceTable.map(entry => [`${entry.model} from ${entry.from ?? 'its beginning'}`, entry] as const))(
	'%s',
	(_, entry) => {
		const rows = rowsOf(entry);

		test('is a known model by its canonical id, with a source on the web and a regional price', () => {
			expect(knownModels.has(entry.model)).toBe(true);
			expect(entry.source).toMatch(/^https:\/\//);
			expect(entry.regional).toBeDefined();
		});

		test('costs more for answers than for prompts, and less for reading a cache than for writing it', () => {
			for (const row of rows) {
				const [input = 0n, output = 0n, write5m, write1h, read] = row.map(price => price && picoPerToken(price));
				expect(output).toBeGreaterThan(Number(input));
				// Claude 3 Haiku alone is off the usual multiples.
				if (entry.model.includes('3-haiku')) continue;
				if (write5m) expect(write5m).toBe((BigInt(input) * 5n) / 4n);
				if (write1h) expect(write1h).toBe(BigInt(input) * 2n);
				if (read) expect(read).toBeLessThanOrEqual(Number(input) / 10);
			}
		});

		test('ends after it begins', () => {
			const {from = '0000-01-01', until = '9999-01-01'} = entry;
			expect(Date.parse(from)).toBeLessThan(Date.parse(until));
		});
	},
);

test('the 4.5 generation and later cost 10 % more in a region than globally, Sonnet 4 the same', () => {
	for (const {model, global, regional} of priceTable) {
		if (global === undefined || regional === undefined) continue;
		const surcharge = model.includes('sonnet-4-2') ? 100n : 110n;
		for (const [index, price] of global.entries()) {
			if (price === undefined) continue;
			expect(picoPerToken(regional[index] ?? '0') * 100n, model).toBe(picoPerToken(price) * surcharge);
		}
	}
});

test('the table says on which day it was last compared with its sources', () => {
	expect(checkedOn).toMatch(/^20\d\d-[01]\d-[0-3]\d$/);
});

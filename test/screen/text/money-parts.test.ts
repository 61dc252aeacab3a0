import {describe, expect, test} from 'vitest';
import {type Amount, noAmount} from '../../../source/domain/money/amount.ts';
import {spendPane} from '../../../source/screen/panes/spend.ts';
import {plainText} from '../../../source/screen/text/line.ts';
import {costText, moneyText, unloggedText} from '../../../source/screen/text/money.ts';
import {overview} from '../../../source/state/overview.ts';
import {ledgerOf, noon, reply, stateOf} from '../../support/builders.ts';

const dollar = 1_000_000_000_000n;
const sum: Amount = {...noAmount, amount: dollar, low: dollar, high: dollar, list: dollar, calls: 3};

describe('what has no price is beside what has one', () => {
	test.each<[string, Partial<Amount>, string, string]>([
		['exact', {}, '$1.00', '$1.00'],
		['some replies', {unpricedCalls: 1, unpricedTokens: 12_000}, '≥$1.00', '≥$1.00 +12k tok unpriced'],
		['without a count', {unpricedCalls: 1}, '≥$1.00', '≥$1.00 +1 unpriced'],
		['only what has no line', {unpricedTokens: 12_000}, '≥$1.00', '≥$1.00 +12k tok unpriced'],
		['all', {amount: 0n, unpricedCalls: 3, unpricedTokens: 12_000}, 'unpriced 12k tok', 'unpriced 12k tok'],
	])('%s', (_, changes, short, whole) => {
		expect([moneyText({...sum, ...changes}), costText({...sum, ...changes})]).toEqual([short, whole]);
	});
});

test.each([
	[0n, 0, undefined],
	[310_000_000_000n, 9000, 'incl. $0.31 unlogged (compaction)'],
	[0n, 9000, 'incl. 9.0k tok unlogged (compaction)'],
])('%s p$ for %s tokens without a line', (unlogged, unloggedTokens, words) => {
	expect(unloggedText({unlogged, unloggedTokens})).toBe(words);
});

describe('the spend pane', () => {
	const opened = (width: number) => {
		const ledger = ledgerOf(
			reply('priced', {usage: {input: 250_000}}),
			reply('odd', {usage: {input: 12_000}, serviceTier: 'flex'}),
			reply('compacted', {usage: {input: 50_000}, unlogged: true}),
		);
		const pane = spendPane({overview: overview(stateOf({ledger}), noon), width, filter: {terms: []} as never});
		return {
			row: plainText(pane.listing.fit(1).draw(0, 1)[0] ?? []),
			notices: pane.notices.map(plainText),
			headline: plainText(pane.headline),
		};
	};

	test('says what is unpriced in the row, or with a sign alone where there is no room', () => {
		expect(opened(80).row).toMatch(/ ≥\$1\.20 \+12k tok unpriced$/);
		expect(opened(24).row).toMatch(/^opus-5\.5 .*≥\$1\.20$/);
		expect(opened(24).headline).toMatch(/^≥\$1\.20 today/);
	});

	test('says what of it was billed without a reply line', () => {
		expect(opened(80).notices).toContain('incl. $0.20 unlogged (compaction)');
	});
});

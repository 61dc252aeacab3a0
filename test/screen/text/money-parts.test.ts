import {describe, expect, test} from 'vitest';
import {type Amount, noAmount} from '../../../source/domain/money/amount.ts';
import type {Compaction} from '../../../source/domain/replies/cost-state.ts';
import type {Turn} from '../../../source/domain/replies/turn.ts';
import {sessionCard} from '../../../source/screen/cards/session.ts';
import {spendPane} from '../../../source/screen/panes/spend.ts';
import {plainText} from '../../../source/screen/text/line.ts';
import {costText, moneyText, unloggedText} from '../../../source/screen/text/money.ts';
import {overview} from '../../../source/state/overview.ts';
import {reduce} from '../../../source/state/state.ts';
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

describe("a session's card", () => {
	const cardOf = (turns: readonly Turn[], compactions: readonly Compaction[]) => {
		const state = reduce(stateOf(), {type: 'transcripts', turns, failures: [], compactions});
		return (sessionCard(overview(state, noon), 's1', {width: 100})?.body ?? []).map(plainText).join('\n');
	};
	const turn = reply('one', {usage: {input: 250_000}});

	test('says that a compaction without cost-state makes the sum a lower bound', () => {
		expect(cardOf([turn], [])).toMatch(/cost +\$1\.00 +estimate$/m);
		expect(cardOf([turn], [{sessionId: 's1', at: noon}])).toMatch(
			/cost +≥\$1\.00 +estimate, at least: some calls were billed but not written down$/m,
		);
	});

	test('says what is unpriced and what has no reply line', () => {
		const flex = reply('two', {usage: {input: 12_000}, serviceTier: 'flex'});
		const unlogged = reply('three', {usage: {input: 50_000}, unlogged: true});
		expect(cardOf([turn, flex, unlogged], [])).toMatch(/cost +≥\$1\.20 \+12k tok unpriced/);
		expect(cardOf([turn, flex, unlogged], [])).toMatch(/of that +incl\. \$0\.20 unlogged \(compaction\)/);
	});
});

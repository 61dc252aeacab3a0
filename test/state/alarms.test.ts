import {describe, expect, test} from 'vitest';
import {noUsage, type Usage} from '../../source/domain/money/usage.ts';
import type {Turn} from '../../source/domain/replies/turn.ts';
import {budgetOf} from '../../source/domain/spend/budget.ts';
import {cacheEconomics, thrashingSessions} from '../../source/domain/spend/cache-economics.ts';
import {emptyLedger, post} from '../../source/domain/spend/ledger.ts';
import {createPosting} from '../../source/domain/spend/posting.ts';
import {spendOf} from '../../source/domain/spend/spend.ts';
import {listPrices} from '../support/pricing.ts';

const now = Date.UTC(2026, 10, 23, 12);
const dollar = 1_000_000_000_000n;

let count = 0;
const reply = (minutesAgo: number, usage: Partial<Usage>, others: Partial<Turn> = {}): Turn => ({
	id: `msg_bdrk_${count++}`,
	at: now - minutesAgo * 60_000,
	sessionId: 's1',
	cwd: '/home/dev/shop',
	model: 'claude-opus-5-5',
	requestedModel: 'global.anthropic.claude-opus-5-5',
	provider: 'bedrock',
	usage: {...noUsage, ...usage},
	lowerBound: false,
	sidechain: false,
	...others,
});
const ledgerOf = (...turns: readonly Turn[]) =>
	post(
		emptyLedger,
		turns.map(turn => createPosting(turn, listPrices)),
	);

describe('a budget', () => {
	const {local} = spendOf(ledgerOf(reply(1, {output: 50_000})), 0);

	test.each([
		[2n, 0.5, 'ok'],
		[1n, 1, 'over'],
		[0n, 1, 'over'],
	] as const)('$%s for a dollar spent is used to %s: %s', (limit, share, level) => {
		expect(budgetOf('day', limit * dollar, local)).toMatchObject({spent: dollar, share, level, unpricedCalls: 0});
	});

	test.each([
		[1_250_000_000_000n, 'near'],
		[1_250_000_000_001n, 'ok'],
		[1_000_000_000_001n, 'near'],
	] as const)('is near from exactly 80 %% on: %s p$', (limit, level) => {
		expect(budgetOf('month', limit, local).level).toBe(level);
	});
});

describe('the cache in dollars', () => {
	test('what reading saved, less what writing cost more', () => {
		// reads 90,000 × 0.2 = 18,000 µ$, writes 10,000 × 5 = 50,000 µ$; uncached 100,000 × 4 = 400,000 µ$
		const ledger = ledgerOf(reply(1, {input: 0, cacheRead: 90_000, cacheWrite5m: 10_000}));
		expect(cacheEconomics(ledger, 0)).toEqual({
			reads: 18_000_000_000n,
			writes: 50_000_000_000n,
			saved: 332_000_000_000n,
			hitShare: 0.9,
		});
	});

	test('1-hour writes that nobody reads cost more than no cache', () => {
		const {saved, hitShare} = cacheEconomics(ledgerOf(reply(1, {cacheWrite1h: 1000})), 0);
		expect([saved, hitShare]).toEqual([-4_000_000_000n, 0]);
	});

	test('nothing sent is no share', () => expect(cacheEconomics(emptyLedger, 0).hitShare).toBeUndefined());
});

describe('a cache that does not hold', () => {
	const thrash = [9, 8, 4, 1].map(minutes => reply(minutes, {cacheWrite5m: 60_000, cacheRead: 1000}));

	test('writes high and reads low for ten minutes', () => {
		expect(thrashingSessions(ledgerOf(...thrash), now)).toEqual([
			{sessionId: 's1', cwd: '/home/dev/shop', readTokens: 4000, writeTokens: 240_000},
		]);
	});

	test.each<[string, readonly Turn[]]>([
		['reads outweigh writes', thrash.map(turn => ({...turn, usage: {...turn.usage, cacheRead: 70_000}}))],
		['it has stopped', thrash.slice(0, 2)],
		['it has only begun', thrash.slice(2)],
		['small prompts', thrash.map(turn => ({...turn, usage: {...turn.usage, cacheWrite5m: 100}}))],
		['one large first prompt', [reply(9, {cacheWrite5m: 400_000}), reply(1, {cacheRead: 400_000})]],
		['two sessions of two replies', thrash.map((turn, index) => ({...turn, sessionId: `s${index % 2}`}))],
		['not Bedrock', thrash.map(turn => ({...turn, provider: 'first-party' as const}))],
	])('no alarm: %s', (_, turns) => expect(thrashingSessions(ledgerOf(...turns), now)).toEqual([]));
});

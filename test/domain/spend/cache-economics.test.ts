import {describe, expect, test} from 'vitest';
import type {Turn} from '../../../source/domain/replies/turn.ts';
import {cacheEconomics, thrashingSessions} from '../../../source/domain/spend/cache-economics.ts';
import {emptyLedger} from '../../../source/domain/spend/ledger.ts';
import {ledgerOf, minuteMs, noon, reply} from '../../support/builders.ts';

describe('the cache in dollars', () => {
	test('what reading saved, less what writing cost more, at the rates of each lifetime', () => {
		// reads 90,000 × 0.2 = 18,000 µ$; writes 9,000 × 5 + 1,000 × 8 = 53,000 µ$; uncached 100,000 × 4 = 400,000 µ$
		const usage = {cacheRead: 90_000, cacheWrite5m: 9000, cacheWrite1h: 1000};
		expect(cacheEconomics(ledgerOf(reply('a', {usage})), 0)).toEqual({
			...{reads: 18_000_000_000n, writes: 53_000_000_000n, saved: 329_000_000_000n, hitShare: 0.9},
		});
	});

	test('is a loss where nobody reads what was written', () => {
		expect(cacheEconomics(ledgerOf(reply('a', {usage: {cacheWrite1h: 1000}})), 0)).toMatchObject({
			...{saved: -4_000_000_000n, hitShare: 0},
		});
	});

	test('sums up Bedrock replies of the window alone', () => {
		const usage = {cacheRead: 1000};
		const ledger = ledgerOf(
			...[reply('a', {usage}), reply('b', {usage}), reply('early', {usage, at: noon - 1})],
			reply('direct', {usage, provider: 'first-party'}),
		);
		expect(cacheEconomics(ledger, noon).reads).toBe(400_000_000n);
	});

	test('a reply without a price counts for the hit share, in no dollar figure', () => {
		const usage = {input: 100, cacheRead: 300};
		const ledger = ledgerOf(reply('a', {usage, requestedModel: 'us.anthropic.claude-9-x'}));
		expect(cacheEconomics(ledger, 0)).toEqual({reads: 0n, writes: 0n, saved: 0n, hitShare: 0.75});
	});

	test('no prompt has no share', () => expect(cacheEconomics(emptyLedger, 0).hitShare).toBeUndefined());

	test('is that of the window alone', () => {
		const ledger = ledgerOf(reply('a', {usage: {cacheRead: 1}}));
		expect([0, noon + 1].map(since => cacheEconomics(ledger, since).reads)).toEqual([200_000n, 0n]);
	});
});

describe('a cache that does not hold', () => {
	const at = (minutesAgo: number) => noon - minutesAgo * minuteMs;
	const usage = {cacheWrite5m: 20_000, cacheWrite1h: 5000, cacheRead: 1000};
	const thrash = [10, 5.01, 5, 0].map((minutes, index) => reply(`r${index}`, {at: at(minutes), usage}));
	const change = (changes: Parameters<typeof reply>[1]) => thrash.map(turn => reply(turn.id, {...turn, ...changes}));

	test('writes much and reads little in both halves of ten minutes', () => {
		expect(thrashingSessions(ledgerOf(...thrash), noon)).toEqual([
			{sessionId: 's1', cwd: '/home/dev/shop', readTokens: 4000, writeTokens: 100_000},
		]);
	});

	test('is each session for itself', () => {
		const other = thrash.map(turn => ({...turn, id: `${turn.id}-2`, sessionId: 's2'}));
		expect(thrashingSessions(ledgerOf(...thrash, ...other), noon).map(({sessionId}) => sessionId)).toEqual([
			's1',
			's2',
		]);
	});

	test.each<[string, readonly Turn[]]>([
		['reads are as much as writes', change({usage: {...usage, cacheRead: 25_000}})],
		['a token less is written', change({usage: {...usage, cacheWrite1h: 4999}})],
		['one reply in the first half', thrash.slice(1)],
		['one reply in the second half', thrash.slice(0, 3)],
		['the first was more than ten minutes ago', thrash.map(turn => ({...turn, at: turn.at - 1}))],
		['the last is of a clock ahead', thrash.map(turn => ({...turn, at: turn.at + 1}))],
		['two sessions take turns', thrash.map((turn, index) => ({...turn, sessionId: `s${index % 2}`}))],
		['another provider is paid for it', change({provider: 'first-party'})],
	])('no alarm: %s', (_, turns) => expect(thrashingSessions(ledgerOf(...turns), noon)).toEqual([]));
});

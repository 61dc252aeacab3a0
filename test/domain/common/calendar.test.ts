import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {localDay, localHour, localMonth, nextLocalDay, nextLocalMonth} from '../../../source/domain/common/calendar.ts';
import {nextSpan, windowAt} from '../../../source/domain/common/window.ts';
import {noUsage} from '../../../source/domain/money/usage.ts';
import type {Turn} from '../../../source/domain/replies/turn.ts';
import {breakDown} from '../../../source/domain/spend/breakdown.ts';
import {burnPerHour, projectDay} from '../../../source/domain/spend/burn.ts';
import {emptyLedger, post} from '../../../source/domain/spend/ledger.ts';
import {createPosting} from '../../../source/domain/spend/posting.ts';
import {listPrices} from '../../support/pricing.ts';

const hour = 3_600_000;
const utc = (iso: string) => Date.parse(iso);

/** One reply every ten minutes, $0.01 of Opus 5.5 output each: 500 tokens × 20 µ$. */
const reply = (at: number): Turn => ({
	id: `msg_bdrk_${at}`,
	at,
	sessionId: 's',
	model: 'claude-opus-5-5',
	requestedModel: 'global.anthropic.claude-opus-5-5',
	provider: 'bedrock',
	usage: {...noUsage, output: 500},
	lowerBound: false,
	sidechain: false,
});
const cent = 10_000_000_000n;

const day = (from: number, to: number) => {
	const turns = Array.from({length: (to - from) / 600_000}, (_, index) => reply(from + index * 600_000));
	return post(
		emptyLedger,
		turns.map(turn => createPosting(turn, listPrices)),
	);
};

const zone = process.env.TZ;
afterAll(() => {
	process.env.TZ = zone;
});

describe.each([
	['Europe/Berlin', '2026-10-25T09:00:00Z', '2026-10-24T22:00:00Z', 25],
	['Europe/Berlin', '2026-03-29T09:00:00Z', '2026-03-28T23:00:00Z', 23],
	['America/New_York', '2026-11-01T12:00:00Z', '2026-11-01T04:00:00Z', 25],
	['Asia/Kolkata', '2026-11-23T12:00:00Z', '2026-11-22T18:30:00Z', 24],
	['Australia/Lord_Howe', '2026-04-05T12:00:00Z', '2026-04-04T13:00:00Z', 24.5],
	['UTC', '2026-11-23T12:00:00Z', '2026-11-23T00:00:00Z', 24],
])('a day in %s at %s', (name, moment, midnight, hours) => {
	beforeAll(() => {
		process.env.TZ = name;
	});
	const now = utc(moment);

	test('begins at its own midnight and is as long as it is', () => {
		expect(localDay(now)).toBe(utc(midnight));
		expect(nextLocalDay(now) - localDay(now)).toBe(hours * hour);
		expect(windowAt(now, {limits: {}})).toEqual({
			spendSince: utc(midnight),
			historySince: utc(midnight),
			feedMs: hour,
		});
	});

	test('every hour of it counts once, repeated and missing ones too', () => {
		const ledger = day(localDay(now), nextLocalDay(now));
		const byHour = breakDown(ledger, 'hour', localDay(now));
		expect([...byHour.values()].reduce((sum, {calls}) => sum + calls, 0)).toBe(hours * 6);
		expect(byHour.size).toBe(Math.ceil(hours));
		for (const {calls} of [...byHour.values()].slice(0, 1)) expect(calls).toBe(6);
		expect([...breakDown(ledger, 'day', 0).values()]).toMatchObject([
			{calls: hours * 6, amount: BigInt(hours * 6) * cent},
		]);
	});

	test('hours begin where the wall clock shows a full one', () => {
		for (let at = localDay(now); at < nextLocalDay(now); at += 7 * 60_000) {
			const start = localHour(at);
			expect(at - start).toBeGreaterThanOrEqual(0);
			expect(at - start).toBeLessThan(hour);
			expect(new Date(start).getMinutes() % 30).toBe(0);
		}
	});

	test('its end is projected over the hours that are really left', () => {
		const burn = 60n * cent;
		const left = (nextLocalDay(now) - now) / 60_000;
		expect(projectDay(0n, burn, now)).toBe(BigInt(left) * cent);
	});
});

describe('a month', () => {
	beforeAll(() => {
		process.env.TZ = 'Europe/Berlin';
	});

	test.each([
		['2026-10-31T22:59:59Z', '2026-09-30T22:00:00Z', '2026-10-31T23:00:00Z'],
		['2026-10-31T23:00:00Z', '2026-10-31T23:00:00Z', '2026-11-30T23:00:00Z'],
		['2027-01-01T00:00:00Z', '2026-12-31T23:00:00Z', '2027-01-31T23:00:00Z'],
		['2028-02-29T12:00:00Z', '2028-01-31T23:00:00Z', '2028-02-29T23:00:00Z'],
	])('at %s begins %s and ends %s', (moment, start, end) => {
		expect(localMonth(utc(moment))).toBe(utc(start));
		expect(nextLocalMonth(utc(moment))).toBe(utc(end));
	});

	test('history reaches back to its first day where a budget asks for it', () => {
		const now = utc('2026-11-23T12:00:00Z');
		expect(windowAt(now, {limits: {month: 1n}}).historySince).toBe(utc('2026-10-31T23:00:00Z'));
		expect(windowAt(now, {limits: {day: 1n}, spanMs: hour})).toEqual({
			spendSince: now - hour,
			historySince: utc('2026-11-22T23:00:00Z'),
			feedMs: hour,
			spanMs: hour,
			longestMs: hour,
		});
	});

	test('the lengths follow each other in a ring, whatever one begins with', () => {
		const day = 24 * hour;
		expect([undefined, day, 7 * day, hour, 90 * 60_000].map(nextSpan)).toEqual([
			day,
			7 * day,
			hour,
			undefined,
			undefined,
		]);
	});
});

describe('the burn', () => {
	const now = utc('2026-11-23T12:00:00Z');
	const at = (...minutesAgo: readonly number[]) =>
		post(
			emptyLedger,
			minutesAgo.map(minutes => createPosting(reply(now - minutes * 60_000), listPrices)),
		);

	test.each<[string, readonly number[], bigint | undefined]>([
		['nothing yet', [], undefined],
		['one reply', [1], 4n * cent],
		['one a minute', Array.from({length: 40}, (_, index) => index + 0.5), 4n * 15n * cent],
		['nobody for a quarter of an hour', [15, 16, 17], undefined],
		// 1 + 1 minutes of work, then a pause that counts 5, then 1 a minute: 2 + 1 + 8 replies in 15 minutes.
		['after a lunch break', [1, 2, ...Array.from({length: 30}, (_, index) => 62 + index)], 4n * 10n * cent],
	])('%s', (_, minutesAgo, expected) => expect(burnPerHour(at(...minutesAgo), now)).toBe(expected));
});

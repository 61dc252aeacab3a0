import {describe, expect, test} from 'vitest';
import {burnPerHour, lastReplyAt, projectDay} from '../../../source/domain/spend/burn.ts';
import {emptyLedger} from '../../../source/domain/spend/ledger.ts';
import {ledgerOf, minuteMs, noon, reply} from '../../support/builders.ts';

/** 50,000 tokens of an answer are one dollar. */
const dollarAt = (...minutesAgo: readonly number[]) =>
	ledgerOf(
		...minutesAgo.map((minutes, index) => reply(`r${index}`, {at: noon - minutes * minuteMs, usage: {output: 50_000}})),
	);
const dollar = 1_000_000_000_000n;

describe('the burn', () => {
	test.each<[string, readonly number[], bigint | undefined]>([
		['counts the replies of the last 15 minutes four times', [1, 3, 6], 12n * dollar],
		['does not depend on the order they were read in', [6, 1, 3], 12n * dollar],
		['counts what is answered this very moment', [0], 4n * dollar],
		['leaves out what is 15 minutes of work away', [1, 5, 10, 15], 12n * dollar],
		['counts what is a moment less away', [1, 5, 10, 14.99], 16n * dollar],
		['counts five minutes of a pause, however long it was', [1, 61, 65], 12n * dollar],
		['forgets what lies before three pauses', [1, 61, 121, 181], 12n * dollar],
		['looks no further back than half a day', [1, 12 * 60], 4n * dollar],
		['is unknown when the last answer is 15 minutes old', [15, 16], undefined],
		['is known until then', [14.99], 4n * dollar],
		['does not count what comes later', [-1], undefined],
		['is unknown where nothing was answered', [], undefined],
	])('%s', (_, minutesAgo, expected) => expect(burnPerHour(dollarAt(...minutesAgo), noon)).toBe(expected));

	test('counts Bedrock alone', () => {
		const at = noon - minuteMs;
		const usage = {output: 50_000};
		const direct = reply('direct', {at, usage, provider: 'first-party'});
		expect(burnPerHour(ledgerOf(direct), noon)).toBeUndefined();
		expect(burnPerHour(ledgerOf(direct, reply('bedrock', {at, usage})), noon)).toBe(4n * dollar);
	});

	test('of replies without a price is nothing, which is not unknown', () => {
		const unpriced = reply('one', {at: noon - minuteMs, requestedModel: 'us.anthropic.claude-nobody-knows'});
		expect(burnPerHour(ledgerOf(unpriced), noon)).toBe(0n);
	});

	test('of no replies at all is unknown', () => expect(burnPerHour(emptyLedger, noon)).toBeUndefined());
});

describe('where the day ends', () => {
	const evening = new Date(2026, 10, 23, 22, 30).getTime();

	test('is what is spent and the rest of the local day at this burn', () => {
		expect(projectDay(5n * dollar, 2n * dollar, evening)).toBe(8n * dollar);
	});

	test('is what is spent without a burn to speak of', () => expect(projectDay(5n, 0n, evening)).toBe(5n));

	test('is unknown without a burn', () => expect(projectDay(5n, undefined, evening)).toBeUndefined());
});

test.each([
	['the newest', [27, 40], 27],
	['none that is yet to come', [-5, 40], 40],
	['none at all', [], undefined],
] as const)('the last reply is %s', (_, minutesAgo, expected) => {
	const at = lastReplyAt(dollarAt(...minutesAgo), noon);
	expect(at).toBe(expected === undefined ? undefined : noon - expected * minuteMs);
});

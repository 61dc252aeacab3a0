import {expect, test} from 'vitest';
import {
	agoSpoken,
	countSpoken,
	durationSpoken,
	moneySpoken,
	roughlySpoken,
	windowSpoken,
} from '../../../source/screen/speech/spoken-words.ts';

const minute = 60_000;
const hour = 60 * minute;
const cent = 10_000_000_000n;

test.each([
	[undefined, 'never'],
	[-5, 'under a minute ago'],
	[0, 'under a minute ago'],
	[minute - 1, 'under a minute ago'],
	[minute, '1 minute ago'],
	[59 * minute, '59 minutes ago'],
	[hour, '1 hour ago'],
	[47 * hour, '1 day ago'],
	[48 * hour, '2 days ago'],
])('%s ms ago is said %s', (age, expected) => {
	const now = 1e12;
	expect(agoSpoken(age === undefined ? undefined : now - age, now)).toBe(expected);
});

test.each([
	[undefined, 'today'],
	[hour, 'in the last hour'],
	[90 * minute, 'in the last 90 minutes'],
	[24 * hour, 'in the last 24 hours'],
	[7 * 24 * hour, 'in the last 7 days'],
	[30_000, 'in the last 30 seconds'],
])('a window of %s ms is said %s', (ms, expected) => {
	expect(windowSpoken(ms)).toBe(expected);
});

test.each([
	[0, '0 milliseconds'],
	[840.4, '840 milliseconds'],
	[999.6, '1 second'],
	[3149, '3.1 seconds'],
	[12_900, '13 seconds'],
	[89_999, '90 seconds'],
	[150_000, '3 minutes'],
])('%s ms are said %s', (ms, expected) => {
	expect(durationSpoken(ms)).toBe(expected);
});

test.each([
	[7, '7'],
	[1234, '1.2 thousand'],
	[34_000, '34 thousand'],
	[5_600_000, '5.6 million'],
	[2e9, '2.0 billion'],
])('%d is said %s', (count, expected) => {
	expect(countSpoken(count)).toBe(expected);
});

test.each([
	['$4.12', '$4.12'],
	['≥$4.12', 'at least $4.12'],
	['$4.40–4.90', '$4.40 to $4.90'],
	['≥$1,200–1,300', 'at least $1,200 to $1,300'],
	['<$0.0001', 'less than $0.0001'],
	['unpriced 12k tok', '12 thousand tokens of unknown price'],
	['unpriced 950 tok', '950 tokens of unknown price'],
])('%s is said %s', (written, expected) => {
	expect(moneySpoken(written)).toBe(expected);
});

test.each([
	[36n * 100n * cent + 35n * cent, '$36'],
	[36n * 100n * cent + 50n * cent, '$37'],
	[9n * 100n * cent + 99n * cent, '$9.99'],
	[1_234_567n * cent, '$12,346'],
	[1n, 'less than $0.0001'],
])('roughly, %d is said %s', (amount, expected) => {
	expect(roughlySpoken(amount)).toBe(expected);
});

import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
	formatAge,
	formatCount,
	formatFolder,
	formatLag,
	formatLatency,
	formatShare,
	formatSpan,
	formatTime,
	formatUsd,
	localDate,
} from '../../../source/screen/text/format.ts';

const [second, minute, hour, day] = [1000, 60_000, 3_600_000, 86_400_000];
const now = Date.UTC(2026, 10, 23, 12);

test.each([
	[0n, '$0.00'],
	[1n, '<$0.0001'],
	[99_999_999n, '<$0.0001'],
	[100_000_000n, '$0.00010'],
	[1_234_567_890n, '$0.0012'],
	[994_999_999n, '$0.00099'],
	[995_000_000n, '$0.0010'],
	[9_949_999_999n, '$0.0099'],
	[9_950_000_000n, '$0.01'],
	[9_999_999_999n, '$0.01'],
	[10_000_000_000n, '$0.01'],
	[14_999_999_999n, '$0.01'],
	[15_000_000_000n, '$0.02'],
	[1_000_000_000_000n, '$1.00'],
	[12_345_678_901_234n, '$12.35'],
	[999_994_999_999_999n, '$999.99'],
	[999_995_000_000_000n, '$1,000'],
	[1_234_567_890_000_000_000n, '$1,234,568'],
	[1_234_499_999_999_999n, '$1,234'],
	[1_234_500_000_000_000n, '$1,235'],
	[-12_340_000_000_000n, '-$12.34'],
])('%s p$ is %s', (amount, expected) => expect(formatUsd(amount)).toBe(expected));

describe('dollars for the eye, whatever they are', () => {
	const amounts = fc.oneof(
		fc.bigInt({min: 0n, max: 20_000_000_000n}),
		fc.bigInt({min: 0n, max: 2_000_000_000_000_000n}),
	);
	const decimals = (text: string) => /\.(\d+)$/.exec(text)?.[1]?.length ?? 0;
	const shown = (text: string) => Number(text.replace(/[$,]/g, '').replace(/^<.*/, '0.00009'));

	test('are no less where there is more, and have no more digits behind the point', () => {
		fc.assert(
			fc.property(amounts, amounts, (a, b) => {
				const [less, more] = a < b ? [a, b] : [b, a];
				expect(shown(formatUsd(less))).toBeLessThanOrEqual(shown(formatUsd(more)));
				const isShown = less >= 100_000_000n;
				if (isShown) expect(decimals(formatUsd(less))).toBeGreaterThanOrEqual(decimals(formatUsd(more)));
			}),
		);
	});

	test('are off by half of their last digit at most', () => {
		fc.assert(
			fc.property(amounts, amount => {
				const text = formatUsd(amount);
				if (text.startsWith('<')) return;
				const digits = decimals(text);
				const shown = BigInt(text.replace(/\D/g, '')) * 10n ** BigInt(12 - digits);
				const off = shown > amount ? shown - amount : amount - shown;
				expect(off * 2n).toBeLessThanOrEqual(10n ** BigInt(12 - digits));
			}),
		);
	});
});

test.each([
	[0, '0'],
	[999.4, '999'],
	[999.5, '1.0k'],
	[1000, '1.0k'],
	[9949, '9.9k'],
	[9950, '10k'],
	[34_499, '34k'],
	[999_499, '999k'],
	[999_500, '1.0M'],
	[5_600_000, '5.6M'],
	[1_200_000_000, '1.2G'],
])('a count of %d is %s', (count, expected) => expect(formatCount(count)).toBe(expected));

test('a count takes four characters at most, up to 999G', () => {
	fc.assert(
		fc.property(fc.integer({min: 0, max: 999_000_000_000}), count => {
			expect(formatCount(count).length).toBeLessThanOrEqual(4);
		}),
	);
});

test.each([
	[undefined, 'never'],
	[now + minute, 'now'],
	[now - 5 * second + 1, 'now'],
	[now - 5 * second, '5s'],
	[now - 9999, '5s'],
	[now - 10 * second, '10s'],
	[now - minute + 1, '55s'],
	[now - minute, '1m'],
	[now - hour + 1, '59m'],
	[now - hour, '1h'],
	[now - day + 1, '23h'],
	[now - 3 * day, '3d'],
])('the age of %s is %s', (at, expected) => expect(formatAge(at, now)).toBe(expected));

test.each([
	[undefined, '–'],
	[0, '0ms'],
	[840.4, '840ms'],
	[999.4, '999ms'],
	[999.6, '1.0s'],
	[3149, '3.1s'],
	[59_949, '59.9s'],
	[59_950, '1m'],
	[65_000, '1m 5s'],
])('a latency of %s ms is %s', (ms, expected) => expect(formatLatency(ms)).toBe(expected));

test.each([
	[0, '0s'],
	[9999, '0s'],
	[49_999, '40s'],
	[minute, '1m'],
	[hour - 1, '59m'],
	[hour, '1h 0m'],
	[hour + 5 * minute, '1h 5m'],
])('late by %i ms is %s', (ms, expected) => expect(formatLag(ms)).toBe(expected));

test.each([
	[undefined, 'today'],
	[day, '24h'],
	[7 * day, '7d'],
	[2 * hour, '2h'],
	[90 * minute, '90m'],
	[90 * second, '90s'],
	[1500, '2s'],
])('a window of %s ms is %s', (ms, expected) => expect(formatSpan(ms)).toBe(expected));

test.each([
	['day', 'today'],
	['month', 'this month'],
	[new Date(2026, 10, 1).getTime(), 'since 2026-11-01'],
] as const)('a window that begins with %s is %s', (begins, expected) =>
	expect(formatSpan(undefined, begins)).toBe(expected),
);

test.each([
	[1, 3, '33%'],
	[2, 3, '67%'],
	[3, 2, '150%'],
	[0, 5, '0%'],
	[1, 0, undefined],
	[1, -1, undefined],
])('%d of %d is %s', (part, whole, expected) => expect(formatShare(part, whole)).toBe(expected));

test.each([
	['/home/dev/shop', '/home/dev', '~/shop'],
	['/home/dev', '/home/dev', '~'],
	['/home/devil', '/home/dev', '/home/devil'],
	['/srv/home/dev', '/home/dev', '/srv/home/dev'],
	['/home/dev', '', '/home/dev'],
	['/home/dev', undefined, '/home/dev'],
])('the folder %s of somebody at home in %s is %s', (path, home, expected) => {
	expect(formatFolder(path, home)).toBe(expected);
});

describe('where the person sits', () => {
	const at = new Date(2026, 0, 5, 7, 4, 9).getTime();

	test('a time has its zeros', () => expect(formatTime(at)).toBe('07:04:09'));

	test('a day has its zeros', () => expect(localDate(at)).toBe('2026-01-05'));
});

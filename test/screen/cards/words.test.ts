import {expect, test} from 'vitest';
import {agoWords, cacheShareWords, exactCount, momentWords, usageWords} from '../../../source/screen/cards/words.ts';
import {usageOf} from '../../support/builders.ts';

const now = new Date(2026, 10, 23, 14, 30).getTime();

test.each([
	[now - 1000, 'just now'],
	[now - 240_000, '4m ago'],
])('%i was %s', (at, words) => expect(agoWords(at, now)).toBe(words));

test.each([
	[new Date(2026, 10, 23, 0, 0, 1).getTime(), '00:00:01'],
	[new Date(2026, 10, 22, 23, 59, 59).getTime(), '2026-11-22 23:59:59'],
])('a moment has its day where that is not today', (at, words) => expect(momentWords(at, now)).toBe(words));

test.each([
	[999, '999'],
	[1000, '1,000'],
	[1_234_567.5, '1,234,568'],
])('a count of %d has all its digits: %s', (count, words) => expect(exactCount(count)).toBe(words));

test.each([
	[{input: 10, output: 2}, 'in 10 · out 2'],
	[{input: 0, cacheRead: 1200}, 'in 0 · out 0 · cache read 1.2k'],
	[{cacheWrite5m: 5}, 'in 0 · out 0 · cache write 5'],
	[{cacheWrite5m: 5, cacheWrite1h: 7}, 'in 0 · out 0 · cache write 12 (7 for 1h)'],
])('%j is %s', (usage, words) => expect(usageWords(usageOf(usage))).toBe(words));

test('tokens may be written otherwise', () => {
	expect(usageWords(usageOf({input: 1200}), exactCount)).toBe('in 1,200 · out 0');
});

test('the share of the cache is of what was sent; of nothing there is none', () => {
	expect(cacheShareWords(usageOf({input: 10, cacheRead: 30, output: 99}))).toMatch(/^75% of the prompts/);
	expect(cacheShareWords(usageOf({output: 99}))).toBeUndefined();
});

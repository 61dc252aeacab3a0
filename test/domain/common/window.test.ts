import {describe, expect, test} from 'vitest';
import {localDay, localMonth} from '../../../source/domain/common/calendar.ts';
import {nextSpan, windowAt} from '../../../source/domain/common/window.ts';

const hour = 3_600_000;
const day = 24 * hour;
const now = new Date(2026, 10, 23, 14, 30).getTime();
const [midnight, first] = [localDay(now), localMonth(now)];

describe('the window', () => {
	test.each<[string, Parameters<typeof windowAt>[1], ReturnType<typeof windowAt>]>([
		[
			'is the local day for money and an hour for calls unless a length is chosen',
			{limits: {}},
			{spendSince: midnight, historySince: midnight, feedMs: hour},
		],
		[
			'is the chosen length for both; history reaches back to midnight at least, for the projection of the day',
			{limits: {}, spanMs: hour},
			{spendSince: now - hour, historySince: midnight, feedMs: hour, spanMs: hour, longestMs: hour},
		],
		[
			'may be longer than the day',
			{limits: {}, spanMs: 7 * day},
			{spendSince: now - 7 * day, historySince: now - 7 * day, feedMs: 7 * day, spanMs: 7 * day, longestMs: 7 * day},
		],
		[
			'keeps what was read for a longer one',
			{limits: {}, spanMs: hour, longestMs: 7 * day},
			{spendSince: now - hour, historySince: now - 7 * day, feedMs: hour, spanMs: hour, longestMs: 7 * day},
		],
		[
			'keeps it also for the local day',
			{limits: {}, longestMs: 7 * day},
			{spendSince: midnight, historySince: now - 7 * day, feedMs: hour, longestMs: 7 * day},
		],
		[
			'has a history of the local month where that has a budget',
			{limits: {month: 5n}},
			{spendSince: midnight, historySince: first, feedMs: hour},
		],
		[
			'has one of the day where only that has a budget',
			{limits: {day: 5n}, spanMs: hour},
			{spendSince: now - hour, historySince: midnight, feedMs: hour, spanMs: hour, longestMs: hour},
		],
		[
			'may begin with the day, for calls too',
			{limits: {}, begins: 'day'},
			{spendSince: midnight, historySince: midnight, feedMs: now - midnight, begins: 'day', longestMs: now - midnight},
		],
		[
			'may begin with the month',
			{limits: {}, begins: 'month', spanMs: hour},
			{spendSince: first, historySince: first, feedMs: now - first, begins: 'month', longestMs: now - first},
		],
		[
			'may begin with a date',
			{limits: {}, begins: first - 5 * day},
			{
				...{spendSince: first - 5 * day, historySince: first - 5 * day, feedMs: now - first + 5 * day},
				...{begins: first - 5 * day, longestMs: now - first + 5 * day},
			},
		],
	])('%s', (_, choice, expected) => expect(windowAt(now, choice)).toEqual(expected));

	test('with a length goes along with the time, the local day does not', () => {
		expect(windowAt(now + 5, {limits: {}, spanMs: hour}).spendSince).toBe(now - hour + 5);
		expect(windowAt(now + 5, {limits: {}}).spendSince).toBe(midnight);
	});
});

test.each([
	['the local day', undefined, day],
	['a day', day, 7 * day],
	['a week', 7 * day, hour],
	['an hour', hour, undefined],
	['one of their own', 5 * hour, undefined],
] as const)('the length after %s', (_, span, next) => expect(nextSpan(span)).toBe(next));

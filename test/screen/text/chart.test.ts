import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {type ChartOptions, lineChart} from '../../../source/screen/text/chart.ts';
import {lineWidth, plainText} from '../../../source/screen/text/line.ts';

const minute = 60_000;
const hour = 60 * minute;
const startAt = new Date(2026, 10, 23, 9).getTime();
const plain = {width: 24, height: 4, style: 'accent', startAt, lengthMs: minute} as const;

const draw = (points: readonly (number | undefined)[], options: Partial<ChartOptions> = {}) =>
	lineChart(points, {...plain, ...options}).map(line => plainText(line).trimEnd());

test.each([
	['steps', [1, 2, 4, 8], ['8│                ⢸⣿⣿⣿⣿⣿', ' │           ⣶⣶⣶⣶⣶⣾⣿⣿⣿⣿⣿', '0│⣤⣤⣤⣤⣤⣼⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿']],
])('%s', (_, points, rows) => expect(draw(points).slice(0, 3)).toEqual(rows));

describe('what is drawn of', () => {
	const ground = (points: readonly (number | undefined)[]) => draw(points, {height: 2, isAscii: true})[0];

	test.each([
		['gaps, which are left free', [5, undefined, undefined, 5], '5|######           #####'],
		['one point', [3], '3|######################'],
		['one point among unknown ones', [undefined, 3, undefined], '3|        #######'],
		['zeros only', [0, 0], '1|......................'],
		['a zero beside a gap', [0, undefined], '1|...........'],
		['little beside much', [1, 1_000_000], '1.0M|###################'],
		['huge values', [9e15], '10000000G|##############'],
		['nothing known', [undefined, undefined], '1|'],
		['more than there are columns for', Array.from({length: 100}, (_, n) => (n < 50 ? 7 : undefined)), '7|###########'],
		['what is no number', [Number.NaN, Number.POSITIVE_INFINITY, 2], '2|               #######'],
	])('%s', (_, points, row) => {
		// The label of a single row is the top of the axis.
		expect(ground(points)?.replace(/^8\|/, '7|')).toBe(row);
	});

	test('a zero has its point on the ground, a little is more than that, and a hole has none', () => {
		const [, , ground = ''] = draw([0, undefined, 1, undefined, 1000], {width: 15});
		expect(ground).toBe('   0│⣀⣀  ⣤⣤  ⣿⣿');
	});
});

test('nothing is drawn where there is no room', () => {
	expect(draw([1], {height: 1})).toEqual([]);
	expect(draw([1], {width: 5})).toEqual([]);
	expect(draw([])).toEqual([]);
});

test('what may still change is dimmed', () => {
	const [line = []] = lineChart([1, 1, 1, 1], {...plain, height: 2, provisionalFrom: startAt + 2 * minute});
	expect(line.slice(2)).toEqual([
		['⣿'.repeat(11), 'accent'],
		['⣿'.repeat(11), 'dim'],
	]);
});

describe('the time axis', () => {
	const axis = (count: number, lengthMs: number, width: number) =>
		draw(
			Array.from({length: count}, () => 1),
			{width, lengthMs},
		).at(-1);

	test.each([
		['minutes', 60, minute, 42, '  09:00     09:15     09:30     09:45'],
		['hours', 6, hour, 42, '        10:00         12:00        14:00'],
		['less room than a time takes', 6, hour, 6, ''],
		['hardly any room', 6, hour, 8, '  09:00'],
		['nights, which begin a day', 36, hour, 42, '     12:00        11-24         12:00'],
		['days', 7 * 24, hour, 42, '           11-25      11-27       11-29'],
	])('counts in %s', (_, count, lengthMs, width, expected) => expect(axis(count, lengthMs, width)).toBe(expected));
});

test('never wider than asked for, and as high as asked for where there is room', () => {
	const points = fc.array(fc.option(fc.double({noNaN: false}), {nil: undefined}), {maxLength: 300});
	const options = fc.record({
		width: fc.integer({min: 0, max: 120}),
		height: fc.integer({min: 0, max: 20}),
		lengthMs: fc.constantFrom(minute, 5 * minute, hour, 24 * hour),
		isAscii: fc.boolean(),
	});
	fc.assert(
		fc.property(points, options, (values, chosen) => {
			const lines = lineChart(values, {...plain, ...chosen});
			expect(lines.length === 0 || lines.length === chosen.height).toBe(true);
			for (const line of lines) expect(lineWidth(line)).toBeLessThanOrEqual(chosen.width);
		}),
	);
});

import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
	fitLine,
	type Line,
	lineWidth,
	pad,
	plainText,
	span,
	spread,
	truncate,
	widthOf,
} from '../../../source/screen/text/line.ts';

test.each([
	['', 0],
	['abc', 3],
	['a·b → c…', 8],
	['项目', 4],
	['e\u0301', 1],
	['👩‍💻', 2],
])('%s takes %i columns', (text, columns) => expect(widthOf(text)).toBe(columns));

test('a span is plain unless it says otherwise, and harmless', () => {
	expect(span('a')).toEqual(['a', 'plain']);
	expect(span('a', 'bad')).toEqual(['a', 'bad']);
	expect(span('\u001b[31mred')[0]).not.toContain('\u001b');
});

test.each([
	['abcdef', 6, 'end', 'abcdef'],
	['abcdef', 5, 'end', 'abcd…'],
	['abcdef', 5, 'start', '…cdef'],
	['abcdef', 1, 'end', '…'],
	['abcdef', 1, 'start', '…'],
	['abcdef', 0, 'end', ''],
	['abcdef', -3, 'end', ''],
	['项目项目', 5, 'end', '项目…'],
	['项目项目', 4, 'end', '项…'],
	['项目项目', 5, 'start', '…项目'],
] as const)('%s in %i columns, cut at its %s, is %s', (text, columns, position, expected) => {
	expect(truncate(text, columns, position)).toBe(expected);
});

test.each([
	['ab', 4, 'left', 'ab  '],
	['ab', 4, 'right', '  ab'],
	['abcdef', 4, 'left', 'abc…'],
	['项目项', 4, 'left', '项… '],
	['ab', 0, 'left', ''],
] as const)('%s padded to %i columns at the %s', (text, columns, align, expected) => {
	expect(pad(text, columns, align)).toBe(expected);
});

describe('a line', () => {
	const line: Line = [span('abc', 'bad'), span('def', 'good'), span('ghi')];

	test('is as wide as its parts', () => expect([lineWidth(line), lineWidth([])]).toEqual([9, 0]));

	test('that fits is the same line', () => expect(fitLine(line, 9)).toBe(line));

	test.each<[number, Line]>([
		[
			8,
			[
				['abc', 'bad'],
				['def', 'good'],
				['g…', 'plain'],
			],
		],
		[
			5,
			[
				['abc', 'bad'],
				['d…', 'good'],
			],
		],
		[3, [['abc', 'bad']]],
		[0, []],
	])('is cut to %i columns, each part in its own style', (columns, expected) => {
		expect(fitLine(line, columns)).toEqual(expected);
	});

	test('has its right part at the right edge, with filling between', () => {
		const both = spread([span('ab')], [span('yz')], 8, '─', 'accent');
		expect([plainText(both), both[1]]).toEqual(['ab────yz', ['────', 'accent']]);
		expect(spread([span('ab')], [span('yz')], 5)[1]).toEqual([' ', 'rule']);
	});

	test('gives up its right part first where there is no room for both', () => {
		expect(plainText(spread([span('ab')], [span('yz')], 4))).toBe('ab');
		expect(plainText(spread([span('abcdef')], [span('yz')], 4))).toBe('abc…');
	});
});

test('whatever is written, nothing is wider than it may be', () => {
	const text = fc.string({unit: 'grapheme', maxLength: 30});
	fc.assert(
		fc.property(text, text, fc.integer({min: 0, max: 40}), (left, right, columns) => {
			const line = [span(left), span(right)];
			expect(widthOf(truncate(span(left)[0], columns))).toBeLessThanOrEqual(columns);
			expect(widthOf(pad(span(left)[0], columns))).toBe(columns);
			expect(lineWidth(fitLine(line, columns))).toBeLessThanOrEqual(columns);
			expect(lineWidth(spread([span(left)], [span(right)], columns))).toBeLessThanOrEqual(columns);
		}),
	);
});

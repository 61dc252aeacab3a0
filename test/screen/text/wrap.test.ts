import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {widthOf} from '../../../source/screen/text/line.ts';
import {wrapProse, wrapText} from '../../../source/screen/text/wrap.ts';

test.each([
	['nothing', '', 10, []],
	['blanks', '   ', 10, []],
	['what fits', 'one two', 10, ['one two']],
	['what fits exactly', 'one two', 7, ['one two']],
	['a sentence', 'one two three', 8, ['one two', 'three']],
	['blanks within a line', 'a  b', 10, ['a  b']],
	['blanks where it breaks', 'one   two', 5, ['one', 'two']],
	['blanks around it', '  one  ', 5, ['one']],
	['a word too long for a line', 'abcdefgh', 3, ['abc', 'def', 'gh']],
	['a word too long after another', 'x abcdefgh y', 4, ['x', 'abcd', 'efgh', 'y']],
	['what follows the end of a long word', 'abcdef g', 4, ['abcd', 'ef g']],
	['wide characters', '漢字 かな', 4, ['漢字', 'かな']],
	['a wide character where one column is left', '漢字漢', 5, ['漢字', '漢']],
	['a family of one picture', '👨‍👩‍👧👨‍👩‍👧', 3, ['👨‍👩‍👧', '👨‍👩‍👧']],
	['no room at all', 'ab', 0, ['a', 'b']],
])('wraps %s', (_, text, width, lines) => expect(wrapText(text, width)).toEqual(lines));

const wild = fc.string({
	unit: fc.oneof(fc.constantFrom(' ', 'a', '漢', '👨‍👩‍👧', 'é', '/'), fc.string({unit: 'grapheme', maxLength: 1})),
});

test('never wider than asked for, and nothing is lost but blanks', () => {
	fc.assert(
		fc.property(wild, fc.integer({min: 2, max: 60}), (text, width) => {
			const lines = wrapText(text, width);
			const isSingle = (line: string) => [...new Intl.Segmenter().segment(line)].length === 1;
			for (const line of lines) if (!isSingle(line)) expect(widthOf(line)).toBeLessThanOrEqual(width);
			expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
		}),
		{numRuns: 500},
	);
});

describe('prose', () => {
	test('keeps its lines and how far they are indented', () => {
		expect(wrapProse('{\n  "Action": "bedrock:InvokeModel"\n}', 14)).toEqual([
			'{',
			'  "Action":',
			'  "bedrock:Inv',
			'  okeModel"',
			'}',
		]);
	});

	test('shows what is longer than any line, and says where it was cut', () => {
		const shown = wrapProse('漢'.repeat(2500), 40);
		expect(shown.join('')).toBe('漢'.repeat(2500));
		expect(wrapProse('x'.repeat(100_000), 40).join('')).toBe(`${'x'.repeat(4000)}…`);
	});

	test('is harmless', () => {
		expect(wrapProse('a\u001b[2J\u202eb', 40)).toEqual(['a␛[2J\\u{202e}b']);
	});
});

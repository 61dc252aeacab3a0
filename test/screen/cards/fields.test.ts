import {describe, expect, test} from 'vitest';
import {
	clipboardLine,
	clipboardText,
	type Field,
	fieldsOf,
	heading,
	titleOf,
} from '../../../source/screen/cards/fields.ts';
import {plainText, span} from '../../../source/screen/text/line.ts';

const texts = (fields: readonly Field[], width: number) => fieldsOf(fields, width).map(plainText);

describe('fields of a card', () => {
	test('have their labels beside their values from 60 columns on, above them below that', () => {
		const field = {label: 'model', value: 'opus-5.5'};
		expect(texts([field], 60)).toEqual(['model         opus-5.5']);
		expect(texts([field], 59)).toEqual(['model', '  opus-5.5']);
	});

	test('are left out where there is nothing to say', () => {
		expect(
			texts(
				[
					{label: 'a', value: undefined},
					{label: 'b', value: ''},
				],
				60,
			),
		).toEqual([]);
	});

	test('are wrapped below their value, never cut', () => {
		const value = 'word '.repeat(20).trim();
		const lines = texts([{label: 'text', value}], 60);
		expect(lines.length).toBeGreaterThan(1);
		expect(lines.map((line, index) => (index === 0 ? line.slice(14) : line.trimStart())).join(' ')).toBe(value);
		expect(lines[1]).toMatch(/^ {14}word/);
	});

	test('have a note behind the value where it fits, else below it', () => {
		const note = 'n'.repeat(30);
		expect(texts([{label: 'a', value: 'v'.repeat(14), note}], 60)).toEqual([
			`a             ${'v'.repeat(14)}  ${note}`,
		]);
		expect(texts([{label: 'a', value: 'v'.repeat(15), note}], 60)).toEqual([
			...[`a             ${'v'.repeat(15)}`, `              ${note}`],
		]);
	});

	test('look as they are told, labels and notes dim', () => {
		const [line] = fieldsOf([{label: 'a', value: 'v', style: 'bad', note: 'n'}], 60);
		expect(line?.map(([, style]) => style)).toEqual(['dim', 'bad', 'dim']);
	});
});

test('a heading has a free line before it; a title is cut', () => {
	expect(heading('Tokens', 40).map(plainText)).toEqual(['', 'Tokens']);
	expect(plainText(titleOf([span('abcdef')], 4))).toBe('abc…');
});

describe('what goes to the clipboard', () => {
	test('has no control characters but line breaks and tabs', () => {
		expect(clipboardText('a\u001b[31m\r\n\tb\u0007\u009b')).toBe('a[31m\n\tb');
	});

	test('is at most 20,000 long', () => expect(clipboardText('x'.repeat(20_001))).toHaveLength(20_000));

	test('is one line where a shell would run the next', () => {
		expect(clipboardLine('aws sso login\n\nrm -rf /\u2028x\ty')).toBe('aws sso login rm -rf / x y');
	});
});

import fc from 'fast-check';
import {expect, test} from 'vitest';
import {toAscii} from '../../../source/screen/text/ascii.ts';
import {lineWidth, plainText, span} from '../../../source/screen/text/line.ts';

const ascii = (text: string) => plainText(toAscii([span(text)]));

test.each([
	['✓ bedrock  ▲ mixed  ✗ refused  ? unproven', '+ bedrock  ! mixed  x refused  ? unproven'],
	['4▸Calls ×28 → us-west-2 … 3–4', '4>Calls x28 > us-west-2 ~ 3-4'],
	['▁▂▃▄▅▆▇█ ██░░ │ ─── 1–4', '_.:-=+*# ##.. | --- 1-4'],
	['~/项目 👩‍👩‍👧 é', '~/???? ?? ?'],
	['⣿⣀⠀⡇', '#. :'],
])('%s becomes %s', (text, expected) => {
	expect(ascii(text)).toBe(expected);
});

test('whatever a line holds, it comes out printable and as wide as it was', () => {
	fc.assert(
		fc.property(fc.array(fc.string({unit: 'grapheme'}), {maxLength: 4}), texts => {
			const line = texts.map(text => span(text));
			expect(plainText(toAscii(line))).toMatch(/^[\x20-\x7e]*$/);
			expect(lineWidth(toAscii(line))).toBe(lineWidth(line));
		}),
		{numRuns: 1000},
	);
});

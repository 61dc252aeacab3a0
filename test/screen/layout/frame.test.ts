import {expect, test} from 'vitest';
import {linesOf} from '../../../source/screen/layout/frame.ts';
import {plainText, span} from '../../../source/screen/text/line.ts';

const region = (row: number, column: number, ...texts: readonly string[]) => ({
	...{row, column},
	lines: texts.map(text => [span(text)]),
});

test('regions stand where they say; panes beside each other share their lines', () => {
	const frame = {
		header: region(0, 0, 'header'),
		refusals: region(1, 0, 'refused'),
		panes: [
			[
				{...region(2, 0, 'a1 ', 'a2 '), id: 'routing', width: 3} as const,
				{...region(2, 3, 'b1', 'b2'), id: 'spend', width: 2} as const,
			],
		],
		footer: region(4, 0, 'footer'),
	};
	expect(linesOf(frame).map(plainText)).toEqual(['header', 'refused', 'a1 b1', 'a2 b2', 'footer']);
});

test('a ribbon is all there is', () => {
	expect(linesOf({ribbon: region(0, 0, 'r1', 'r2'), panes: []}).map(plainText)).toEqual(['r1', 'r2']);
});

import {expect, test} from 'vitest';
import {plainText} from '../../../source/screen/text/line.ts';
import {createPaint} from '../../../source/screen/text/theme.ts';
import {themeNames} from '../../../source/screen/text/theme-names.ts';

test.each(themeNames)('the %s theme changes how words look, never which', name => {
	const line = [
		...(['plain', 'strong', 'dim', 'good', 'warn', 'bad', 'accent', 'rule', 'selected'] as const).map(
			style => [`${style} `, style] as const,
		),
	];
	// biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control sequences
	expect(createPaint(name)(line).replace(/\u001b\[[\d;]*m/g, '')).toBe(plainText(line));
});

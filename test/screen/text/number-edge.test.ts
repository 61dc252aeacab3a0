import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {truncate, widthOf} from '../../../source/screen/text/line.ts';

describe('a text is never cut within a number', () => {
	test.each([
		['mine 43% of it', 7, 'mine …'],
		['mine 43% of it', 9, 'mine 43%…'],
		['account $19.22–25.18 mine', 18, 'account …'],
		['day → $59.53 · more', 10, 'day → …'],
		['$2.48/h and more', 6, '…'],
		['at 14:57:00 refused', 9, 'at …'],
		['AccessDenied ×24 you', 15, 'AccessDenied …'],
		['(read $1.93, write $3)', 10, '(read …'],
		['≥$1.08 +12k tok unpriced', 10, '≥$1.08 …'],
		['6m ago and more', 2, '…'],
		['保存 $12.34 weiter', 9, '保存 …'],
	] as const)('%s at %i columns: %s', (text, columns, expected) => expect(truncate(text, columns)).toBe(expected));

	test.each([
		['opus-5.5 answers', 8, 'opus-5.…'],
		['123e4567-e89b-12d3 is a session', 7, '123e45…'],
		['us-east-1 and more', 9, 'us-east-…'],
	] as const)('names and ids are no numbers: %s', (text, columns, expected) =>
		expect(truncate(text, columns)).toBe(expected),
	);

	test('whatever stands around it', () => {
		const word = fc.constantFrom('mine', 'of', '·', '→', '保存', '(read', 'idle', '…');
		const number = fc
			.tuple(fc.constantFrom('', '$', '≥$', '×'), fc.nat(99_999), fc.constantFrom('', '%', 'm', 'k', '/h', '.25'))
			.map(parts => parts.join(''));
		fc.assert(
			fc.property(fc.array(fc.oneof(word, number), {maxLength: 8}), fc.integer({min: 1, max: 40}), (words, columns) => {
				const text = words.join(' ');
				const cut = truncate(text, columns);
				expect(widthOf(cut)).toBeLessThanOrEqual(columns);
				if (cut === text) return;
				expect(cut.endsWith('…')).toBe(true);
				const kept = cut.slice(0, -1);
				expect(text.startsWith(kept)).toBe(true);
				const last = kept.split(' ').length - 1;
				const isNumber = /\d/.test(words[last] ?? '');
				if (isNumber) expect(['', words[last]]).toContain(kept.split(' ').at(-1));
			}),
			{numRuns: 2000},
		);
	});
});

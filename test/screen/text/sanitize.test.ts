import fc from 'fast-check';
import {expect, test} from 'vitest';
import {sanitize} from '../../../source/screen/text/sanitize.ts';

test.each([
	['a plain user agent', 'claude-cli/2.1.330 (external, cli)', 'claude-cli/2.1.330 (external, cli)'],
	['a colour change', '\u001b[31mred', '␛[31mred'],
	['an OSC that sets the clipboard', '\u001b]52;c;AAAA\u0007', '␛]52;c;AAAA␇'],
	['a one-byte CSI', '\u009b2J', '\\u{9b}2J'],
	['line breaks and tabs', 'a\nb\tc\r', 'a␊b␉c␍'],
	['a right-to-left override', 'abc\u202etxt.exe', 'abc\\u{202e}txt.exe'],
	['an isolate', '\u2066x\u2069', '\\u{2066}x\\u{2069}'],
	['a zero-width space', 'a\u200bb', 'a\\u{200b}b'],
	['tag characters', 'a\u{e0041}b', 'a\\u{e0041}b'],
	['a lone surrogate', 'a\ud800b', 'a\\u{d800}b'],
	['delete', '\u007f', '␡'],
	['Chinese and emoji', '项目 👩‍💻', '项目 👩‍💻'],
])('makes %s harmless', (_, raw, shown) => expect(sanitize(raw)).toBe(shown));

test('cuts what is far too long', () => {
	expect(sanitize('x'.repeat(100_000))).toHaveLength(1025);
});

test('nothing that moves a cursor or reverses text survives, whatever comes in', () => {
	const strings = fc.string({unit: 'binary', maxLength: 300});
	fc.assert(
		fc.property(strings, raw => {
			const shown = sanitize(raw);
			expect(shown).not.toMatch(/\p{Cc}|[\u202a-\u202e\u2066-\u2069\u2028\u2029]/u);
			expect(shown.isWellFormed()).toBe(true);
		}),
	);
});

test('over 1,024 characters are cut, and it shows', () => {
	expect(sanitize('x'.repeat(1024))).toBe('x'.repeat(1024));
	expect(sanitize('x'.repeat(1025))).toBe(`${'x'.repeat(1024)}…`);
});

/**
 * What somebody else may have put into a name: clears the screen, sets the title, writes the clipboard, reverses the
 * text, breaks the line, holds wide characters and families, and is far too long.
 */
export const hostileText = (field: string): string =>
	`${field}\u001b[2J\u001b]0;owned\u0007\u001b]52;c;AAAA\u001b\\\u009b31m\u202e\u2066\u200b\r\nsecond line\u0000${'漢'.repeat(50)} ${'👨‍👩‍👧'.repeat(9)}${'x'.repeat(100_000)}`;

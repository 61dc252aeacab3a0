/**
 * What a terminal might act on or a reader might be fooled by: C0 and C1 controls, line and paragraph separators,
 * zero-width characters (the joiner of emoji aside), bidirectional overrides and isolates, tags, lone surrogates.
 */
const harmful =
	// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is what this is for
	/[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]|\p{Surrogate}/gu;

/** No terminal is wider, so nothing that could be seen is lost. */
const longest = 1024;

const picture = (character: string): string => {
	const code = character.codePointAt(0) ?? 0;
	if (code <= 0x1f) return String.fromCodePoint(0x2400 + code);
	if (code === 0x7f) return '␡';
	return `\\u{${code.toString(16)}}`;
};

/**
 * Somebody else's string, made visible and harmless: nothing in it can move the cursor, change colours, reverse the
 * reading order or take more than one line. Strings over 1,024 characters are cut first.
 */
export const sanitize = (source: string): string => {
	const short = source.length > longest ? `${source.slice(0, longest)}…` : source;
	return short.replace(harmful, picture);
};

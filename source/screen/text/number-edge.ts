/**
 * A number, an amount, a range, a share, a time or an age, with the signs and units that belong to it, standing as a word
 * of its own: `$43.98`, `≥$4`, `19.22–25.18`, `94%`, `×24`, `6m`, `$2.48/h`, `14:57:00`. Digits within a name or an id
 * (`opus-5.5`, `123e4567-e89b`) are none.
 */
const numbers = /(?<![^\s(·→│])[×≥~+-]?\$?\d[\d.,:–$]*(?:%|[a-zA-Z]{1,3})?(?:\/[a-z]+)?(?![^\s),;·│])/gu;

/** The end of what may stay of a text when it is cut before the character at `end`: never within a number. */
export const wholeNumbers = (text: string, end: number): number => {
	for (const {0: number, index} of text.matchAll(numbers)) {
		if (index >= end) return end;
		if (end < index + number.length) return index;
	}
	return end;
};

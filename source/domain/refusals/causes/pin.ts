/** The longest short fix: it shares a row of the screen with the cause. */
const longestShort = 60;

/** `ANTHROPIC_MODEL=us.… (or …)`. */
export const pin = ([first, ...rest]: readonly string[]): string =>
	`ANTHROPIC_MODEL=${first}${rest.length > 0 ? ` (or ${rest.join(', ')})` : ''}`;

/** The first of these profiles as it is set, or else these words, where there is none or it is too long. */
export const pinOr = ([first]: readonly string[], otherwise: string): string => {
	const pinned = first === undefined ? otherwise : pin([first]);
	return pinned.length <= longestShort ? pinned : otherwise;
};

/** A count with its noun, in the plural where that is due: `1 reply`, `2 replies`, `3 days`. */
export const plural = (count: number, noun: string): string =>
	`${count} ${count === 1 ? noun : /[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`}`;

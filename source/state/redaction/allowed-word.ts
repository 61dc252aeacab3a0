/** The word where it is one of those that may be told, else another. */
export const among = <Word extends string>(words: readonly Word[], word: Word, otherwise: Word): Word =>
	words.includes(word) ? word : otherwise;

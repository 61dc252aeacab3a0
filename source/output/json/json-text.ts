/** JSON text that is harmless on a terminal too: JSON.stringify leaves C1 controls and bidi overrides as they are. */
export const stringifySafely = (value: unknown, indent = 2): string =>
	JSON.stringify(value, undefined, indent).replace(
		/[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g,
		character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);

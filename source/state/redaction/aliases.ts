/** Names in the place of names: the same one always becomes the same, two stay two, in order of appearance. */
export type Aliases = {
	/** The alias of a value among those of its kind: `person-1`, `person-2`. */
	of(kind: string, value: string): string;
	/** Its number among those of its kind, from 1 on. */
	numberOf(kind: string, value: string): number;
};

export const createAliases = (): Aliases => {
	const known = new Map<string, Map<string, number>>();
	const numberOf = (kind: string, value: string): number => {
		const ofKind = known.get(kind) ?? new Map<string, number>();
		known.set(kind, ofKind);
		const number = ofKind.get(value) ?? ofKind.size + 1;
		ofKind.set(value, number);
		return number;
	};
	return {numberOf, of: (kind, value) => `${kind}-${numberOf(kind, value)}`};
};

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const equalMaps = (a: ReadonlyMap<unknown, unknown>, b: ReadonlyMap<unknown, unknown>): boolean => {
	const unmatched = [...a].filter(([key]) => isObject(key));
	const isSamePrimitive = [...a].every(([key, value]) => isObject(key) || (b.has(key) && equal(value, b.get(key))));
	if (!isSamePrimitive) return false;
	for (const entry of [...b].filter(([key]) => isObject(key))) {
		const index = unmatched.findIndex(other => equal(other, entry));
		if (index < 0) return false;
		unmatched.splice(index, 1);
	}
	return unmatched.length === 0;
};

const equalSets = (a: ReadonlySet<unknown>, b: ReadonlySet<unknown>): boolean =>
	equalMaps(new Map([...a].map(value => [value, true])), new Map([...b].map(value => [value, true])));

const equalFields = (a: object, b: object): boolean => {
	const keys = Object.keys(a) as (keyof typeof a)[];
	return keys.length === Object.keys(b).length && keys.every(key => Object.hasOwn(b, key) && equal(a[key], b[key]));
};

/**
 * Whether two values hold the same data: plain objects, arrays, Maps and Sets by what is in them, all else by Object.is.
 * Agrees with `isDeepStrictEqual` of node:util on data without cycles.
 */
export const equal = (a: unknown, b: unknown): boolean => {
	if (Object.is(a, b)) return true;
	if (!isObject(a) || !isObject(b) || Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
	if (a instanceof Map && b instanceof Map) return a.size === b.size && equalMaps(a, b);
	if (a instanceof Set && b instanceof Set) return a.size === b.size && equalSets(a, b);
	const isSameLength = !Array.isArray(a) || a.length === (b as readonly unknown[]).length;
	return isSameLength && equalFields(a, b);
};

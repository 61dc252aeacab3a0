/** A seeded source of chance: the same seed tells the same story. */
export type Random = {
	/** Uniform in [0, 1). */
	next(): number;
	/** A whole number from `low` to `high`, both included. */
	between(low: number, high: number): number;
	pick<T>(items: readonly T[]): T;
	chance(probability: number): boolean;
	/** So many hexadecimal digits. */
	hex(length: number): string;
	uuid(): string;
};

/** mulberry32, public domain: small, fast and even enough for a demo. */
const mulberry32 = (seed: number) => {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
};

export const createRandom = (seed: number): Random => {
	const next = mulberry32(seed);
	const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
	const hex = (length: number) => Array.from({length}, () => between(0, 15).toString(16)).join('');
	return {
		next,
		between,
		pick: <T>(items: readonly T[]) => items[between(0, items.length - 1)] as T,
		chance: probability => next() < probability,
		hex,
		uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`,
	};
};

/** The order in which rows were last shown, and since when. */
export type Order = {
	readonly keys: readonly string[];
	/** When this order was taken on, epoch ms. */
	readonly at: number;
};

/** A row by its name, and what it is ordered by. */
export type Ranked = {readonly key: string; readonly value: number};

/** Rows keep their places so long, unless their values have drifted further apart than the tolerance. */
const keepMs = 10_000;
const tolerance = 0.1;

const byValue = (a: Ranked, b: Ranked) => b.value - a.value || (a.key < b.key ? -1 : 1);

/** Whether a row stands above one that has outgrown it by more than the tolerance. */
const isWrong = (shown: readonly Ranked[]): boolean => {
	let least = Number.POSITIVE_INFINITY;
	for (const {value} of shown) {
		if (value > least * (1 + tolerance)) return true;
		least = Math.min(least, value);
	}
	return false;
};

/**
 * The order to show rows in, largest first. Rows that differ by less than 10 % keep the places they had, for 10 seconds
 * at a time, so that nothing jumps below the eye; new rows and large differences count at once. The same object comes
 * back while nothing moves.
 */
export const keepOrder = (before: Order | undefined, rows: readonly Ranked[], now: number): Order => {
	const sorted = [...rows].sort(byValue);
	const order: Order = {keys: sorted.map(({key}) => key), at: now};
	if (before === undefined) return order;
	const byKey = new Map(rows.map(row => [row.key, row]));
	const kept = before.keys.map(key => byKey.get(key)).filter(row => row !== undefined);
	const isSameSet = kept.length === rows.length && kept.length === before.keys.length;
	const isDue = now - before.at >= keepMs || now < before.at;
	if (!isSameSet || isDue || isWrong(kept)) {
		const isSame = isSameSet && order.keys.every((key, index) => key === before.keys[index]);
		return isSame ? before : order;
	}
	return before;
};

/** Rows in a given order; those it does not name stay where they were, behind the others. */
export const inOrder = <Row>(
	rows: readonly Row[],
	keyOf: (row: Row) => string,
	order: readonly string[] | undefined,
): readonly Row[] => {
	if (order === undefined) return rows;
	const places = new Map(order.map((key, index) => [key, index]));
	const placeOf = (row: Row) => places.get(keyOf(row)) ?? places.size;
	return [...rows].sort((a, b) => placeOf(a) - placeOf(b));
};

import type {State} from './state.ts';

const countNew = (before: ReadonlyMap<string, unknown>, after: ReadonlyMap<string, unknown>): number => {
	if (before === after) return 0;
	let count = 0;
	for (const key of after.keys()) if (!before.has(key)) count++;
	return count;
};

/** How many replies, calls and failures have come between two states. */
export const countNews = (before: State, after: State): number => {
	const known = new Set(before.failures.map(({id}) => id));
	const failures = after.failures.filter(({id}) => !known.has(id)).length;
	return countNew(before.ledger, after.ledger) + countNew(before.log.counted, after.log.counted) + failures;
};

import {countAdded} from '../domain/common/hash-index.ts';
import type {State} from './state.ts';

/** How many replies, calls and failures have come between two states. */
export const countNews = (before: State, after: State): number => {
	const known = new Set(before.failures.map(({id}) => id));
	const failures = after.failures.filter(({id}) => !known.has(id)).length;
	const replies = countAdded(before.ledger.byId, after.ledger.byId);
	return replies + countAdded(before.log.byEvent, after.log.byEvent) + failures;
};

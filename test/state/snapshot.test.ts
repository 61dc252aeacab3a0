import {expect, test} from 'vitest';
import {defaultBook} from '../../source/domain/money/price-book.ts';
import {actionsOf} from '../../source/state/snapshot.ts';
import {type Action, initialState, reduce, type State} from '../../source/state/state.ts';
import {noon} from '../support/builders.ts';
import {everyAction} from '../support/every-action.ts';
import {morning} from '../support/fixture.ts';

const settings = {
	...{spendSince: 0, historySince: 0, feedMs: 3_600_000, askedRegions: []},
	...{limits: {}, watchCap: 0n, refreshMs: 60_000},
};
const fresh = () => initialState(defaultBook, settings);
const play = (actions: readonly Action[]) => actions.reduce(reduce, fresh());

/** Without the sums that branches of a tree remember, which hang on what was asked when. */
const withoutSums = (value: unknown): unknown => {
	if (Array.isArray(value)) return value.map(withoutSums);
	if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, withoutSums(item)]));
	if (typeof value !== 'object' || value === null) return value;
	const kept = Object.entries(value).filter(([name]) => name !== 'sums');
	return Object.fromEntries(kept.map(([name, item]) => [name, withoutSums(item)]));
};

const withoutRequests = ({requests: _, ...state}: State) => withoutSums(state);

test.each([
	['that knows nothing', []],
	['of a working morning', morning(noon)],
	['with all that can be known', everyAction(noon).filter(({type}) => type !== 'progress')],
])('a state %s comes back from what would have to happen for it', (_, actions) => {
	const state = play(actions);
	expect(withoutRequests(play(actionsOf(state)))).toEqual(withoutRequests(state));
});

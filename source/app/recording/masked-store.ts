import type {Store} from '../../polling/store.ts';
import {actionField} from '../../sources/registry.ts';
import type {Action} from '../../state/action.ts';
import {createMasker} from '../../state/redaction/mask.ts';
import type {State} from '../../state/state.ts';

/**
 * A store that shows aliases: what is dispatched goes to `truth`, which the sources go on asking with, and masked to
 * `shown`, which everything on screen and in print comes from.
 */
export const maskedStore = (truth: Store<State, Action>, shown: Store<State, Action>): Store<State, Action> => {
	const mask = createMasker(actionField);
	return {
		...shown,
		dispatch(action) {
			truth.dispatch(action);
			shown.dispatch(mask(action));
		},
	};
};

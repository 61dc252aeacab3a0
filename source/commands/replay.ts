import type {Action} from '../domain/action.ts';
import type {State} from '../domain/state.ts';
import type {Clock} from '../polling/clock.ts';
import type {Store} from '../polling/store.ts';
import type {RecordedAction} from '../sources/recording.ts';

/** An entry that was changed by hand may be anything: what the state cannot take is passed over. */
const dispatchSafely = ({dispatch}: Store<State, Action>, action: Action): void => {
	try {
		dispatch(action);
	} catch {
		// The state is as it was before: nothing of the entry has been taken over.
	}
};

/** Lets everything happen at once. */
export const applyAll = (entries: readonly RecordedAction[], store: Store<State, Action>): void => {
	for (const {action} of entries) dispatchSafely(store, action);
};

/** Lets everything happen again when its time comes. Returns the way to stop. */
export const play = (entries: readonly RecordedAction[], store: Store<State, Action>, clock: Clock): (() => void) => {
	let next = 0;
	let cancel: () => void = () => undefined;
	const step = () => {
		for (;;) {
			const entry = entries[next];
			if (entry === undefined) return;
			const waitMs = entry.at - clock.now();
			if (waitMs > 0) {
				cancel = clock.after(waitMs, step);
				return;
			}
			dispatchSafely(store, entry.action);
			next++;
		}
	};
	step();
	return () => cancel();
};

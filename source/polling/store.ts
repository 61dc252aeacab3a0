/** One state, changed only by dispatching to a pure reducer. */
export type Store<S, A> = {
	getState(): S;
	/** The state to show: the snapshot while frozen, else the newest. */
	getShown(): S;
	dispatch(action: A): void;
	subscribe(listener: () => void): () => void;
	/** Keeps the present state to be shown while data goes on arriving behind it, which listeners are still told of. */
	freeze(): void;
	thaw(): void;
};

/**
 * A store over a pure reducer. `pace`, where given, wraps the notification so that many dispatches become few
 * renders: Ink's maxFps limits painting only, not React.
 */
export const createStore = <S, A>(
	reduce: (state: S, action: A) => S,
	initial: S,
	pace: (notify: () => void) => () => void = notify => notify,
): Store<S, A> => {
	const listeners = new Set<() => void>();
	let state = initial;
	let snapshot: {readonly state: S} | undefined;
	const notifyNow = () => {
		for (const listener of listeners) listener();
	};
	const notify = pace(notifyNow);
	return {
		getState: () => state,
		getShown: () => (snapshot === undefined ? state : snapshot.state),
		dispatch(action) {
			const next = reduce(state, action);
			if (next === state) return;
			state = next;
			notify();
		},
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		freeze() {
			snapshot = {state};
			notifyNow();
		},
		thaw() {
			snapshot = undefined;
			notifyNow();
		},
	};
};

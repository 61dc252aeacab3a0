import type {Pace, Urgency} from './pace.ts';

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

type Telling<S, A> = {
	/** How soon listeners are to hear of an action that has changed the state. */
	readonly urgencyOf: (action: A, before: S, after: S) => Urgency;
	/** Makes few notifications of many: each of them renders. */
	readonly pace?: Pace;
};

const atOnce: Pace = notify => notify;

/** A store over a pure reducer. Without more, listeners are told of every change at once. */
export const createStore = <S, A>(
	reduce: (state: S, action: A) => S,
	initial: S,
	{urgencyOf, pace = atOnce}: Telling<S, A> = {urgencyOf: () => 'now'},
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
			const urgency = urgencyOf(action, state, next);
			state = next;
			if (urgency !== 'unasked') notify(urgency);
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

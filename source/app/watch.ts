import {nextLocalDay} from '../domain/common/calendar.ts';
import {windowAt} from '../domain/common/window.ts';
import type {Clock} from '../polling/clock.ts';
import type {Store} from '../polling/store.ts';
import type {Running, Watched, Watching} from '../polling/watching.ts';
import {placesOf, type Source} from '../sources/source.ts';
import {sourceKey} from '../state/source-status.ts';
import type {Action, State} from '../state/state.ts';
import {type WatchOptions, watchSource} from './watch-source.ts';

const windowCheckMs = 30_000;

/** The window goes along with the time and changes at midnight; the clock is looked at, not trusted to have slept exactly so long. */
const watchWindow = (store: Store<State, Action>, clock: Clock): Watched => ({
	key: 'window',
	start() {
		let stop: () => void;
		const look = () => {
			const now = clock.now();
			store.dispatch({type: 'window', ...windowAt(now, store.getState())});
			stop = clock.after(Math.min(windowCheckMs, nextLocalDay(now) - now), look);
		};
		look();
		return {refresh: () => undefined, stop: () => stop()};
	},
});

/** Tells which of these sources are to be watched where, as the state changes. React-free. */
export const createWatching = (sources: readonly Source[], options: WatchOptions): Watching => {
	const {store, clock, context} = options;
	const known = new Map<string, Watched>();
	const running = new Set<Running>();
	const window = watchWindow(store, clock);
	let list: readonly Watched[] = [];

	const onHealed = (kinds: ReadonlySet<string>) => {
		for (const {retry} of running) retry?.(kinds);
	};

	const placed = (source: Source, region: string | undefined): Watched => {
		const {name} = source;
		const key = sourceKey(name, region);
		const one = known.get(key);
		if (one !== undefined) return one;
		const inner = watchSource(source, region, {...options, onHealed});
		const start = () => {
			const it = inner.start();
			running.add(it);
			return {
				refresh: it.refresh,
				stop() {
					running.delete(it);
					it.stop();
					// Its age would go on growing. Where the program ends, all is still wanted and stays as it is.
					if (wanted().includes(watched)) return;
					store.dispatch({type: 'status', status: {name, region, phase: 'off', failures: 0}});
				},
			};
		};
		const watched = {key, start};
		known.set(key, watched);
		return watched;
	};

	const wanted = (): readonly Watched[] => {
		const state = context.getState();
		const now = sources.flatMap(source =>
			placesOf(source, state, context.options).map(region => placed(source, region)),
		);
		const next = [window, ...now];
		const isSame = next.length === list.length && next.every((watched, index) => watched === list[index]);
		if (!isSame) list = next;
		return list;
	};

	return {
		names: new Set(sources.map(({name}) => name)),
		wanted,
		refresh() {
			for (const {refresh} of running) refresh();
		},
	};
};

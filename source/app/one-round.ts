import type {Clock} from '../polling/clock.ts';
import type {Store} from '../polling/store.ts';
import {type OpenSource, openSource, placesOf, type Source, type SourceContext} from '../sources/source.ts';
import {sourceKey} from '../state/source-status.ts';
import type {Action, State} from '../state/state.ts';

type Round = {
	readonly store: Store<State, Action>;
	readonly sources: readonly Source[];
	readonly context: SourceContext;
	readonly clock: Clock;
};

const createAsk = ({store, context, clock}: Round) => {
	const opened = new Map<string, OpenSource>();
	const askAt = async (source: Source, region: string | undefined): Promise<void> => {
		const {name} = source;
		const key = sourceKey(name, region);
		const one = opened.get(key) ?? openSource(source, context, region);
		opened.set(key, one);
		const common = {name, region, phase: 'idle' as const};
		try {
			await one.read(store.dispatch, new AbortController().signal);
			store.dispatch({type: 'status', status: {...common, failures: 0, lastSuccessAt: clock.now()}});
		} catch (error) {
			store.dispatch({type: 'status', status: {...common, failures: 1, problem: one.explain(error)}});
		}
	};
	return async (source: Source): Promise<void> => {
		const places = placesOf(source, context.getState(), context.options);
		await Promise.all(places.map(region => askAt(source, region)));
	};
};

/**
 * One round of every source, in the order that they ask for. A source that fails is written down as such and keeps none
 * of the others from answering.
 */
export const collectOnce = async (round: Round): Promise<void> => {
	const ask = createAsk(round);
	const steps = round.sources.flatMap(source =>
		source.round.map((after, time) => ({name: time === 0 ? source.name : `${source.name} again`, after, source})),
	);
	const others = steps.filter(({after}) => after !== 'others');
	const begun = new Map<string, Promise<void>>();
	const begin = ({name, after, source}: (typeof steps)[number]): Promise<void> => {
		const before = after === 'others' ? others : steps.filter(step => after.includes(step.name));
		const done = begun.get(name) ?? Promise.all(before.map(begin)).then(() => ask(source));
		begun.set(name, done);
		return done;
	};
	await Promise.all(steps.map(begin));
};

/** Whether at least one source answered. */
export const hasAnswer = ({sources}: State): boolean =>
	[...sources.values()].some(({lastSuccessAt}) => lastSuccessAt !== undefined);

import type {Clock} from '../polling/clock.ts';
import type {Store} from '../polling/store.ts';
import type {Feed, Feeds} from '../sources/feed.ts';
import {watchedRegions} from '../state/overview.ts';
import type {Action, State} from '../state/state.ts';
import {unresolvedIds} from '../state/unresolved.ts';

type Collection = {
	readonly store: Store<State, Action>;
	readonly feeds: Feeds;
	readonly clock: Clock;
};

const askOnce = async (feed: Feed | undefined, {store, clock}: Collection): Promise<void> => {
	if (feed === undefined) return;
	const common = {name: feed.name, region: feed.region, phase: 'idle' as const};
	try {
		await feed.read(store.dispatch, new AbortController().signal);
		store.dispatch({type: 'status', status: {...common, failures: 0, lastSuccessAt: clock.now()}});
	} catch (error) {
		store.dispatch({type: 'status', status: {...common, failures: 1, problem: feed.explain(error)}});
	}
};

/**
 * One round of every source. A source that fails is written down as such and keeps none of the others from answering.
 * Sessions come first, because they decide which regions are asked, and again once the transcripts have named the
 * folders that replied.
 */
export const collectOnce = async (collection: Collection): Promise<void> => {
	const {store, feeds} = collection;
	const ask = (feed: Feed | undefined) => askOnce(feed, collection);
	await ask(feeds.sessions);
	// A transcript whose last line has no newline yet gives that line to the second reading only.
	const local = ask(feeds.transcripts)
		.then(() => ask(feeds.sessions))
		.then(() => ask(feeds.transcripts));
	await ask(feeds.identity?.(watchedRegions(store.getState())));
	const regions = watchedRegions(store.getState());
	const remote = regions.flatMap(region => [ask(feeds.trail?.(region)), ask(feeds.metrics?.(region))]);
	await Promise.all([local, ask(feeds.bill), ask(feeds.expiry), ask(feeds.opinion), ...remote]);
	await Promise.all(regions.slice(0, 1).map(region => ask(feeds.prerequisites?.(region))));
	if (unresolvedIds(store.getState()).length > 0) await ask(feeds.profiles?.());
};

/** Whether at least one source answered. */
export const hasAnswer = ({sources}: State): boolean =>
	[...sources.values()].some(({lastSuccessAt}) => lastSuccessAt !== undefined);

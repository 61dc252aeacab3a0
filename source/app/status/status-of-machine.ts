import {windowAt} from '../../domain/common/window.ts';
import type {PriceBook} from '../../domain/money/price-book.ts';
import {statusOf} from '../../output/status/status.ts';
import type {Clock} from '../../polling/clock.ts';
import {createStore} from '../../polling/store.ts';
import {createSessionsFeed, createTranscriptsFeed, type Machine} from '../../sources/local-feeds.ts';
import {overview} from '../../state/overview.ts';
import {type Action, initialState, reduce, type State} from '../../state/state.ts';
import type {Status} from '../../state/status.ts';
import {collectOnce} from '../one-round.ts';

type Sources = {
	readonly machine: Machine;
	readonly book: PriceBook;
	readonly clock: Clock;
};

/** Today's status by this machine's files alone: nothing is asked of AWS. */
export const statusOfMachine = async ({machine, book, clock}: Sources): Promise<Status> => {
	const limits = {};
	const store = createStore<State, Action>(
		reduce,
		initialState(book, {
			...windowAt(clock.now(), {limits}),
			...{askedRegions: [], limits, cacheLifetime: undefined, watchCap: 0n, refreshMs: 60_000},
		}),
	);
	const feeds = {
		transcripts: createTranscriptsFeed(machine, store.getState),
		sessions: createSessionsFeed(machine, store.getState),
	};
	await collectOnce({store, feeds, clock});
	return statusOf(overview(store.getState(), clock.now()));
};

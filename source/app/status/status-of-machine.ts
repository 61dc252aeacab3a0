import type {Options} from '../../cli/options.ts';
import {windowAt} from '../../domain/common/window.ts';
import {statusOf} from '../../output/status/status.ts';
import {systemClock} from '../../polling/clock.ts';
import {createStore} from '../../polling/store.ts';
import {createSessionsFeed, createTranscriptsFeed} from '../../sources/local-feeds.ts';
import {loadBook} from '../../sources/prices/price-files.ts';
import {overview} from '../../state/overview.ts';
import {type Action, initialState, reduce, type State} from '../../state/state.ts';
import type {Status} from '../../state/status.ts';
import {cacheDirectory, localMachine} from '../machine.ts';
import {collectOnce} from '../one-round.ts';

/** Today's status by this machine's files alone: nothing is asked of AWS. Throws PriceFileError. */
export const statusByFiles = async ({claudeDirectories, pricesFile, discounts}: Options): Promise<Status> => {
	const machine = localMachine(claudeDirectories);
	const book = await loadBook({cacheDirectory: cacheDirectory(), discounts, file: pricesFile});
	const limits = {};
	const store = createStore<State, Action>(
		reduce,
		initialState(book, {
			...windowAt(systemClock.now(), {limits}),
			...{askedRegions: [], limits, cacheLifetime: undefined, watchCap: 0n, refreshMs: 60_000},
		}),
	);
	const feeds = {
		transcripts: createTranscriptsFeed(machine, store.getState),
		sessions: createSessionsFeed(machine, store.getState),
	};
	await collectOnce({store, feeds, clock: systemClock});
	return statusOf(overview(store.getState(), systemClock.now()));
};

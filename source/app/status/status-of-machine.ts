import type {Options} from '../../cli/options.ts';
import {windowAt} from '../../domain/common/window.ts';
import {createAllowance} from '../../domain/watching/allowance.ts';
import {statusOf} from '../../output/status/status.ts';
import {systemClock, wait} from '../../polling/clock.ts';
import {createStore} from '../../polling/store.ts';
import {createAws} from '../../sources/aws/aws.ts';
import {createDiskCache} from '../../sources/files/disk-cache.ts';
import {loadBook} from '../../sources/prices/price-files.ts';
import {sessions} from '../../sources/sessions/source.ts';
import type {SourceContext} from '../../sources/source.ts';
import {transcripts} from '../../sources/transcripts/source.ts';
import {overview} from '../../state/overview.ts';
import {type Action, initialState, reduce, type State} from '../../state/state.ts';
import type {Status} from '../../state/status.ts';
import {cacheDirectory, localMachine} from '../machine.ts';
import {collectOnce} from '../one-round.ts';

/** Today's status by this machine's files alone: nothing is asked of AWS. Throws PriceFileError. */
export const statusByFiles = async ({claudeDirectories, pricesFile, discounts}: Options): Promise<Status> => {
	const clock = systemClock;
	const book = await loadBook({cacheDirectory: cacheDirectory(), discounts, file: pricesFile});
	const [limits, settings] = [{}, {watchCap: 0n, refreshMs: 60_000}];
	const store = createStore<State, Action>(
		reduce,
		initialState(book, {
			...windowAt(clock.now(), {limits}),
			...{askedRegions: [], limits, cacheLifetime: undefined, ...settings},
		}),
	);
	const context: SourceContext = {
		options: {purpose: 'report', hasAws: false, hasCostExplorer: false, isDemo: false, hasHistory: false, ...settings},
		...{aws: createAws({}), machine: localMachine(claudeDirectories), now: clock.now, getState: store.getState},
		wait: (ms, signal) => wait(clock, ms, signal),
		...{cache: createDiskCache(undefined), allowance: createAllowance(undefined, clock.now())},
	};
	await collectOnce({store, sources: [sessions, transcripts], context, clock});
	return statusOf(overview(store.getState(), clock.now()));
};

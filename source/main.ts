import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {createBook, type PriceBook} from './domain/price-book.ts';
import {priceTable} from './domain/price-table.ts';
import {type Action, initialState, reduce, type State} from './domain/state.ts';
import {windowAt} from './domain/window.ts';
import {monitor} from './monitor.tsx';
import type {Options} from './options.ts';
import {coalesce, systemClock} from './polling/clock.ts';
import {createStore} from './polling/store.ts';
import {printPolicy, printPrices, report, stream} from './rounds.tsx';
import type {Run, Surroundings} from './run.ts';
import {loadBook} from './sources/price-files.ts';

/** Background data repaints at most so often; keys are answered at once. */
const paintMs = 250;

/** What most people have is what ships: what reads other prices is loaded only where there are some. */
const openBook = async ({pricesFile: file}: Options, {discounts, cacheDirectory}: Surroundings): Promise<PriceBook> => {
	const hasKept = cacheDirectory !== undefined && existsSync(join(cacheDirectory, 'prices.json'));
	if (file === undefined && !hasKept) return createBook([priceTable], discounts);
	return loadBook({cacheDirectory, discounts, file});
};

/** Runs what the options ask for and answers the exit code. Throws PriceFileError for a file that cannot be used. */
export const run = async (options: Options, surroundings: Surroundings): Promise<number> => {
	const book = await openBook(options, surroundings);
	if (options.mode === 'policy') return printPolicy(options, surroundings);
	if (options.mode === 'prices') return printPrices(options, surroundings, book);
	const now = systemClock.now();
	const {limits, sinceMs} = options;
	const store = createStore<State, Action>(
		reduce,
		initialState(book, {
			...windowAt(now, {limits, spanMs: sinceMs}),
			askedRegions: options.regions,
			limits,
			cacheLifetime: options.cacheLifetime,
			watchCap: options.watchCap,
			refreshMs: options.refreshMs,
			awsProfile: options.profile ?? surroundings.awsProfile,
		}),
		notify => coalesce(systemClock, paintMs, notify),
	);
	const it: Run = {options, store, surroundings};
	if (options.mode === 'jsonl') return stream(it);
	return options.mode === 'live' ? monitor(it) : report(it);
};

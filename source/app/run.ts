import {existsSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import type {Options} from '../cli/options.ts';
import {usualFanOut} from '../domain/agents/fan-out.ts';
import {windowAt} from '../domain/common/window.ts';
import {createBook, type PriceBook} from '../domain/money/price-book.ts';
import {priceTable} from '../domain/money/price-table.ts';
import {systemClock} from '../polling/clock.ts';
import {createPace} from '../polling/pace.ts';
import {createStore, type Store} from '../polling/store.ts';
import {loadBook} from '../sources/prices/price-files.ts';
import {type Action, initialState, reduce, type Settings, type State} from '../state/state.ts';
import {urgencyOf} from '../state/urgency.ts';
import {monitor, show} from './monitor.ts';
import type {Run, Runtime} from './runtime.ts';

/** Background data repaints at most so often, what this machine has just done at most every 50 ms; keys do at once. */
const pace = createPace(systemClock, {urgentMs: 50, everyMs: 250});

/** What most people have is what ships: what reads other prices is loaded only where there are some. */
const openBook = async ({pricesFile: file, discounts}: Options, {cacheDirectory}: Runtime): Promise<PriceBook> => {
	const hasKept = cacheDirectory !== undefined && existsSync(join(cacheDirectory, 'prices.json'));
	if (file === undefined && !hasKept) return createBook([priceTable], discounts);
	return loadBook({cacheDirectory, discounts, file});
};

const settingsOf = (options: Options, {awsProfile}: Runtime): Settings => {
	const {limits, mode, mostAgents, mostAgentsCost} = options;
	// A report has one window for all clocks.
	const since = options.since ?? (mode === 'report' ? {begins: 'day' as const} : undefined);
	return {
		...windowAt(systemClock.now(), {limits, ...since}),
		askedRegions: options.regions,
		limits,
		fanOut: {
			agents: {most: mostAgents ?? usualFanOut.agents, isChosen: mostAgents !== undefined},
			spend: {most: mostAgentsCost ?? usualFanOut.spend, isChosen: mostAgentsCost !== undefined},
		},
		cacheLifetime: options.cacheLifetime,
		watchCap: options.watchCap,
		refreshMs: options.refreshMs,
		awsProfile: options.profile ?? awsProfile,
	};
};

const openStore = (book: PriceBook, settings: Settings): Store<State, Action> =>
	createStore<State, Action>(reduce, initialState(book, settings), {urgencyOf, pace});

/** All that is no live monitor, which does not wait for it. */
const rounds = () => import('./rounds.ts');

/** What everything shows and dispatches to: the true store, or one that masks it, and what records it. */
const openShownStore = async (
	truth: Store<State, Action>,
	{options, runtime, onFault}: Pick<Run, 'options' | 'runtime'> & {onFault: (sentence: string) => void},
) => {
	const {recordFile: file, isForced: mayReplace, blackBox, isMasked, isDemo} = options;
	const isRecorded = options.mode === 'live' && (file !== undefined || blackBox !== undefined);
	if (!isMasked && !isRecorded) return truth;
	const [{maskedStore: createMaskedStore}, {record}] = await Promise.all([
		import('./recording/masked-store.ts'),
		import('./recording/record.ts'),
	]);
	const shown = isMasked ? createMaskedStore(truth, openStore(truth.getState().book, truth.getState())) : truth;
	if (!isRecorded) return shown;
	const {version} = runtime;
	return record(shown, {
		...{file, mayReplace, blackBox, version, isDemo, store: truth, clock: systemClock, pid: process.pid},
		onFault,
	});
};

/** Runs what the options ask for and answers the exit code. Throws PriceFileError and RecordingError for bad files. */
export const run = async (options: Options, runtime: Runtime): Promise<number> => {
	if (options.mode === 'history') return (await import('./history-command.ts')).historyCommand(options, runtime);
	const book = await openBook(options, runtime);
	if (options.mode === 'policy') return (await rounds()).printPolicy(options, runtime);
	if (options.mode === 'prices') return (await rounds()).printPrices(options, runtime, book);
	if (options.replay !== undefined) {
		const {openReplay} = await import('./recording/replay.ts');
		return openReplay(options.replay, {
			...runtime,
			...{isJson: options.isJson, isAscii: options.isAscii, clock: systemClock},
			open: settings => openStore(book, settings),
			async show(played) {
				const {update, exitCode} = await show({options, runtime, ...played});
				update({home: played.home});
				return exitCode();
			},
		});
	}
	const truth = openStore(book, settingsOf(options, runtime));
	const faults: string[] = [];
	const store = await openShownStore(truth, {options, runtime, onFault: sentence => faults.push(sentence)});
	const it: Run = {options, truth, store, runtime};
	if (options.mode === 'jsonl') return (await import('./stream.ts')).stream(it);
	if (options.mode !== 'live') return (await rounds()).report(it);
	const code = await monitor(it);
	// While the monitor has the screen there is no room for a sentence beside it.
	for (const sentence of faults) runtime.warn(sentence);
	return code;
};

import {existsSync} from 'node:fs';
import module from 'node:module';
import {join} from 'node:path';
import process from 'node:process';
import {Writable} from 'node:stream';
import v8 from 'node:v8';
import vm from 'node:vm';
import {render} from 'ink';
import {App, interrupted} from './app.tsx';
import {keepStatus} from './commands/keep-status.ts';
import {renderFullScreen} from './components/full-screen.ts';
import type {Discounts} from './domain/discount.ts';
import {overview} from './domain/overview.ts';
import {createBook, type PriceBook} from './domain/price-book.ts';
import {priceTable} from './domain/price-table.ts';
import {type Action, initialState, reduce, type State} from './domain/state.ts';
import {windowAt} from './domain/window.ts';
import {Polling} from './hooks/polling.tsx';
import type {NotifyProtocol, Options} from './options.ts';
import {coalesce, systemClock} from './polling/clock.ts';
import {createStore, type Store} from './polling/store.ts';
import {loadBook} from './sources/price-files.ts';
import {asciiText, toAscii} from './view/ascii.ts';
import {createKeymap} from './view/keymap.ts';
import type {Line} from './view/line.ts';
import {createPaint} from './view/theme.ts';
import {openAws, openWorld, type World} from './world.ts';

/** What the program gives to and takes from the process it runs in. */
export type Surroundings = {
	readonly version: string;
	print(text: string): Promise<void>;
	/** Registers what must happen however the process ends; the last registration counts. */
	onEnd(callback: () => void): void;
	/** One sentence for the person beside the output: stderr. */
	complain(sentence: string): void;
	ringBell(): void;
	/** A notification of the terminal's own. */
	notifyTerminal(protocol: NotifyProtocol, sentence: string): void;
	/** Puts a text on the clipboard. */
	copy(text: string): void;
	/** Of the terminal, or what a log is read at. */
	readonly columns: number;
	/** Where small things are kept between runs; absent: nowhere. */
	readonly cacheDirectory: string | undefined;
	/** Where a running program keeps what `bedtop status` shows; absent: nowhere. */
	readonly stateDirectory: string | undefined;
	readonly discounts: Discounts;
	/** `AWS_PROFILE`. */
	readonly awsProfile?: string | undefined;
	/** Whoever sends AWS's requests elsewhere means this one too. */
	readonly publicPrices?: string | undefined;
};

type Run = {
	readonly options: Options;
	readonly store: Store<State, Action>;
	readonly surroundings: Surroundings;
};

/** Background data repaints at most so often; keys are answered at once. */
const paintMs = 250;

const collectEveryMs = 5 * 60_000;

/**
 * Left alone, V8 lets 20 MB of live data grow to 190 MB resident within half an hour, because nothing presses it.
 * A collection every few minutes takes some 20 ms and keeps it near what it was after the start; the flag that favours
 * size (`--optimize-for-size`) did the same, but doubled the CPU of a quiet minute.
 */
const keepSmall = () => {
	v8.setFlagsFromString('--expose-gc');
	const collect: () => void = vm.runInNewContext('gc');
	const later = () =>
		systemClock.after(collectEveryMs, () => {
			collect();
			later();
		});
	later();
};

const open = ({options, store, surroundings}: Run): Promise<World> =>
	openWorld(options, store, surroundings.cacheDirectory);

const report = async (run: Run): Promise<number> => {
	const {options, store, surroundings} = run;
	const {feeds, home, remove} = await open(run);
	surroundings.onEnd(remove);
	const {check, collectOnce, doctor, hasAnswer, renderReport, stringifySafely, toJson} = await import(
		'./commands/commands.ts'
	);
	await collectOnce({store, feeds, clock: systemClock});
	const view = overview(store.getState(), systemClock.now());
	if (options.mode === 'check') {
		const {code, sentences} = check(view);
		for (const sentence of sentences) surroundings.complain(sentence);
		return code;
	}
	const inSigns = (text: string) => (options.isAscii ? asciiText(text) : text);
	if (options.mode === 'doctor') {
		const {text, code} = doctor(view, {isJson: options.isJson, columns: surroundings.columns});
		await surroundings.print(inSigns(text));
		return code;
	}
	if (options.mode === 'json') {
		const json = toJson(view, {version: surroundings.version, isDemo: options.isDemo});
		await surroundings.print(`${stringifySafely(json)}\n`);
	} else {
		await surroundings.print(inSigns(renderReport(view, {isDemo: options.isDemo, home})));
	}
	return hasAnswer(store.getState()) ? 0 : 2;
};

const printPrices = async (options: Options, surroundings: Surroundings, book: PriceBook): Promise<number> => {
	const {prices} = await import('./commands/commands.ts');
	const {refreshesPrices, regions, profile, isJson} = options;
	return prices({
		...surroundings,
		...{book, isJson, profile},
		refreshFrom: refreshesPrices ? (regions[0] ?? 'us-east-1') : undefined,
		openAws: () => openAws(options),
		publicPrices: surroundings.publicPrices,
		now: systemClock.now,
	});
};

/** Rings and notifies as far as the person wants either. */
const alarmOf = ({hasBell, notify}: Options, {ringBell, notifyTerminal}: Surroundings) => {
	if (!hasBell && notify === undefined) return undefined;
	return (sentence: string) => {
		if (hasBell) ringBell();
		if (notify !== undefined) notifyTerminal(notify, sentence);
	};
};

const monitor = async (run: Run): Promise<number> => {
	const {options, store, surroundings} = run;
	const keymap = createKeymap(options.keys);
	const coloured = createPaint(options.theme);
	const paint = options.isAscii ? (line: Line) => coloured(toAscii(line)) : coloured;
	const appOf = (world: Partial<World>) => (
		<App
			store={store}
			feeds={world.feeds ?? {}}
			clock={systemClock}
			random={Math.random}
			refreshMs={world.refreshMs ?? options.refreshMs}
			isDemo={options.isDemo}
			keymap={keymap}
			paint={paint}
			alarm={alarmOf(options, surroundings)}
			copy={surroundings.copy}
			home={world.home}
		/>
	);
	const instance = renderFullScreen(appOf({}), {stdout: process.stdout, maxFps: 10});
	surroundings.onEnd(instance.unmount);
	const ended = instance.waitUntilExit();
	// The sources begin only when the first frame is on screen, and the AWS SDK is loaded only then.
	await instance.waitUntilRenderFlush();
	const world = await open(run);
	const forgetStatus = keepStatus({
		store,
		clock: systemClock,
		directory: surroundings.stateDirectory,
		pid: process.pid,
	});
	surroundings.onEnd(() => {
		instance.unmount();
		forgetStatus();
		world.remove();
	});
	instance.rerender(appOf(world));
	// A pane that is left open all day may never end in an orderly way; the next start should profit all the same.
	module.flushCompileCache?.();
	keepSmall();
	return (await ended) === interrupted ? 130 : 0;
};

/** Like the monitor, but what is drawn is a line of JSON for each change. */
const stream = async (run: Run): Promise<number> => {
	const {options, store, surroundings} = run;
	const {feeds, refreshMs, remove} = await open(run);
	const {createStream} = await import('./commands/commands.ts');
	const onChange = createStream({
		version: surroundings.version,
		isDemo: options.isDemo,
		clock: systemClock,
		look: () => overview(store.getState(), systemClock.now()),
		print: surroundings.print,
	});
	store.subscribe(onChange);
	const nowhere = new Writable({write: (_chunk, _encoding, callback) => callback()}) as NodeJS.WriteStream;
	const polling = (
		<Polling store={store} feeds={feeds} clock={systemClock} random={Math.random} refreshMs={refreshMs} />
	);
	const instance = render(polling, {stdout: nowhere, interactive: false, exitOnCtrlC: false, patchConsole: false});
	surroundings.onEnd(() => {
		instance.unmount();
		remove();
	});
	await instance.waitUntilExit();
	return 0;
};

const printPolicy = async ({hasAws, watchCap, hasCostExplorer}: Options, {print}: Surroundings): Promise<number> => {
	const {policyFor} = await import('./commands/commands.ts');
	await print(`${JSON.stringify(policyFor({hasAws, hasMetrics: watchCap > 0n, hasCostExplorer}), undefined, 2)}\n`);
	return 0;
};

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

import type {NotifyProtocol, Options} from '../cli/options.ts';
import type {Store} from '../polling/store.ts';
import {maskHome} from '../state/redaction/patterns.ts';
import type {Action, State} from '../state/state.ts';
import type {OpenedSources} from './open-sources.ts';

/** What the program gives to and takes from the process it runs in. */
export type Runtime = {
	readonly version: string;
	print(text: string): Promise<void>;
	/** Calls back when nobody reads any more what is printed; returns the way to stop. */
	watchReader(onGone: () => void): () => void;
	/** Registers what must happen however the process ends, what was registered last first. */
	onEnd(callback: () => void): void;
	/** One sentence for the person beside the output: stderr. */
	warn(sentence: string): void;
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
	/** `AWS_PROFILE`. */
	readonly awsProfile?: string | undefined;
	/** Whoever sends AWS's requests elsewhere means this one too. */
	readonly publicPrices?: string | undefined;
};

/** One run of the program over a store. */
export type Run = {
	readonly options: Options;
	/** What everything shows and dispatches to. */
	readonly store: Store<State, Action>;
	/** What the sources ask with: the same, where nothing is masked. */
	readonly truth: Store<State, Action>;
	readonly runtime: Runtime;
};

/** Opens what the options ask for: this machine and its account, or the demo's. */
export const openRun = async ({options, store, truth, runtime}: Run): Promise<OpenedSources> => {
	// Nothing of any source is loaded before the first frame is on screen.
	const {openSources} = await import('./open-sources.ts');
	const opened = await openSources(options, {...store, getState: truth.getState}, runtime);
	return options.isMasked ? {...opened, home: maskHome(opened.home)} : opened;
};

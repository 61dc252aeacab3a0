import {toJson} from '../output/json/json.ts';
import {stringifySafely} from '../output/json/json-text.ts';
import {type Clock, coalesce, systemClock} from '../polling/clock.ts';
import {keepRunning} from '../polling/watching.ts';
import {hasSpoken} from '../state/health.ts';
import {type Overview, overview} from '../state/overview.ts';
import type {State} from '../state/state.ts';
import {openRun, type Run} from './runtime.ts';
import {createWatching} from './watch.ts';

type StreamOptions = {
	readonly version: string;
	readonly isDemo: boolean;
	readonly clock: Clock;
	/** What is known at this moment. */
	readonly look: () => Overview;
	/** Writes one line; resolves when the reader has taken it. */
	readonly print: (line: string) => Promise<void>;
};

/** One object a second at most, however much happens. */
const everyMs = 1000;

/** What is known, without what passes with time alone: ages, windows, when a source was last asked. */
const known = ({sources, spendSince: _, historySince: __, ...rest}: State): readonly unknown[] => [
	...Object.values(rest),
	JSON.stringify([...sources.values()].map(({name, region, problem}) => [name, region, problem])),
];

/**
 * Prints an object for each change, one per line. To be called whenever something may have changed; a reader that is
 * slower than the changes gets the newest, not all.
 */
const createStream = ({version, isDemo, clock, look, print}: StreamOptions): (() => void) => {
	let before: readonly unknown[] = [];
	let isPrinting = false;
	let isDue = false;
	const write = async () => {
		if (isPrinting) {
			isDue = true;
			return;
		}
		const view = look();
		// Before the transcripts have been read, a sum of them would be a zero that nobody knows.
		if (!hasSpoken(view.state, 'transcripts')) return;
		const now = known(view.state);
		const isSame = now.length === before.length && now.every((part, index) => part === before[index]);
		if (isSame) return;
		before = now;
		isPrinting = true;
		await print(`${stringifySafely(toJson(view, {version, isDemo}), 0)}\n`);
		isPrinting = false;
		if (isDue) {
			isDue = false;
			onChange();
		}
	};
	const onChange = coalesce(clock, everyMs, () => void write());
	return onChange;
};

/** Like the monitor, but what is drawn is a line of JSON for each change. */
export const stream = async (run: Run): Promise<number> => {
	const {options, store, runtime} = run;
	const {sources, context, remove} = await openRun(run);
	const onChange = createStream({
		version: runtime.version,
		isDemo: options.isDemo,
		clock: systemClock,
		look: () => overview(store.getState(), systemClock.now()),
		print: runtime.print,
	});
	store.subscribe(onChange);
	const watching = createWatching(sources, {store, context, clock: systemClock, random: Math.random});
	const stop = keepRunning(watching, store.subscribe);
	await new Promise<void>(resolve => {
		const stopWatchingReader = runtime.watchReader(resolve);
		runtime.onEnd(() => {
			stopWatchingReader();
			stop();
			remove();
			resolve();
		});
	});
	return 0;
};

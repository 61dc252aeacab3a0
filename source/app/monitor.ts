import module from 'node:module';
import process from 'node:process';
import v8 from 'node:v8';
import vm from 'node:vm';
import type {Options} from '../cli/options.ts';
import {type Clock, systemClock} from '../polling/clock.ts';
import {createKeymap} from '../screen/input/keymap.ts';
import {initialUi} from '../screen/input/ui.ts';
import {linesOf} from '../screen/layout/frame.ts';
import {composeScreen} from '../screen/layout/screen.ts';
import {toAscii} from '../screen/text/ascii.ts';
import type {Line} from '../screen/text/line.ts';
import {createPaint} from '../screen/text/theme.ts';
import {overview} from '../state/overview.ts';
import {takeTerminal} from './display/take-terminal.ts';
import type {Interface} from './interface.tsx';
import {keyboard} from './keyboard.ts';
import {openRun, type Run, type Runtime} from './runtime.ts';
import {keepStatus} from './status/keep-status.ts';
import {createWatching} from './watch.ts';

const collectEveryMs = 5 * 60_000;

/**
 * Left alone, V8 lets 20 MB of live data grow to 190 MB resident within half an hour, because nothing makes it collect.
 * A collection every few minutes takes some 20 ms and keeps it near what it was after the start; the flag that favours
 * size (`--optimize-for-size`) did the same, but doubled the CPU of a quiet minute.
 */
const collectGarbageRegularly = () => {
	v8.setFlagsFromString('--expose-gc');
	const collect: () => void = vm.runInNewContext('gc');
	const schedule = () =>
		systemClock.after(collectEveryMs, () => {
			collect();
			schedule();
		});
	schedule();
};

/** Rings and notifies as far as the person wants either. */
const alarmOf = ({hasBell, notify}: Options, {ringBell, notifyTerminal}: Runtime) => {
	if (!hasBell && notify === undefined) return undefined;
	return (sentence: string) => {
		if (hasBell) ringBell();
		if (notify !== undefined) notifyTerminal(notify, sentence);
	};
};

type Show = Pick<Run, 'options' | 'store' | 'runtime'> & {
	readonly clock?: Clock;
	readonly isDemo?: boolean;
	/** Where a recording is played: what is said of it. */
	readonly replay?: () => string;
};

/** Ink has the text read out instead of painted: https://github.com/vadimdemedes/ink#screen-reader-support */
const isSpoken = () => process.env.INK_SCREEN_READER === 'true';

/**
 * The app on screen. Its first frame is composed and painted by what is there already; Ink, which takes longer to load
 * than all of that, comes after it and finds the keys that were pressed meanwhile.
 */
export const show = async ({options, store, runtime, clock = systemClock, isDemo = options.isDemo, replay}: Show) => {
	const {stdout} = process;
	const keymap = createKeymap(options.keys);
	const inColour = createPaint(options.theme);
	const paint = options.isAscii ? (line: Line) => inColour(toAscii(line)) : inColour;
	const rowsNow = () => {
		const {columns, rows} = stdout;
		const looks = {columns, rows, ui: initialUi, keymap, isDemo, replay: replay?.()};
		return linesOf(composeScreen(overview(store.getState(), clock.now()), looks).frame).map(paint);
	};
	const terminal = isSpoken() ? undefined : takeTerminal({stdout, keyboard, rows: rowsNow()});
	let app: Interface | undefined;
	runtime.onEnd(() => {
		app?.unmount();
		terminal?.giveBack();
	});
	const resized = () => terminal?.display.draw(rowsNow());
	stdout.on('resize', resized);
	const {mount} = await import('./interface.tsx');
	stdout.off('resize', resized);
	const {copy} = runtime;
	app = mount(
		{...{store, clock, isDemo, keymap, paint, replay, copy}, alarm: alarmOf(options, runtime)},
		{stdout, stdin: terminal?.stdin ?? keyboard(), terminal},
	);
	const {update, exitCode} = app;
	return {
		update,
		exitCode: () => exitCode().finally(() => terminal?.giveBack()),
	};
};

/** The live monitor, from its first frame to the exit code. */
export const monitor = async (run: Run): Promise<number> => {
	const {options, store, runtime} = run;
	const {update, exitCode} = await show({options, store, runtime});
	let isOver = false;
	const code = exitCode().finally(() => {
		isOver = true;
	});
	const {sources, context, home, remove} = await openRun(run);
	runtime.onEnd(remove);
	if (isOver) return code;
	const forgetStatus = keepStatus({
		store,
		clock: systemClock,
		directory: runtime.stateDirectory,
		pid: process.pid,
	});
	runtime.onEnd(forgetStatus);
	const watching = createWatching(sources, {store, context, clock: systemClock, random: Math.random});
	update({watching, home});
	// A pane that is left open all day may never end in an orderly way; the next start should profit all the same.
	module.flushCompileCache?.();
	collectGarbageRegularly();
	return code;
};

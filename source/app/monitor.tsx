import module from 'node:module';
import process from 'node:process';
import v8 from 'node:v8';
import vm from 'node:vm';
import type {Options} from '../cli/options.ts';
import {renderFullScreen} from '../components/full-screen.ts';
import {type Clock, systemClock} from '../polling/clock.ts';
import type {Watching} from '../polling/watching.ts';
import {createKeymap} from '../screen/input/keymap.ts';
import {toAscii} from '../screen/text/ascii.ts';
import type {Line} from '../screen/text/line.ts';
import {createPaint} from '../screen/text/theme.ts';
import {App, interrupted} from './app.tsx';
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

/** What is known only after the first frame. */
type Opened = {readonly watching?: Watching; readonly home?: string};

type Show = Pick<Run, 'options' | 'store' | 'runtime'> & {
	readonly clock?: Clock;
	readonly isDemo?: boolean;
	/** Where a recording is played: what is said of it. */
	readonly replay?: () => string;
};

/** The app on screen, and the way to give it its sources. */
export const show = ({options, store, runtime, clock = systemClock, isDemo = options.isDemo, replay}: Show) => {
	const keymap = createKeymap(options.keys);
	const inColour = createPaint(options.theme);
	const paint = options.isAscii ? (line: Line) => inColour(toAscii(line)) : inColour;
	const appOf = ({watching, home}: Opened) => (
		<App
			store={store}
			watching={watching}
			clock={clock}
			isDemo={isDemo}
			keymap={keymap}
			paint={paint}
			alarm={alarmOf(options, runtime)}
			copy={runtime.copy}
			home={home}
			replay={replay}
		/>
	);
	const instance = renderFullScreen(appOf({}), {stdout: process.stdout, stdin: keyboard(), maxFps: 10});
	runtime.onEnd(instance.unmount);
	return {
		instance,
		update: (opened: Opened) => instance.rerender(appOf(opened)),
		exitCode: async () => ((await instance.waitUntilExit()) === interrupted ? 130 : 0),
	};
};

/** The live monitor, from its first frame to the exit code. */
export const monitor = async (run: Run): Promise<number> => {
	const {options, store, runtime} = run;
	const {instance, update, exitCode} = show({options, store, runtime});
	const code = exitCode();
	// The sources begin only when the first frame is on screen, and the AWS SDK is loaded only then.
	await instance.waitUntilRenderFlush();
	const {sources, context, home, remove} = await openRun(run);
	const forgetStatus = keepStatus({
		store,
		clock: systemClock,
		directory: runtime.stateDirectory,
		pid: process.pid,
	});
	runtime.onEnd(() => {
		instance.unmount();
		forgetStatus();
		remove();
	});
	const watching = createWatching(sources, {store, context, clock: systemClock, random: Math.random});
	update({watching, home});
	// A pane that is left open all day may never end in an orderly way; the next start should profit all the same.
	module.flushCompileCache?.();
	collectGarbageRegularly();
	return code;
};

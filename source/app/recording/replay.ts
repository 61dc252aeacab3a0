import {toJson} from '../../output/json/json.ts';
import {stringifySafely} from '../../output/json/json-text.ts';
import {renderReport} from '../../output/report/report.ts';
import type {Clock} from '../../polling/clock.ts';
import {createReplayClock} from '../../polling/replay-clock.ts';
import type {Store} from '../../polling/store.ts';
import {asciiText} from '../../screen/text/ascii.ts';
import {formatTime} from '../../screen/text/format.ts';
import type {Action} from '../../state/action.ts';
import {overview} from '../../state/overview.ts';
import type {Settings, State} from '../../state/state.ts';
import {type Recording, readRecording} from './read-recording.ts';
import type {RecordedAction} from './recording-format.ts';

/** Lets everything happen again when its time comes. Returns the way to stop. */
export const play = (entries: readonly RecordedAction[], store: Store<State, Action>, clock: Clock): (() => void) => {
	let next = 0;
	let cancel: () => void = () => undefined;
	const step = () => {
		for (;;) {
			const entry = entries[next];
			if (entry === undefined) return;
			const waitMs = entry.at - clock.now();
			if (waitMs > 0) {
				cancel = clock.after(waitMs, step);
				return;
			}
			store.dispatch(entry.action);
			next++;
		}
	};
	step();
	return () => cancel();
};

type Played = {
	readonly store: Store<State, Action>;
	readonly clock: Clock;
	readonly isDemo: boolean;
	readonly replay: () => string;
	readonly home: string;
};

type Context = {
	/** As JSON rather than as a report. */
	readonly isJson: boolean;
	readonly isAscii: boolean;
	readonly version: string;
	readonly clock: Clock;
	readonly print: (text: string) => Promise<void>;
	readonly warn: (sentence: string) => void;
	readonly open: (settings: Settings) => Store<State, Action>;
	/** Shows a store on screen until the person has seen enough; answers the exit code. */
	readonly show: (played: Played) => Promise<number>;
};

/** Where a recording says that folders are. */
const home = '/home/person';

const endOf = ({header, entries}: Recording): number => entries.at(-1)?.at ?? header.startedAt;

/** All of it at once, then what was known at its end: the same bytes however often. */
const printEnd = async (recording: Recording, context: Context): Promise<number> => {
	const {isJson, isAscii, version, print, open} = context;
	const store = open(recording.header.settings);
	for (const {action} of recording.entries) store.dispatch(action);
	const {isDemo} = recording.header;
	const view = overview(store.getState(), endOf(recording));
	const text = isJson ? `${stringifySafely(toJson(view, {version, isDemo}))}\n` : renderReport(view, {isDemo, home});
	await print(isAscii && !isJson ? asciiText(text) : text);
	return 0;
};

const playOn = async (recording: Recording, speed: number, context: Context): Promise<number> => {
	const {header, entries} = recording;
	const endAt = endOf(recording);
	const clock = createReplayClock(context.clock, {startAt: header.startedAt, endAt, speed});
	const store = context.open(header.settings);
	const fast = speed === 1 ? '' : ` ×${speed}`;
	const replay = () =>
		clock.now() >= endAt ? `REPLAY ended ${formatTime(endAt)}` : `REPLAY ${formatTime(clock.now())}${fast}`;
	const stop = play(entries, store, clock);
	const code = await context.show({store, clock, isDemo: header.isDemo, replay, home});
	stop();
	return code;
};

/** Plays a recording on the screen, or prints what it comes to. Throws RecordingError. */
export const openReplay = async (
	{path, speed, isLive}: {readonly path: string; readonly speed: number; readonly isLive: boolean},
	context: Context,
): Promise<number> => {
	const recording = readRecording(path);
	const {corruptLines, otherFiles} = recording;
	if (corruptLines > 0) context.warn(`${corruptLines} lines of the recording could not be read.`);
	if (otherFiles > 0) context.warn(`${otherFiles} files are no part of the newest run there and were left out.`);
	return isLive ? playOn(recording, speed, context) : printEnd(recording, context);
};

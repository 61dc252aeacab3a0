import {applyAll, play, renderReport, stringifySafely, toJson} from './commands/commands.ts';
import {overview} from './domain/overview.ts';
import type {Action, Settings, State} from './domain/state.ts';
import {show} from './monitor.tsx';
import type {Options, Replay} from './options.ts';
import {systemClock} from './polling/clock.ts';
import {createReplayClock} from './polling/replay-clock.ts';
import type {Store} from './polling/store.ts';
import type {Surroundings} from './run.ts';
import {type Recording, readRecording} from './sources/recording.ts';
import {asciiText} from './view/ascii.ts';
import {formatTime} from './view/format.ts';

type Context = {
	readonly options: Options;
	readonly surroundings: Surroundings;
	readonly open: (settings: Settings) => Store<State, Action>;
};

const endOf = ({header, entries}: Recording): number => entries.at(-1)?.at ?? header.startedAt;

/** All of it at once, then what was known at its end: the same bytes however often. */
const printEnd = async (recording: Recording, {options, surroundings, open}: Context): Promise<number> => {
	const store = open(recording.header.settings);
	applyAll(recording.entries, store);
	const {isDemo} = recording.header;
	const view = overview(store.getState(), endOf(recording));
	const text = options.isJson
		? `${stringifySafely(toJson(view, {version: surroundings.version, isDemo}))}\n`
		: renderReport(view, {isDemo, home: '/home/person'});
	await surroundings.print(options.isAscii && !options.isJson ? asciiText(text) : text);
	return 0;
};

const playOn = async (recording: Recording, {speed}: Replay, {options, surroundings, open}: Context) => {
	const {header, entries} = recording;
	const endAt = endOf(recording);
	const clock = createReplayClock(systemClock, {startAt: header.startedAt, endAt, speed});
	const store = open(header.settings);
	const fast = speed === 1 ? '' : ` ×${speed}`;
	const replay = () =>
		clock.now() >= endAt ? `REPLAY ended ${formatTime(endAt)}` : `REPLAY ${formatTime(clock.now())}${fast}`;
	const {enter, ended} = show({options, store, surroundings, clock, isDemo: header.isDemo, replay});
	enter({home: '/home/person'});
	const stop = play(entries, store, clock);
	const code = await ended();
	stop();
	return code;
};

/** Plays a recording on the screen, or prints what it comes to. Throws RecordingError. */
export const openReplay = async (replay: Replay, context: Context): Promise<number> => {
	const recording = readRecording(replay.path);
	const {corruptLines} = recording;
	if (corruptLines > 0) context.surroundings.complain(`${corruptLines} lines of the recording could not be read.`);
	return replay.isLive ? playOn(recording, replay, context) : printEnd(recording, context);
};

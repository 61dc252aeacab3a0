import type {Clock} from '../../polling/clock.ts';
import type {Store} from '../../polling/store.ts';
import {fileReason} from '../../screen/words/file-problem.ts';
import {codeOf} from '../../sources/files/file-error.ts';
import {actionField} from '../../sources/registry.ts';
import {createRedactor} from '../../state/redaction/redact.ts';
import {actionsOf} from '../../state/snapshot.ts';
import type {Action, State} from '../../state/state.ts';
import {createBlackBox} from './black-box.ts';
import {appendToFile, beginFile} from './private-file.ts';
import {RecordingError} from './read-recording.ts';
import {entryLine, headerLine} from './recording-format.ts';

type RecordOptions = {
	readonly store: Store<State, Action>;
	readonly clock: Clock;
	readonly version: string;
	readonly isDemo: boolean;
	readonly file?: string | undefined;
	/** Whether the file may take the place of another. */
	readonly mayReplace?: boolean | undefined;
	/** A folder. */
	readonly blackBox?: string | undefined;
	readonly pid: number;
	/** Called once, with a sentence, when nothing more can be written. */
	readonly onFault: (sentence: string) => void;
};

/** Takes what happens down. */
type Recorder = (action: Action) => void;

/** Lets through what is new: neither that a source is being asked nor what it said before. */
const createStatusFilter = () => {
	const said = new Map<string, string>();
	return (action: Action): boolean => {
		if (action.type !== 'status') return true;
		const {name, region, phase, problem, failures} = action.status;
		if (phase === 'fetching') return false;
		const words = JSON.stringify([phase, problem, failures, Math.floor((action.status.lastSuccessAt ?? 0) / 30_000)]);
		const key = `${name} ${region}`;
		const isNews = said.get(key) !== words;
		said.set(key, words);
		return isNews;
	};
};

/** The lines of what is kept, under aliases of their own. */
const createLines = ({store, clock, version, isDemo}: RecordOptions) => {
	const redact = createRedactor(actionField);
	const runAt = clock.now();
	const line = (action: Action): string => {
		const redacted = redact(action);
		return redacted === undefined ? '' : entryLine({at: clock.now(), action: redacted});
	};
	const header = (startedAt = runAt) => headerLine({version, isDemo, startedAt, runAt, settings: store.getState()});
	return {header, line, everything: () => actionsOf(store.getState()).map(line).join('')};
};

const createFileRecorder = (path: string, options: RecordOptions): Recorder => {
	const {header, line} = createLines(options);
	beginFile(path, header(), options.mayReplace ?? false);
	return action => {
		appendToFile(path, line(action));
	};
};

const createBlackBoxRecorder = (directory: string, options: RecordOptions): Recorder => {
	const {header, line, everything} = createLines(options);
	const {clock, pid} = options;
	const append = createBlackBox({directory, pid, clock, beginning: startedAt => header(startedAt) + everything()});
	return action => {
		append(line(action));
	};
};

/** Ends with a sentence where nothing more can be written; throws RecordingError where nothing can be begun. */
const open = (path: string, create: typeof createFileRecorder, options: RecordOptions): Recorder => {
	let write: Recorder | undefined;
	const isNews = createStatusFilter();
	try {
		write = create(path, options);
	} catch (error) {
		throw new RecordingError(`${path} cannot be written (${fileReason(codeOf(error))}).`);
	}
	return action => {
		if (write === undefined || !isNews(action)) return;
		try {
			write(action);
		} catch (error) {
			write = undefined;
			options.onFault(`The recording has ended: nothing more can be written (${codeOf(error)}).`);
		}
	};
};

/** The same store; what is dispatched to it is taken down first. Throws RecordingError where nothing can be written. */
export const record = (store: Store<State, Action>, options: RecordOptions): Store<State, Action> => {
	const {file, blackBox} = options;
	const recorders = [
		...(file === undefined ? [] : [open(file, createFileRecorder, options)]),
		...(blackBox === undefined ? [] : [open(blackBox, createBlackBoxRecorder, options)]),
	];
	return {
		...store,
		dispatch(action) {
			for (const write of recorders) write(action);
			store.dispatch(action);
		},
	};
};

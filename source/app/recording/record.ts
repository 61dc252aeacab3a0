import type {Clock} from '../../polling/clock.ts';
import type {Store} from '../../polling/store.ts';
import {fileReason} from '../../screen/words/file-problem.ts';
import {codeOf} from '../../sources/files/file-error.ts';
import {actionField} from '../../sources/registry.ts';
import {createRedactor} from '../../state/redaction/redact.ts';
import {actionsOf} from '../../state/snapshot.ts';
import type {Action, State} from '../../state/state.ts';
import {createBlackBox} from './black-box.ts';
import {createKeeper, type Medium} from './keeper.ts';
import {beginFile} from './private-file.ts';
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
	/** Called with a sentence whenever nothing more can be written, and when it goes on. */
	readonly onFault: (sentence: string) => void;
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

const openFile = (path: string, options: RecordOptions): Medium => {
	const {header, line, everything} = createLines(options);
	let file = beginFile(path, header(), options.mayReplace ?? false);
	return {
		append: action => file.append(line(action)),
		again() {
			try {
				file.append(everything());
			} catch (error) {
				if (codeOf(error) !== 'ENOENT') throw error;
				const next = beginFile(path, header() + everything(), false);
				file.close();
				file = next;
			}
		},
	};
};

const openBlackBox = (directory: string, options: RecordOptions): Medium => {
	const {header, line, everything} = createLines(options);
	const {clock, pid} = options;
	const box = createBlackBox({directory, pid, clock, beginning: startedAt => header(startedAt) + everything()});
	return {...box, append: action => box.append(line(action))};
};

/** Throws RecordingError where nothing can be begun. */
const open = (path: string, openMedium: typeof openFile, options: RecordOptions): Medium => {
	try {
		return openMedium(path, options);
	} catch (error) {
		throw new RecordingError(`${path} cannot be written (${fileReason(codeOf(error))}).`);
	}
};

/**
 * The same store; what is dispatched to it is taken down first, and it is told since when nothing can be. Throws
 * RecordingError where nothing can be written.
 */
export const record = (store: Store<State, Action>, options: RecordOptions): Store<State, Action> => {
	const {file, blackBox} = options;
	const keepers = [
		...(file === undefined ? [] : [open(file, openFile, options)]),
		...(blackBox === undefined ? [] : [open(blackBox, openBlackBox, options)]),
	].map(medium => createKeeper(medium, options.clock, options.onFault));
	return {
		...store,
		dispatch(action) {
			for (const {keep} of keepers) keep(action);
			const fault = keepers.map(({fault: of}) => of()).find(it => it !== undefined);
			if (fault !== store.getState().recordingFault) store.dispatch({type: 'recording', fault});
			store.dispatch(action);
		},
	};
};

import {mkdirSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import type {Clock} from '../../polling/clock.ts';
import type {Store} from '../../polling/store.ts';
import {codeOf} from '../../sources/files/file-error.ts';
import type {Action} from '../../state/action.ts';
import {isPublicRegion} from '../../state/redaction/names.ts';
import {createRedactor} from '../../state/redaction/redact.ts';
import {actionsOf} from '../../state/snapshot.ts';
import type {State} from '../../state/state.ts';
import {
	appendToFile,
	beginFile,
	blackBoxFiles,
	entryLine,
	headerLine,
	RecordingError,
	type RecordingHeader,
} from './recording-file.ts';

type RecordOptions = {
	readonly store: Store<State, Action>;
	readonly clock: Clock;
	readonly version: string;
	readonly isDemo: boolean;
	/** Told once in a sentence when nothing more can be written. */
	readonly onFault: (sentence: string) => void;
};

/** Takes what happens down. */
type Recorder = {write(action: Action): void};

/** Not the AWS profile, whose name may be anybody's; nor a region that AWS does not have, which may be anything. */
const kept = [
	...(['spendSince', 'historySince', 'feedMs', 'spanMs', 'longestMs', 'limits'] as const),
	...(['cacheLifetime', 'watchCap', 'refreshMs'] as const),
] as const satisfies readonly (keyof RecordingHeader['settings'])[];

const headerOf = ({store, version, isDemo}: RecordOptions, startedAt: number, runAt = startedAt): RecordingHeader => {
	const state = store.getState();
	const settings = Object.fromEntries(kept.map(name => [name, state[name]]));
	const askedRegions = state.askedRegions.filter(isPublicRegion);
	const header = {version, isDemo, startedAt, runAt, settings: {...settings, askedRegions}};
	return header as unknown as RecordingHeader;
};

/** A source that is being asked, or says what it said before, is no news. */
const createNewsFilter = () => {
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

const createWriter = (write: (action: Action) => void, onFault: RecordOptions['onFault']): Recorder => {
	let isBroken = false;
	const isNews = createNewsFilter();
	return {
		write(action) {
			if (isBroken || !isNews(action)) return;
			try {
				write(action);
			} catch (error) {
				isBroken = true;
				onFault(`The recording has ended: nothing more can be written (${codeOf(error)}).`);
			}
		},
	};
};

/** Records into one file from now on. Throws the file system's error where it cannot be begun. */
const createRecorder = (path: string, options: RecordOptions): Recorder => {
	const {clock, onFault} = options;
	const redact = createRedactor();
	beginFile(path, headerLine(headerOf(options, clock.now())));
	return createWriter(action => {
		const redacted = redact(action);
		if (redacted !== undefined) appendToFile(path, entryLine({at: clock.now(), action: redacted}));
	}, onFault);
};

const segmentMs = 10 * 60_000;
const keptMs = 60 * 60_000;

/**
 * Keeps the last hour in a folder, in files of ten minutes that each begin with all that was known, so that each is a
 * recording of its own. Only files of its own are ever deleted.
 */
const createBlackBox = (directory: string, pid: number, options: RecordOptions): Recorder => {
	const {store, clock, onFault} = options;
	const redact = createRedactor();
	const runAt = clock.now();
	let path: string | undefined;
	let startedAt = Number.NEGATIVE_INFINITY;
	const linesOf = (actions: readonly Action[]) =>
		actions.flatMap(action => {
			const redacted = redact(action);
			return redacted === undefined ? [] : [entryLine({at: clock.now(), action: redacted})];
		});
	const forget = () => {
		for (const name of blackBoxFiles(directory)) {
			const endedAt = Number(name.split('-')[1]) + segmentMs;
			if (endedAt < clock.now() - keptMs) rmSync(join(directory, name), {force: true});
		}
	};
	const begin = (): string => {
		startedAt = clock.now();
		const next = join(directory, `bedtop-${String(startedAt).padStart(13, '0')}-${pid}.jsonl`);
		beginFile(next, headerLine(headerOf(options, startedAt, runAt)) + linesOf(actionsOf(store.getState())).join(''));
		forget();
		return next;
	};
	mkdirSync(directory, {recursive: true, mode: 0o700});
	path = begin();
	return createWriter(action => {
		const isOver = clock.now() - startedAt >= segmentMs || clock.now() < startedAt;
		if (isOver || path === undefined) path = begin();
		appendToFile(path, linesOf([action]).join(''));
	}, onFault);
};

type Recorded = RecordOptions & {
	readonly file?: string | undefined;
	readonly blackBox?: string | undefined;
	readonly pid: number;
};

/** The same store; what is dispatched to it is taken down first. Throws RecordingError where nothing can be written. */
export const record = (store: Store<State, Action>, options: Recorded): Store<State, Action> => {
	const {file, blackBox, pid} = options;
	const begin = (path: string, open: () => Recorder): Recorder => {
		try {
			return open();
		} catch (error) {
			throw new RecordingError(`${path} cannot be written (${codeOf(error)}).`, 'unreadable');
		}
	};
	const recorders = [
		...(file === undefined ? [] : [begin(file, () => createRecorder(file, options))]),
		...(blackBox === undefined ? [] : [begin(blackBox, () => createBlackBox(blackBox, pid, options))]),
	];
	return {
		...store,
		dispatch(action) {
			for (const recorder of recorders) recorder.write(action);
			store.dispatch(action);
		},
	};
};

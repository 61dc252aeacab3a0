import {join} from 'node:path';
import type {FileProblem} from '../../domain/common/problem.ts';
import {codeOf, isGone} from '../files/file-error.ts';
import {createChangedFiles} from './changed-files.ts';
import {addEntries, type Entries, noEntries, nothingFound} from './entries.ts';
import type {FoundFile} from './file-index.ts';
import {createFileReader} from './file-reader.ts';
import type {TranscriptMemory} from './memory.ts';
import {createReadAhead} from './read-ahead.ts';
import {createRemembered} from './remembered.ts';
import {needsReading, stampOf, type Tail} from './tail.ts';

/** What one read found that earlier reads had not. `files`, `bytes` and `corruptLines` are of this read alone. */
export type TranscriptBatch = Entries & {
	/** Files that had something to read, and the bytes read from them. */
	readonly files: number;
	readonly bytes: number;
	readonly corruptLines: number;
	/** Files and folders that are there but could not be read at this time: `path (permission denied)`. */
	readonly unreadable: readonly FileProblem[];
};

/** How far a read has come. */
export type TranscriptProgress = {
	readonly files: number;
	readonly filesDone: number;
	readonly bytes: number;
	readonly bytesDone: number;
};

type TranscriptsOptions = {
	/** Claude Code's configuration folders, such as `~/.claude`. */
	readonly directories: readonly string[];
	/** Epoch ms. Without it every reading looks at every file. */
	readonly now?: (() => number) | undefined;
	readonly onProgress?: ((progress: TranscriptProgress) => void) | undefined;
	/** What is known from earlier runs. */
	readonly memory?: TranscriptMemory | undefined;
};

type ReadOptions = {
	/** Epoch ms: files last written before this are only remembered, and read whole once they are written to. */
	readonly touchedSince: number;
	readonly signal?: AbortSignal | undefined;
};

export type Transcripts = {
	/** Reads what is new. Calls queue up behind each other; an aborted one loses nothing, the next one brings it. */
	read(options: ReadOptions): Promise<TranscriptBatch>;
	/**
	 * Calls back on every change below the folders, uncoalesced; the next reading looks at what has changed. The result
	 * stops watching.
	 */
	watch(onChange: () => void): () => void;
	/** The next reading looks at everything. */
	lookEverywhere(): void;
	/**
	 * Reads some of what was last written to before anything that is asked for, only to keep it before it is deleted.
	 * True when nothing of the kind is left.
	 */
	readAhead(signal?: AbortSignal): Promise<boolean>;
	/** Everything of that time (epoch ms) has been read. Says since when all is known; undefined where nothing is kept. */
	cover(read: {readonly since: number; readonly until: number}): Promise<number | undefined>;
	/** Keeps what was read for later runs. False when all is to be read again, by another one of these. */
	keep(): Promise<boolean>;
};

const readersAtOnce = 3;

type Batch = {
	readonly entries: Entries;
	files: number;
	bytes: number;
	corruptLines: number;
};

const eachOnce = (problems: readonly FileProblem[]): readonly FileProblem[] =>
	[...new Map(problems.map(problem => [problem.path, problem])).values()].sort((a, b) => (a.path < b.path ? -1 : 1));

const emptyBatch = (): Batch => ({entries: noEntries(), files: 0, bytes: 0, corruptLines: 0});

/**
 * The replies and failed calls that Claude Code writes into its transcripts, read as they grow. The format is
 * internal to Claude Code (its docs say so): what cannot be understood is counted or skipped, never fatal.
 */
export const createTranscripts = ({directories, now, onProgress, memory}: TranscriptsOptions): Transcripts => {
	const roots = directories.map(directory => join(directory, 'projects'));
	const tails = new Map<string, Tail>();
	const untouched = new Map<string, string>();
	/** What is to be read, until it has been. */
	const due = new Map<string, FoundFile>();
	/** What must be looked at whether it changed or not: it could not be read, or its last line has no end yet. */
	const again = new Map<string, FileProblem | undefined>();
	const files = createChangedFiles({
		...{roots, now},
		onGone(path) {
			for (const known of [tails, untouched, due, again]) known.delete(path);
		},
	});
	let batch = emptyBatch();
	const remembered = createRemembered(roots, memory);
	let isRecalled = false;
	const ahead = createReadAhead({remembered, resting: untouched});
	let onBytes: (bytes: number) => void = () => {};
	let queue: Promise<unknown> = Promise.resolve();

	const createReader = () => {
		const read = createFileReader(bytes => onBytes(bytes));
		return async (file: FoundFile, signal: AbortSignal | undefined): Promise<Tail> => {
			const {path} = file;
			const found = nothingFound();
			try {
				const tail = await read(file, {tail: tails.get(path), found, signal});
				remembered.note(path, tail, found);
				return tail;
			} finally {
				addEntries(batch.entries, found.entries);
				batch.corruptLines += found.corruptLines;
			}
		};
	};
	/** While one waits for the disk another parses. */
	const readers = Array.from({length: readersAtOnce}, createReader);

	const isDue = ({path, stats}: FoundFile, touchedSince: number): boolean => {
		const tail = tails.get(path);
		if (tail !== undefined) return needsReading(tail, stats);
		const stamp = stampOf(stats);
		const isQuiet = stats.mtimeMs < touchedSince && (untouched.get(path) ?? stamp) === stamp;
		if (isQuiet) untouched.set(path, stamp);
		return !isQuiet;
	};

	const readFiles = async (signal: AbortSignal | undefined) => {
		const left = [...due.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
		const total = left.length;
		const unread = ({path, stats}: FoundFile) => Math.max(0, stats.size - (tails.get(path)?.offset ?? 0));
		const bytes = left.reduce((sum, file) => sum + unread(file), 0);
		let [filesDone, bytesDone] = [0, 0];
		const report = () => onProgress?.({files: total, filesDone, bytes, bytesDone});
		onBytes = count => {
			batch.bytes += count;
			bytesDone += count;
			report();
		};
		const isGivenUp = () => signal?.aborted === true;
		const work = async (read: ReturnType<typeof createReader>) => {
			for (let file = left.shift(); file !== undefined && !isGivenUp(); file = left.shift()) {
				const {path} = file;
				again.delete(path);
				try {
					const tail = await read(file, signal);
					tails.set(path, tail);
					if (tail.rest === 'fresh') again.set(path, undefined);
					untouched.delete(path);
					batch.files += 1;
				} catch (error) {
					if (!isGone(error)) again.set(path, {path, code: codeOf(error)});
				}
				// What was given up half-way goes on with the next reading.
				if (!isGivenUp()) due.delete(path);
				filesDone += 1;
				report();
			}
		};
		await Promise.all(readers.map(work));
		signal?.throwIfAborted();
	};

	/** What earlier runs have read is not read again; of sessions that rest it is not even looked at. */
	const recall = async (found: readonly FoundFile[], since: number) => {
		if (isRecalled) return;
		isRecalled = true;
		const recalled = await remembered.recall(found, since);
		if (recalled === undefined) return;
		addEntries(batch.entries, recalled.entries);
		for (const {path, stats} of found) {
			const known = recalled.files.get(path);
			if (known === undefined) continue;
			const isResting = stats.mtimeMs < since;
			// Once it is written to it is read whole: its earlier replies are not among those that were recalled.
			if (isResting) ahead.note(path, known.tail.stamp);
			if (isResting) continue;
			tails.set(path, known.tail);
			batch.corruptLines += known.corruptLines;
		}
	};

	const readAll = async ({touchedSince, signal}: ReadOptions): Promise<TranscriptBatch> => {
		signal?.throwIfAborted();
		const found = await files.look(again.keys());
		await recall(found, touchedSince);
		for (const file of found) if (isDue(file, touchedSince)) due.set(file.path, file);
		await readFiles(signal);
		const unread = [...again.values()].filter(problem => problem !== undefined);
		const {entries, ...counts} = batch;
		batch = emptyBatch();
		return {...entries, ...counts, unreadable: eachOnce([...files.unreadable(), ...unread])};
	};

	return {
		read(options) {
			const result = queue.then(() => readAll(options));
			queue = result.catch(() => {});
			return result;
		},
		watch: files.watch,
		lookEverywhere: files.lookEverywhere,
		keep: remembered.keep,
		readAhead: ahead.read,
		cover: remembered.cover,
	};
};

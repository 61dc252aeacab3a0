import {basename, join} from 'node:path';
import {parseJson} from '../../domain/common/json.ts';
import type {FileProblem} from '../../domain/common/problem.ts';
import type {Compaction, CostState} from '../../domain/replies/cost-state.ts';
import type {LocalFailure} from '../../domain/replies/failure.ts';
import {readTranscriptLine, type SessionModel, type Turn} from '../../domain/replies/turn.ts';
import {codeOf, isGone} from '../files/file-error.ts';
import {watchTrees} from '../files/watch.ts';
import {createTailReader, needsReading, stampOf, type Tail} from './tail.ts';
import {type FoundFile, findTranscripts} from './transcript-files.ts';

/** What one read found that earlier reads had not. `files`, `bytes` and `corruptLines` are of this read alone. */
export type TranscriptBatch = {
	/** Every reply line, also several of one reply: the ledger keeps the best per message id. */
	readonly turns: readonly Turn[];
	readonly failures: readonly LocalFailure[];
	readonly models: readonly SessionModel[];
	readonly costs: readonly CostState[];
	readonly compactions: readonly Compaction[];
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
	readonly onProgress?: ((progress: TranscriptProgress) => void) | undefined;
};

type ReadOptions = {
	/** Epoch ms: files last written before this are only remembered, and read whole once they are written to. */
	readonly touchedSince: number;
	readonly signal?: AbortSignal | undefined;
};

export type Transcripts = {
	/** Reads what is new. Calls queue up behind each other; an aborted one loses nothing, the next one brings it. */
	read(options: ReadOptions): Promise<TranscriptBatch>;
	/** Calls back on every change below the folders, uncoalesced; the result stops watching. */
	watch(onChange: () => void): () => void;
};

/** Only lines with one of these can matter; the others hold whole prompts (40 kB and more each) and stay bytes. */
const needles = ['"usage"', '"api_error"', '"model_fallback"', '"modelId"', '"cost-state"', '"compact_boundary"'];

const readersAtOnce = 3;

type Batch = {
	turns: Turn[];
	failures: LocalFailure[];
	models: SessionModel[];
	costs: CostState[];
	compactions: Compaction[];
	files: number;
	bytes: number;
	corruptLines: number;
};

const eachOnce = (problems: readonly FileProblem[]): readonly FileProblem[] =>
	[...new Map(problems.map(problem => [problem.path, problem])).values()].sort((a, b) => (a.path < b.path ? -1 : 1));

const emptyBatch = (): Batch => ({
	turns: [],
	failures: [],
	models: [],
	costs: [],
	compactions: [],
	files: 0,
	bytes: 0,
	corruptLines: 0,
});

/**
 * The replies and failed calls that Claude Code writes into its transcripts, read as they grow. The format is
 * internal to Claude Code (its docs say so): what cannot be understood is counted or skipped, never fatal.
 */
export const createTranscripts = ({directories, onProgress}: TranscriptsOptions): Transcripts => {
	const roots = directories.map(directory => join(directory, 'projects'));
	const tails = new Map<string, Tail>();
	const untouched = new Map<string, string>();
	let batch = emptyBatch();
	/** Where in the batch the last cost-state of a file is, while no reply has come after it. */
	const lastCost = new Map<string, number>();
	let onBytes: (bytes: number) => void = () => {};
	let queue: Promise<unknown> = Promise.resolve();

	/** A cost-state has no time: it was written before the next reply of its file, and before the file was last changed. */
	const endCost = (path: string, at: number) => {
		const index = lastCost.get(path);
		const cost = index === undefined ? undefined : batch.costs[index];
		lastCost.delete(path);
		if (index !== undefined && cost !== undefined) batch.costs[index] = {...cost, at: Math.min(cost.at, at - 1)};
	};

	const takeLine = (line: Buffer, offset: number, {path, stats}: FoundFile): boolean => {
		const value = parseJson(line.toString('utf8'));
		if (value === undefined) return false;
		const entry = readTranscriptLine(value, {
			id: `${path}:${offset}`,
			at: Math.floor(stats.mtimeMs),
			sessionId: basename(path, '.jsonl'),
		});
		if (entry?.kind === 'turn') {
			endCost(path, entry.turn.at);
			batch.turns.push(entry.turn);
		}
		if (entry?.kind === 'failure') batch.failures.push(entry.failure);
		if (entry?.kind === 'model') batch.models.push(entry.model);
		if (entry?.kind === 'compaction') batch.compactions.push(entry.compaction);
		if (entry?.kind === 'cost') {
			lastCost.set(path, batch.costs.length);
			batch.costs.push(entry.cost);
		}
		return true;
	};

	/** Reads one file at a time into a buffer of its own. */
	const createReader = () => {
		let current: FoundFile | undefined;
		const reader = createTailReader({
			needles,
			onLine: (line, offset) => current !== undefined && takeLine(line, offset, current),
			onCorrupt() {
				batch.corruptLines += 1;
			},
			onBytes: bytes => onBytes(bytes),
		});
		return (file: FoundFile, signal: AbortSignal | undefined) => {
			current = file;
			return reader.read(file.path, tails.get(file.path), signal);
		};
	};
	/** While one waits for the disk another parses. */
	const readers = Array.from({length: readersAtOnce}, createReader);

	const sweep = async (unreadable: FileProblem[]): Promise<readonly FoundFile[]> => {
		const seen = new Set<string>();
		const found: FoundFile[] = [];
		for (const root of roots) found.push(...(await findTranscripts(root, seen, unreadable)));
		return found;
	};

	const forgetAllBut = (found: readonly FoundFile[]) => {
		const paths = new Set(found.map(file => file.path));
		for (const known of [tails, untouched]) {
			for (const path of known.keys()) if (!paths.has(path)) known.delete(path);
		}
	};

	const isDue = ({path, stats}: FoundFile, touchedSince: number): boolean => {
		const tail = tails.get(path);
		if (tail !== undefined) return needsReading(tail, stats);
		const stamp = stampOf(stats);
		const isQuiet = stats.mtimeMs < touchedSince && (untouched.get(path) ?? stamp) === stamp;
		if (isQuiet) untouched.set(path, stamp);
		return !isQuiet;
	};

	const readFiles = async (due: readonly FoundFile[], unreadable: FileProblem[], signal: AbortSignal | undefined) => {
		const unread = ({path, stats}: FoundFile) => Math.max(0, stats.size - (tails.get(path)?.offset ?? 0));
		const bytes = due.reduce((sum, file) => sum + unread(file), 0);
		let [filesDone, bytesDone] = [0, 0];
		const report = () => onProgress?.({files: due.length, filesDone, bytes, bytesDone});
		onBytes = count => {
			batch.bytes += count;
			bytesDone += count;
			report();
		};
		const left = [...due];
		const work = async (read: ReturnType<typeof createReader>) => {
			for (let file = left.shift(); file !== undefined && signal?.aborted !== true; file = left.shift()) {
				try {
					tails.set(file.path, await read(file, signal));
					untouched.delete(file.path);
					batch.files += 1;
				} catch (error) {
					if (!isGone(error)) unreadable.push({path: file.path, code: codeOf(error)});
				}
				filesDone += 1;
				report();
			}
		};
		await Promise.all(readers.map(work));
		signal?.throwIfAborted();
	};

	const readAll = async ({touchedSince, signal}: ReadOptions): Promise<TranscriptBatch> => {
		signal?.throwIfAborted();
		const unreadable: FileProblem[] = [];
		const found = await sweep(unreadable);
		forgetAllBut(found);
		const due = found.filter(file => isDue(file, touchedSince));
		await readFiles(due, unreadable, signal);
		const complete = {...batch, unreadable: eachOnce(unreadable)};
		batch = emptyBatch();
		lastCost.clear();
		return complete;
	};

	return {
		read(options) {
			const result = queue.then(() => readAll(options));
			queue = result.catch(() => {});
			return result;
		},
		watch: onChange => watchTrees({roots, onChange}),
	};
};

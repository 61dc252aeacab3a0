import {basename, join} from 'node:path';
import {parseJson} from '../../domain/common/json.ts';
import type {FileProblem} from '../../domain/common/problem.ts';
import {readTranscriptLine} from '../../domain/replies/turn.ts';
import {codeOf, isGone} from '../files/file-error.ts';
import {type AgentFile, agentFileOf} from './agent-file.ts';
import {createChangedFiles} from './changed-files.ts';
import {addEntries, type Entries, endCost, type Found, noEntries} from './entries.ts';
import type {FoundFile} from './file-index.ts';
import type {TranscriptMemory} from './memory.ts';
import {createRemembered} from './remembered.ts';
import {createTailReader, needsReading, stampOf, type Tail} from './tail.ts';

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
	/** Everything of that time (epoch ms) has been read. Says since when all is known; undefined where nothing is kept. */
	cover(read: {readonly since: number; readonly until: number}): Promise<number | undefined>;
	/** Keeps what was read for later runs. False when all is to be read again, by another one of these. */
	keep(): Promise<boolean>;
};

/**
 * Only lines with one of these can matter; the others hold whole prompts (40 kB and more each) and stay bytes. The one
 * that most lines have begins with a letter: in JSON every tenth byte is a quotation mark, at each of which the search
 * would stop (measured: a seventh of the CPU).
 */
const needles = ['usage"', '"api_error"', '"model_fallback"', '"modelId"', '"cost-state"', '"compact_boundary"'];

const readersAtOnce = 3;

type Batch = {
	readonly entries: Entries;
	files: number;
	bytes: number;
	corruptLines: number;
};

/** The file that is being read, the agent whose own it is, and what has been found in it. */
type Current = FoundFile & {readonly agent: AgentFile | undefined; readonly found: Found};

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
	let onBytes: (bytes: number) => void = () => {};
	let queue: Promise<unknown> = Promise.resolve();

	const takeLine = (line: Buffer, offset: number, {path, stats, agent, found}: Current): boolean => {
		const {entries} = found;
		const value = parseJson(line.toString('utf8'));
		if (value === undefined) return false;
		const entry = readTranscriptLine(value, {
			id: `${path}:${offset}`,
			at: Math.floor(stats.mtimeMs),
			sessionId: agent?.sessionId ?? basename(path, '.jsonl'),
			agentId: agent?.agentId,
			agentTypeOf: agent?.typeOf,
		});
		if (entry?.kind === 'turn') {
			endCost(found, entry.turn.at);
			entries.turns.push(entry.turn);
		}
		if (entry?.kind === 'failure') {
			const {sessionId, at, isFinal} = entry.failure;
			entries.failures.push(entry.failure);
			if (isFinal && agent !== undefined) entries.agentEnds.push({sessionId, agentId: agent.agentId, at});
		}
		if (entry?.kind === 'agent-end') entries.agentEnds.push(entry.end);
		if (entry?.kind === 'model') entries.models.push(entry.model);
		if (entry?.kind === 'compaction') entries.compactions.push(entry.compaction);
		if (entry?.kind === 'cost') {
			found.isCostLast = true;
			entries.costs.push(entry.cost);
		}
		return true;
	};

	/** Reads one file at a time into a buffer of its own. */
	const createReader = () => {
		let current: Current | undefined;
		const reader = createTailReader({
			needles,
			onLine: (line, offset) => current !== undefined && takeLine(line, offset, current),
			onCorrupt() {
				if (current !== undefined) current.found.corruptLines += 1;
			},
			onBytes: bytes => onBytes(bytes),
		});
		return async (file: FoundFile, signal: AbortSignal | undefined): Promise<Tail> => {
			const {path} = file;
			const found: Found = {entries: noEntries(), corruptLines: 0, isCostLast: false};
			current = {...file, agent: agentFileOf(path), found};
			try {
				const tail = await reader.read(path, tails.get(path), signal);
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

	/** What earlier runs have read is not read again. */
	const recall = async (found: readonly FoundFile[], since: number) => {
		if (isRecalled) return;
		isRecalled = true;
		const recalled = await remembered.recall(found, since);
		if (recalled === undefined) return;
		addEntries(batch.entries, recalled.entries);
		for (const {path} of found) {
			const known = recalled.files.get(path);
			if (known === undefined) continue;
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
		cover: remembered.cover,
	};
};

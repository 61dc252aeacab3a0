import {basename, join} from 'node:path';
import {parseJson} from '../../domain/common/json.ts';
import type {FileProblem} from '../../domain/common/problem.ts';
import type {AgentEnd} from '../../domain/replies/agent.ts';
import type {Compaction, CostState} from '../../domain/replies/cost-state.ts';
import type {LocalFailure} from '../../domain/replies/failure.ts';
import {readTranscriptLine, type SessionModel, type Turn} from '../../domain/replies/turn.ts';
import {codeOf, isGone} from '../files/file-error.ts';
import {type AgentFile, agentFileOf} from './agent-file.ts';
import {createChangedFiles} from './changed-files.ts';
import type {FoundFile} from './file-index.ts';
import {createTailReader, needsReading, stampOf, type Tail} from './tail.ts';

/** What one read found that earlier reads had not. `files`, `bytes` and `corruptLines` are of this read alone. */
export type TranscriptBatch = {
	/** Every reply line, also several of one reply: the ledger keeps the best per message id. */
	readonly turns: readonly Turn[];
	readonly failures: readonly LocalFailure[];
	readonly models: readonly SessionModel[];
	readonly costs: readonly CostState[];
	readonly compactions: readonly Compaction[];
	readonly agentEnds: readonly AgentEnd[];
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
	agentEnds: AgentEnd[];
	files: number;
	bytes: number;
	corruptLines: number;
};

/** The file that is being read, and the agent whose own it is. */
type Current = FoundFile & {readonly agent: AgentFile | undefined};

const eachOnce = (problems: readonly FileProblem[]): readonly FileProblem[] =>
	[...new Map(problems.map(problem => [problem.path, problem])).values()].sort((a, b) => (a.path < b.path ? -1 : 1));

const emptyBatch = (): Batch => ({
	turns: [],
	failures: [],
	models: [],
	costs: [],
	compactions: [],
	agentEnds: [],
	files: 0,
	bytes: 0,
	corruptLines: 0,
});

/**
 * The replies and failed calls that Claude Code writes into its transcripts, read as they grow. The format is
 * internal to Claude Code (its docs say so): what cannot be understood is counted or skipped, never fatal.
 */
export const createTranscripts = ({directories, now, onProgress}: TranscriptsOptions): Transcripts => {
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

	const takeLine = (line: Buffer, offset: number, {path, stats, agent}: Current): boolean => {
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
			endCost(path, entry.turn.at);
			batch.turns.push(entry.turn);
		}
		if (entry?.kind === 'failure') {
			const {sessionId, at, isFinal} = entry.failure;
			batch.failures.push(entry.failure);
			if (isFinal && agent !== undefined) batch.agentEnds.push({sessionId, agentId: agent.agentId, at});
		}
		if (entry?.kind === 'agent-end') batch.agentEnds.push(entry.end);
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
		let current: Current | undefined;
		const reader = createTailReader({
			needles,
			onLine: (line, offset) => current !== undefined && takeLine(line, offset, current),
			onCorrupt() {
				batch.corruptLines += 1;
			},
			onBytes: bytes => onBytes(bytes),
		});
		return (file: FoundFile, signal: AbortSignal | undefined) => {
			current = {...file, agent: agentFileOf(file.path)};
			return reader.read(file.path, tails.get(file.path), signal);
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

	const readAll = async ({touchedSince, signal}: ReadOptions): Promise<TranscriptBatch> => {
		signal?.throwIfAborted();
		const found = await files.look(again.keys());
		for (const file of found) if (isDue(file, touchedSince)) due.set(file.path, file);
		await readFiles(signal);
		const unread = [...again.values()].filter(problem => problem !== undefined);
		const complete = {...batch, unreadable: eachOnce([...files.unreadable(), ...unread])};
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
		watch: files.watch,
		lookEverywhere: files.lookEverywhere,
	};
};

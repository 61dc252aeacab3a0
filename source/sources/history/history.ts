import type {FileReading, Recalled, TranscriptMemory} from '../transcripts/memory.ts';
import {coverageOf, isCoverageNews, joinCoverage, writeCoverage} from './coverage.ts';
import {makeRoom, type OpenDatabase, openDatabase} from './database.ts';
import {historyPath, identityOf} from './database-file.ts';
import {faultOf, HistoryFault} from './fault.ts';
import {type Kept, lookInto} from './look.ts';
import {recallFrom} from './recall.ts';
import {generationOf} from './schema.ts';
import {attempt, transact} from './sqlite.ts';
import {writeReadings} from './write.ts';

/** What bedtop keeps of what it has read: a cache of the sources that outlives them, never their master. */
export type History = TranscriptMemory & {
	readonly path: string;
	/** What is kept. Throws HistoryFault while it cannot be read or added to. */
	look(): Kept;
	/** Where a damaged history was moved to by this run. */
	asideAt(): string | undefined;
	/** Synchronous, because it runs while the process ends. */
	close(): void;
};

type HistoryOptions = {
	/** bedtop's own folder. */
	readonly directory: string;
	readonly now: () => number;
	readonly open?: typeof openDatabase;
};

/** What waits for a database that cannot be written to; beyond that, this run keeps nothing more of it. */
const mostWaiting = 200_000;

/** What cannot be opened or written to is tried again so often, ms: waiting for a lock holds everything up. */
const retryMs = 10_000;

const turnsIn = (files: readonly FileReading[]) => files.reduce((sum, {entries}) => sum + entries.turns.length, 0);

/** The history in bedtop's own folder, opened when first asked for. */
export const createHistory = ({directory, now, open = openDatabase}: HistoryOptions): History => {
	const path = historyPath(directory);
	let opened: OpenDatabase | undefined;
	let fault: HistoryFault | undefined;
	let triedAt = Number.NEGATIVE_INFINITY;
	let asideAt: string | undefined;
	/** Of what was recalled: only to that may be added. */
	let generation: string | undefined;
	let waiting: readonly FileReading[] = [];
	/** More has waited than is held: nothing is added until all is recalled again. */
	let isGivenUp = false;

	const close = () => {
		const database = opened?.database;
		opened = undefined;
		if (database !== undefined) attempt(() => database.close());
	};

	/** The database that is there now: somebody may have moved or deleted the one that was opened. */
	const current = (): OpenDatabase => {
		if (opened !== undefined && identityOf(path) !== opened.identity) close();
		opened ??= open({directory, now: now()});
		asideAt = opened.asideAt ?? asideAt;
		return opened;
	};

	/** Remembers what is wrong. A damaged history is set aside; whether there is room for another one now. */
	const hasRoomAfter = (error: unknown): boolean => {
		fault = faultOf(error, path);
		triedAt = now();
		if (fault.kind === 'replaced') return true;
		if (fault.kind !== 'damaged') return false;
		const damaged = opened?.identity;
		close();
		try {
			asideAt = makeRoom(path, damaged, now()) ?? asideAt;
			current();
			return true;
		} catch (again) {
			fault = faultOf(again, path);
			return false;
		}
	};

	const recallNow = async (request: Parameters<TranscriptMemory['recall']>[0]): Promise<Recalled> => {
		const {database, isReadOnly} = current();
		// All that is read is of one moment, whoever writes meanwhile.
		database.exec('BEGIN');
		try {
			const content = generationOf(database);
			const recalled = await recallFrom(database, request, path);
			generation = content;
			fault = isReadOnly ? new HistoryFault('read-only', path) : undefined;
			return recalled;
		} finally {
			attempt(() => database.exec('COMMIT'));
		}
	};

	const recall: TranscriptMemory['recall'] = async request => {
		[waiting, generation, isGivenUp] = [[], undefined, false];
		try {
			return await recallNow(request);
		} catch (error) {
			// Nothing is known of the new one: everything is read, and kept in it.
			return hasRoomAfter(error) ? recallNow(request).catch(hopeless) : undefined;
		}
	};
	const hopeless = (error: unknown) => {
		fault = faultOf(error, path);
		return undefined;
	};

	/** Whether it can be opened again, after it could not be recalled from. */
	const isHealed = (): boolean => {
		try {
			current();
			return true;
		} catch (error) {
			return hasRoomAfter(error);
		}
	};

	/** Whether what could only be read can be written to by now. */
	const isWritable = (): boolean => {
		if (opened?.isReadOnly) close();
		return !current().isReadOnly;
	};

	const write = async (known: string): Promise<boolean> => {
		try {
			if (fault?.kind === 'read-only') return !isWritable();
			await writeReadings(current().database, waiting, {path, generation: known});
			[waiting, fault] = [[], undefined];
			return true;
		} catch (error) {
			return !hasRoomAfter(error);
		}
	};

	const keep: TranscriptMemory['keep'] = async files => {
		const isTooEarly = fault !== undefined && Math.abs(now() - triedAt) < retryMs;
		if (generation === undefined) return isTooEarly || !isHealed();
		if (files.length > 0 && !isGivenUp) waiting = [...waiting, ...files];
		isGivenUp ||= turnsIn(waiting) > mostWaiting;
		if (isGivenUp) waiting = [];
		if (isTooEarly || (waiting.length === 0 && fault === undefined)) return true;
		triedAt = now();
		const isStillKnown = await write(generation);
		if (!isStillKnown) generation = undefined;
		return isStillKnown;
	};

	return {
		...{path, recall, keep, close},
		asideAt: () => asideAt,
		look() {
			if (fault !== undefined) throw fault;
			return lookInto(current().database, path);
		},
		knownSince(root) {
			try {
				return fault === undefined ? coverageOf(current().database, root)?.since : undefined;
			} catch {
				return undefined;
			}
		},
		cover(root, read) {
			const isIncomplete = fault !== undefined || waiting.length > 0 || generation === undefined;
			if (isIncomplete) return;
			try {
				const {database} = current();
				const known = coverageOf(database, root);
				const next = joinCoverage(known, read);
				if (isCoverageNews(known, next)) transact(database, () => writeCoverage(database, root, next));
			} catch (error) {
				hasRoomAfter(error);
			}
		},
	};
};

import type {Entries} from './entries.ts';
import type {Tail} from './tail.ts';

/** What was read of one file since it was last kept, and how far it is read now. */
export type FileReading = {
	readonly path: string;
	/** The folder of projects that it is below. */
	readonly root: string;
	readonly tail: Tail;
	readonly entries: Entries;
	/** Lines of the whole file up to there that could not be understood. */
	readonly corruptLines: number;
};

/** What is known of transcripts without reading them again. */
export type Recalled = {
	readonly entries: Entries;
	/** By path: how far files were read, and how many of their lines could not be understood. */
	readonly files: ReadonlyMap<string, {readonly tail: Tail; readonly corruptLines: number}>;
};

/** What outlives a run, and the transcripts themselves. Neither ever rejects: without it everything is read. */
export type TranscriptMemory = {
	/**
	 * All of the sessions that replied since then (epoch ms), and of those in `touched`, which are paths of files. From
	 * then on what is kept adds to what was recalled.
	 */
	recall(request: {
		readonly roots: readonly string[];
		readonly since: number;
		readonly touched: readonly string[];
	}): Promise<Recalled | undefined>;
	/** Keeps what was read. False when what was recalled no longer holds: then all is to be recalled and read again. */
	keep(files: readonly FileReading[]): Promise<boolean>;
	/** Every reply of that time (epoch ms) has been read and kept. */
	cover(root: string, read: {readonly since: number; readonly until: number}): void;
	/** Since when (epoch ms) every reply is known, whether it was deleted since or not; undefined where nothing is. */
	knownSince(root: string): number | undefined;
};

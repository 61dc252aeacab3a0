import type {Problem} from '../../domain/common/problem.ts';
import {codeOf} from '../files/file-error.ts';

/** Why nothing can be read from the kept history, or nothing be added to it. */
type FaultKind =
	/** This Node has no SQLite. */
	| 'no-sqlite'
	/** A link, a pipe or a folder stands where the file should. */
	| 'no-plain-file'
	/** A database of some other program. */
	| 'foreign'
	/** Written by a later version. */
	| 'newer'
	/** Another program has been writing for longer than it is waited for. */
	| 'locked'
	| 'read-only'
	| 'full'
	| 'damaged'
	/** It was forgotten, or another one stands in its place: what is to be added belongs to the one before. */
	| 'replaced'
	| 'unreadable';

/** The kept history cannot be used, or not in full. */
export class HistoryFault extends Error {
	readonly kind: FaultKind;
	readonly path: string;

	constructor(kind: FaultKind, path: string, detail = '') {
		super(detail);
		this.kind = kind;
		this.path = path;
	}
}

/** By SQLite's result code, or the primary one of it. https://sqlite.org/rescode.html */
const kinds: Readonly<Record<number, FaultKind>> = {
	// Our own statements are right: a table or a column is missing.
	1: 'damaged',
	5: 'locked',
	6: 'locked',
	8: 'read-only',
	11: 'damaged',
	26: 'damaged',
	13: 'full',
	// SQLITE_IOERR_SHMSIZE and SQLITE_IOERR_WRITE: no room for what is kept beside the database.
	4874: 'full',
	778: 'full',
};

const kindsByCode: Readonly<Record<string, FaultKind>> = {
	...{ELOOP: 'no-plain-file', ENOTFILE: 'no-plain-file', EISDIR: 'no-plain-file', ENOTDIR: 'no-plain-file'},
	...{EEXIST: 'no-plain-file', ENXIO: 'no-plain-file', EROFS: 'read-only', ENOSPC: 'full', EDQUOT: 'full'},
	// A number beyond what JavaScript can hold.
	ERR_OUT_OF_RANGE: 'damaged',
};

const describe = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What an error of SQLite or the file system means for the history at that path. */
export const faultOf = (error: unknown, path: string): HistoryFault => {
	if (error instanceof HistoryFault) return error;
	const {errcode} = error as {errcode?: unknown};
	const kind = typeof errcode === 'number' ? (kinds[errcode] ?? kinds[errcode & 0xff]) : kindsByCode[codeOf(error)];
	return new HistoryFault(kind ?? 'unreadable', path, describe(error));
};

type Words = {readonly message: string; readonly fix?: string};

const wordsFor = ({kind, path, message}: HistoryFault): Words => {
	switch (kind) {
		case 'no-sqlite':
			return {
				message: 'This Node has no SQLite, so no history is kept.',
				fix: 'use Node 22.13 or later, or --no-history',
			};
		case 'no-plain-file':
			return {
				message: `No history is kept: ${path} is no plain file in a folder.`,
				fix: 'move it out of the way, or use --no-history',
			};
		case 'foreign':
			return {
				message: `No history is kept: ${path} is the database of another program.`,
				fix: 'move it out of the way, or use --no-history',
			};
		case 'newer':
			return {
				message: `The kept history was written by a later version of bedtop and is left alone: ${path}`,
				fix: 'update bedtop, or use --no-history',
			};
		case 'locked':
			return {message: 'Another program holds the kept history; it is tried again.'};
		case 'read-only':
			return {
				message: `The kept history cannot be written to: ${path}`,
				fix: 'make the file and its folder writable, or use --no-history',
			};
		case 'full':
			return {message: 'The disk is full, so nothing is added to the kept history until there is room.'};
		case 'damaged':
			return {message: `The kept history is damaged: ${path}`, fix: 'move it out of the way'};
		case 'replaced':
			return {message: 'The kept history was forgotten or replaced; the transcripts are read again.'};
		case 'unreadable':
			return {message: `The kept history cannot be opened: ${path} (${message})`, fix: 'use --no-history'};
	}
};

/** The fault in words for the person at the terminal. */
export const explainFault = (error: unknown, path: string): Problem => {
	const fault = faultOf(error, path);
	return {kind: fault.kind === 'read-only' ? 'denied' : 'unexpected', ...wordsFor(fault)};
};

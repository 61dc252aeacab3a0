import {statSync} from 'node:fs';
import {join} from 'node:path';
import {fileReason} from '../../screen/words/file-problem.ts';
import {codeOf} from '../../sources/files/file-error.ts';
import {readPlainTextSync} from '../../sources/files/plain-file-sync.ts';
import {blackBoxFiles} from './black-box.ts';
import {type RecordedAction, type RecordingHeader, readEntry, readHeader} from './recording-format.ts';

export type Recording = {
	readonly header: RecordingHeader;
	/** In the order in which they happened. */
	readonly entries: readonly RecordedAction[];
	/** Lines that could not be read and were left out; a last one that is cut off does not count. */
	readonly corruptLines: number;
	/** Files of the folder that were left out: those of other runs, and those that are no recordings (any more). */
	readonly otherFiles: number;
};

/** A file that cannot be read or written, or is no recording: a sentence for the person. */
export class RecordingError extends Error {
	override readonly name = 'RecordingError';
	readonly kind = 'unreadable';
}

/** The recording, or the sentence of why there is none. */
const readFile = (path: string): Recording | string => {
	let content: string;
	try {
		content = readPlainTextSync(path, mostBytes);
	} catch (error) {
		return `${path} cannot be read (${fileReason(codeOf(error))}).`;
	}
	const [first = '', ...lines] = content.split('\n');
	const header = readHeader(first);
	if (typeof header === 'string') return `${path} ${header}`;
	const read = lines.map(readEntry);
	// The last line has no end where the program was killed while it wrote.
	const corruptLines = read.filter((entry, index) => entry === undefined && index < lines.length - 1).length;
	const entries = read.filter(entry => entry !== undefined).sort((a, b) => a.at - b.at);
	const isDamaged = entries.length === 0 && corruptLines > 0;
	return isDamaged
		? `${path} is damaged: none of its lines can be read.`
		: {header, entries, corruptLines, otherFiles: 0};
};

/** A long one takes hundreds of MB; a text of Node's cannot be longer. */
const mostBytes = 1 << 29;

const isDirectory = (path: string): boolean => {
	try {
		return statSync(path).isDirectory();
	} catch {
		return false;
	}
};

/**
 * The newest run of those that a folder holds: what is `person-1` or `msg_bdrk_1` in one run is somebody or something
 * else in the next, so that two of them never make one recording.
 */
const readFolder = (directory: string): Recording | string => {
	let names: readonly string[];
	try {
		names = blackBoxFiles(directory);
	} catch (error) {
		return `${directory} cannot be read (${fileReason(codeOf(error))}).`;
	}
	const read = names.map(name => [name.split('-')[2], readFile(join(directory, name))] as const);
	const parts = read.flatMap(([pid, it]) =>
		typeof it === 'string' ? [] : [{...it, run: `${it.header.runAt} ${pid}`}],
	);
	const newest = parts.at(-1);
	const fault = read.map(([, it]) => it).find(it => typeof it === 'string');
	if (newest === undefined) return fault ?? `${directory} holds no recording.`;
	const own = parts.filter(({run}) => run === newest.run);
	return {
		header: (own[0] ?? newest).header,
		entries: own.flatMap(({entries}) => entries),
		corruptLines: own.reduce((sum, part) => sum + part.corruptLines, 0),
		otherFiles: names.length - own.length,
	};
};

/** Reads a recording, or the newest that a black box's folder holds. Throws RecordingError. */
export const readRecording = (path: string): Recording => {
	const read = isDirectory(path) ? readFolder(path) : readFile(path);
	if (typeof read === 'string') throw new RecordingError(read);
	return read;
};

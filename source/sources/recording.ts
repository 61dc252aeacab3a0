import {appendFileSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {record} from '../domain/json.ts';
import type {Action, Settings} from '../domain/state.ts';
import {codeOf} from './file-error.ts';

/** What a recording was made under; whose it was is not in it. */
export type RecordingHeader = {
	/** The program's version. */
	readonly version: string;
	readonly isDemo: boolean;
	/** Epoch ms. */
	readonly startedAt: number;
	readonly settings: Omit<Settings, 'awsProfile'>;
};

/** Something that happened, and when (epoch ms). */
export type RecordedAction = {readonly at: number; readonly action: Action};

export type Recording = {
	readonly header: RecordingHeader;
	/** In the order in which they happened. */
	readonly entries: readonly RecordedAction[];
	/** Lines that could not be read and were left out; a last one that is cut off does not count. */
	readonly corruptLines: number;
};

/** A file that cannot be read, or is no recording: a sentence for the person. */
export class RecordingError extends Error {
	override readonly name = 'RecordingError';
	readonly kind: 'unreadable' | 'unusable';

	constructor(message: string, kind: RecordingError['kind']) {
		super(message);
		this.kind = kind;
	}
}

/** JSON knows neither maps nor big integers. */
const encode = (_key: string, value: unknown): unknown => {
	if (typeof value === 'bigint') return {$integer: String(value)};
	return value instanceof Map ? {$map: [...value]} : value;
};

const decode = (_key: string, value: unknown): unknown => {
	const it = record(value);
	if (it === undefined) return value;
	if (typeof it.$integer === 'string' && /^-?\d{1,40}$/.test(it.$integer)) return BigInt(it.$integer);
	return Array.isArray(it.$map) ? new Map(it.$map as readonly (readonly [unknown, unknown])[]) : value;
};

const schema = 1;

/** The first line of a recording. */
export const headerLine = (header: RecordingHeader): string =>
	`${JSON.stringify({bedtop: 'recording', schema, ...header}, encode)}\n`;

/** One line of a recording. */
export const entryLine = (entry: RecordedAction): string => `${JSON.stringify(entry, encode)}\n`;

/** Begins a file that only its owner can read. Throws the file system's error. */
export const beginFile = (path: string, content: string): void => {
	writeFileSync(path, content, {mode: 0o600, flag: 'w'});
};

/** Appends at once: whatever ends the program, at most a line is lost. Throws the file system's error. */
export const appendToFile = (path: string, content: string): void => appendFileSync(path, content, {mode: 0o600});

const readLine = (line: string): unknown => {
	try {
		return JSON.parse(line, decode);
	} catch {
		return undefined;
	}
};

const readEntry = (line: string): RecordedAction | undefined => {
	const it = record(readLine(line));
	const action = record(it?.action);
	const isEntry = typeof it?.at === 'number' && Number.isFinite(it.at) && typeof action?.type === 'string';
	return isEntry ? ({at: it.at, action} as unknown as RecordedAction) : undefined;
};

const readText = (path: string): string => {
	try {
		return readFileSync(path, 'utf8');
	} catch (error) {
		throw new RecordingError(`${path} cannot be read (${codeOf(error)}).`, 'unreadable');
	}
};

const readOne = (path: string): Recording => {
	const [first = '', ...lines] = readText(path).split('\n');
	const header = record(readLine(first));
	const settings = record(header?.settings);
	const isRecording = header?.bedtop === 'recording' && settings !== undefined && typeof header.startedAt === 'number';
	if (!isRecording) throw new RecordingError(`${path} is not a recording of bedtop's.`, 'unusable');
	if (header.schema !== schema) {
		throw new RecordingError(
			`${path} is of another version of bedtop (${String(header.version).slice(0, 20)}).`,
			'unusable',
		);
	}
	const read = lines.map(readEntry);
	// The last line has no end where the program was killed while it wrote.
	const corruptLines = read.filter((entry, index) => entry === undefined && index < lines.length - 1).length;
	const entries = read.filter(entry => entry !== undefined);
	return {header: header as unknown as RecordingHeader, entries: entries.sort((a, b) => a.at - b.at), corruptLines};
};

/** The files a black box keeps, oldest first by name. */
export const blackBoxFiles = (directory: string): readonly string[] =>
	readdirSync(directory)
		.filter(name => /^bedtop-\d{13}-\d+\.jsonl$/.test(name))
		.sort();

const isDirectory = (path: string): boolean => {
	try {
		return statSync(path).isDirectory();
	} catch {
		return false;
	}
};

/** Reads a recording, or all that a black box's folder holds. Throws RecordingError. */
export const readRecording = (path: string): Recording => {
	if (!isDirectory(path)) return readOne(path);
	const parts = blackBoxFiles(path).map(name => readOne(join(path, name)));
	const [first] = parts;
	if (first === undefined) throw new RecordingError(`${path} holds no recording.`, 'unusable');
	return {
		header: first.header,
		entries: parts.flatMap(({entries}) => entries),
		corruptLines: parts.reduce((sum, part) => sum + part.corruptLines, 0),
	};
};

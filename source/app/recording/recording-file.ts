import {
	appendFileSync,
	closeSync,
	fchmodSync,
	fstatSync,
	openSync,
	readdirSync,
	readFileSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import {record} from '../../domain/common/json.ts';
import {codeOf} from '../../sources/files/file-error.ts';
import type {Action, Settings} from '../../state/state.ts';

/** What a recording was made under; whose it was is not in it. */
export type RecordingHeader = {
	/** The program's version. */
	readonly version: string;
	readonly isDemo: boolean;
	/** Epoch ms. */
	readonly startedAt: number;
	/** When the program began to keep files, of which this is one: aliases mean the same in them only. Epoch ms. */
	readonly runAt?: number;
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
	/** Files of the folder that were left out: those of other runs, and those that are no recordings (any more). */
	readonly otherFiles: number;
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

/** Begins a file that only its owner can read, also where there was one before. Throws the file system's error. */
export const beginFile = (path: string, content: string): void => {
	const file = openSync(path, 'w', 0o600);
	try {
		// The mode above is for new files. A device, such as /dev/null, belongs to everybody and stays as it is.
		if (fstatSync(file).isFile()) fchmodSync(file, 0o600);
		writeFileSync(file, content);
	} finally {
		closeSync(file);
	}
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

/** Every kind of action there is; another version's may know more. */
const actionTypes: Readonly<Record<Action['type'], true>> = {
	...{window: true, sdkRegion: true, identity: true, sessions: true, configuration: true, transcripts: true},
	...{progress: true, notes: true, trail: true, metrics: true, resolutions: true, bill: true, prerequisites: true},
	...{expiry: true, opinions: true, request: true, status: true},
};

/** Beyond it there are no dates: https://tc39.es/ecma262/#sec-time-values-and-time-range */
const isTime = (value: unknown): value is number => typeof value === 'number' && Math.abs(value) <= 8.64e15;

const readEntry = (line: string): RecordedAction | undefined => {
	const it = record(readLine(line));
	const action = record(it?.action);
	const isEntry = isTime(it?.at) && typeof action?.type === 'string' && Object.hasOwn(actionTypes, action.type);
	return isEntry ? ({at: it?.at, action} as unknown as RecordedAction) : undefined;
};

/** What the state cannot do without. */
const isSettings = (value: unknown): boolean => {
	const it = record(value);
	const limits = record(it?.limits);
	return (
		[it?.spendSince, it?.historySince, it?.feedMs, it?.refreshMs].every(isTime) &&
		[it?.spanMs, it?.longestMs].every(item => item === undefined || isTime(item)) &&
		[limits?.day, limits?.month].every(item => item === undefined || typeof item === 'bigint') &&
		limits !== undefined &&
		typeof it?.watchCap === 'bigint' &&
		Array.isArray(it.askedRegions) &&
		it.askedRegions.every(region => typeof region === 'string')
	);
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
	if (header?.bedtop !== 'recording') throw new RecordingError(`${path} is not a recording of bedtop's.`, 'unusable');
	if (header.schema !== schema) {
		const version = /^[\w.+-]{1,20}$/.exec(String(header.version))?.[0] ?? 'unknown';
		throw new RecordingError(`${path} is of another version of bedtop (${version}).`, 'unusable');
	}
	if (!isTime(header.startedAt) || !isSettings(header.settings)) {
		throw new RecordingError(`${path} is not a recording of bedtop's: its first line is damaged.`, 'unusable');
	}
	const read = lines.map(readEntry);
	// The last line has no end where the program was killed while it wrote.
	const corruptLines = read.filter((entry, index) => entry === undefined && index < lines.length - 1).length;
	const entries = read.filter(entry => entry !== undefined).sort((a, b) => a.at - b.at);
	return {header: header as unknown as RecordingHeader, entries, corruptLines, otherFiles: 0};
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

const namesIn = (directory: string): readonly string[] => {
	try {
		return blackBoxFiles(directory);
	} catch (error) {
		throw new RecordingError(`${directory} cannot be read (${codeOf(error)}).`, 'unreadable');
	}
};

/** The recording, or the sentence of why there is none. */
const tryOne = (path: string): Recording | RecordingError => {
	try {
		return readOne(path);
	} catch (error) {
		if (error instanceof RecordingError) return error;
		throw error;
	}
};

/**
 * The newest run of those that a folder holds: what is `person-1` or `msg_bdrk_1` in one run is somebody or something
 * else in the next, so that two of them never make one recording.
 */
const readFolder = (directory: string): Recording => {
	const names = namesIn(directory);
	const read = names.map(name => [name.split('-')[2], tryOne(join(directory, name))] as const);
	const parts = read.flatMap(([pid, it]) =>
		it instanceof RecordingError ? [] : [{...it, run: `${it.header.runAt} ${pid}`}],
	);
	const newest = parts.at(-1);
	if (newest === undefined) {
		const [fault] = read.flatMap(([, it]) => (it instanceof RecordingError ? [it] : []));
		throw fault ?? new RecordingError(`${directory} holds no recording.`, 'unusable');
	}
	const own = parts.filter(({run}) => run === newest.run);
	return {
		header: (own[0] ?? newest).header,
		entries: own.flatMap(({entries}) => entries),
		corruptLines: own.reduce((sum, part) => sum + part.corruptLines, 0),
		otherFiles: names.length - own.length,
	};
};

/** Reads a recording, or the newest that a black box's folder holds. Throws RecordingError. */
export const readRecording = (path: string): Recording => (isDirectory(path) ? readFolder(path) : readOne(path));

import {Buffer} from 'node:buffer';
import {closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync} from 'node:fs';
import {type FileHandle, open, stat} from 'node:fs/promises';

/** Settings, caches and the state file of Claude Code stay far below. */
const mostBytes = 16 << 20;

/** A file system that is mounted but does not answer must not hold up what else there is to read, ms. */
const patienceMs = 3000;

/** A pipe without a writer would hold up `open` itself, and a terminal could become this process's own. */
const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY;

const refuse = (code: 'EISDIR' | 'ENOTFILE' | 'EFBIG' | 'ETIMEDOUT', path: string): Error =>
	Object.assign(new Error(`${code}: ${path}`), {code});

/** Before it is opened, because opening a device can do something; and afterwards, because it may be another by then. */
const requirePlain = (stats: Stats, path: string): void => {
	if (!stats.isFile()) throw refuse(stats.isDirectory() ? 'EISDIR' : 'ENOTFILE', path);
};

/** Opens a plain file, or one that a link leads to, for reading. Rejects with `EISDIR` or `ENOTFILE` for anything else. */
export const openPlainFile = async (path: string): Promise<FileHandle> => {
	requirePlain(await stat(path), path);
	const handle = await open(path, flags);
	try {
		requirePlain(await handle.stat(), path);
		return handle;
	} catch (error) {
		await handle.close();
		throw error;
	}
};

/** Files below /proc say that they are empty: what counts is what can be read. */
const chunkBytes = 65_536;

const readWhole = async (path: string): Promise<Buffer> => {
	const handle = await openPlainFile(path);
	try {
		const chunks: Buffer[] = [];
		for (let total = 0; ; ) {
			const {bytesRead, buffer} = await handle.read(Buffer.allocUnsafe(chunkBytes), 0, chunkBytes, null);
			if (bytesRead === 0) return Buffer.concat(chunks);
			total += bytesRead;
			if (total > mostBytes) throw refuse('EFBIG', path);
			chunks.push(buffer.subarray(0, bytesRead));
		}
	} finally {
		await handle.close();
	}
};

/** What does not answer keeps one of Node's few threads: it is not asked a second time meanwhile. */
const unanswered = new Set<string>();

/**
 * Reads a file that others wrote: a plain one, of 16 MB at most, within three seconds. Rejects with the file system's
 * error, or with one whose code is `ENOTFILE`, `EFBIG` or `ETIMEDOUT`.
 */
export const readPlainBytes = async (path: string): Promise<Buffer> => {
	if (unanswered.has(path)) throw refuse('ETIMEDOUT', path);
	return new Promise((resolve, reject) => {
		let isSettled = false;
		AbortSignal.timeout(patienceMs).addEventListener('abort', () => {
			if (isSettled) return;
			unanswered.add(path);
			reject(refuse('ETIMEDOUT', path));
		});
		const settle = () => {
			isSettled = true;
			unanswered.delete(path);
		};
		void readWhole(path).finally(settle).then(resolve, reject);
	});
};

/** As `readPlainBytes`, as text. */
export const readPlainText = async (path: string): Promise<string> => (await readPlainBytes(path)).toString('utf8');

/** The same for the moments in which there is nothing else to do; throws what `readPlainBytes` rejects with. */
export const readPlainTextSync = (path: string, most = mostBytes): string => {
	requirePlain(statSync(path), path);
	const file = openSync(path, flags);
	try {
		const stats = fstatSync(file);
		requirePlain(stats, path);
		if (stats.size > most) throw refuse('EFBIG', path);
		const bytes = Buffer.allocUnsafe(stats.size);
		let length = 0;
		for (let read = -1; read !== 0 && length < bytes.length; length += read) {
			read = readSync(file, bytes, length, bytes.length - length, length);
		}
		return bytes.toString('utf8', 0, length);
	} finally {
		closeSync(file);
	}
};

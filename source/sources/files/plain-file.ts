import {type FileHandle, open, stat} from 'node:fs/promises';
import {flags, mostBytes, refuse, requirePlain} from './plain-file-sync.ts';

/** A file system that is mounted but does not answer must not hold up what else there is to read, ms. */
const patienceMs = 3000;

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

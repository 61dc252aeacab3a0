import {closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync} from 'node:fs';

/** Settings, caches and the state file of Claude Code stay far below. */
export const mostBytes = 16 << 20;

/** A pipe without a writer would hold up `open` itself, and a terminal could become this process's own. */
export const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY;

export const refuse = (code: 'EISDIR' | 'ELOOP' | 'ENOTFILE' | 'EFBIG' | 'ETIMEDOUT', path: string): Error =>
	Object.assign(new Error(`${code}: ${path}`), {code});

/** Before it is opened, because opening a device can do something; and afterwards, because it may be another by then. */
export const requirePlain = (stats: Stats, path: string): void => {
	if (!stats.isFile()) throw refuse(stats.isDirectory() ? 'EISDIR' : 'ENOTFILE', path);
};

/**
 * Reads a file that others wrote, a plain one, at moments in which there is nothing else to do. Throws the file system's
 * error, or one whose code is `ENOTFILE` or `EFBIG`.
 */
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

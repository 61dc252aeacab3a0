import {closeSync, constants, fchmodSync, fstatSync, ftruncateSync, lstatSync, openSync, writeSync} from 'node:fs';
import {refuse, requirePlain} from '../../sources/files/plain-file-sync.ts';

const {O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW = 0, O_NONBLOCK = 0} = constants;

/** A file that is open for as long as it is written to, whatever takes its place under its name meanwhile. */
export type PrivateFile = {
	/**
	 * Appends at once: whatever ends the program, at most a line is lost. Where there is no room for all of it, nothing of
	 * it stays. Throws the file system's error, and ENOENT where the file was deleted.
	 */
	readonly append: (content: string) => void;
	readonly close: () => void;
};

const gone = (path: string) => Object.assign(new Error(`${path} was deleted`), {code: 'ENOENT'});

const createAppend = (file: number, path: string) => {
	let size = 0;
	return (content: string) => {
		if (fstatSync(file).nlink === 0) throw gone(path);
		const bytes = Buffer.from(content);
		let written = 0;
		try {
			while (written < bytes.length) {
				written += writeSync(file, bytes, written, bytes.length - written, size + written);
			}
		} catch (error) {
			ftruncateSync(file, size);
			throw error;
		}
		size += written;
	};
};

/**
 * Begins a file that only its owner can read, and only with leave in the place of another: never behind a link, never a
 * pipe or device. Throws the file system's error.
 */
export const beginFile = (path: string, content: string, mayReplace: boolean): PrivateFile => {
	const before = lstatSync(path, {throwIfNoEntry: false});
	if (before?.isSymbolicLink()) throw refuse('ELOOP', path);
	if (before !== undefined) requirePlain(before, path);
	const file = openSync(path, O_WRONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK | (mayReplace ? 0 : O_EXCL), 0o600);
	try {
		requirePlain(fstatSync(file), path);
		// The mode above is for new files.
		fchmodSync(file, 0o600);
		ftruncateSync(file);
		const append = createAppend(file, path);
		append(content);
		return {append, close: () => closeSync(file)};
	} catch (error) {
		closeSync(file);
		throw error;
	}
};

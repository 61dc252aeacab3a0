import {
	appendFileSync,
	closeSync,
	constants,
	fchmodSync,
	fstatSync,
	ftruncateSync,
	lstatSync,
	openSync,
	writeFileSync,
} from 'node:fs';
import {refuse, requirePlain} from '../../sources/files/plain-file-sync.ts';

const {O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW = 0, O_NONBLOCK = 0} = constants;

/**
 * Begins a file that only its owner can read, and only with leave in the place of another: never behind a link, never a
 * pipe or device. Throws the file system's error.
 */
export const beginFile = (path: string, content: string, mayReplace: boolean): void => {
	const before = lstatSync(path, {throwIfNoEntry: false});
	if (before?.isSymbolicLink()) throw refuse('ELOOP', path);
	if (before !== undefined) requirePlain(before, path);
	const file = openSync(path, O_WRONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK | (mayReplace ? 0 : O_EXCL), 0o600);
	try {
		requirePlain(fstatSync(file), path);
		// The mode above is for new files.
		fchmodSync(file, 0o600);
		ftruncateSync(file);
		writeFileSync(file, content);
	} finally {
		closeSync(file);
	}
};

/** Appends at once: whatever ends the program, at most a line is lost. Throws the file system's error. */
export const appendToFile = (path: string, content: string): void => appendFileSync(path, content, {mode: 0o600});

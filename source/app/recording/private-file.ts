import {appendFileSync, closeSync, fchmodSync, fstatSync, openSync, writeFileSync} from 'node:fs';

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

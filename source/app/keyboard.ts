import {openSync} from 'node:fs';
import process from 'node:process';
import {ReadStream} from 'node:tty';

/** Where keys come from: stdin, or the terminal itself where stdin is something else (`bedtop < /dev/null`). */
export const keyboard = (): NodeJS.ReadStream => {
	if (process.stdin.isTTY === true) return process.stdin;
	try {
		return new ReadStream(openSync('/dev/tty', 'r'));
	} catch {
		// Nobody can type: the screen shows all the same, and signals end it.
		return process.stdin;
	}
};

import process from 'node:process';
import {fileReason} from '../screen/words/file-problem.ts';
import {codeOf} from '../sources/files/file-error.ts';

/** What was printed could not be written. */
export class OutputError extends Error {
	override readonly name = 'OutputError';
	/** Nobody reads any more (`bedtop --once | head -1`), or the terminal has gone: their wish, not a failure. */
	readonly isWanted: boolean;

	constructor(cause: unknown) {
		const code = codeOf(cause);
		super(`The output cannot be written (${fileReason(code)}).`, {cause});
		const isTerminalGone = code === 'EIO' && process.stdout.isTTY === true;
		this.isWanted = code === 'EPIPE' || isTerminalGone;
	}
}

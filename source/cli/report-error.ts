import process from 'node:process';
import type {FileProblem} from '../domain/common/problem.ts';
import {sanitize} from '../screen/text/sanitize.ts';
import {fileProblemWords} from '../screen/words/file-problem.ts';
import {UsageError} from './usage-error.ts';

/** By name, so that what throws them is not loaded for it. */
const fileErrors = ['PriceFileError', 'RecordingError'];

/** What was typed or read may hold escape sequences, which must not reach the terminal. */
const say = (lines: string) => {
	process.stderr.write(`${lines.split('\n').map(sanitize).join('\n')}\n`);
};

const isFileProblem = (problem: unknown): problem is FileProblem => problem !== undefined;

/** Says on stderr what went wrong, with a hint where there is one, and answers the exit code for it. */
export const reportError = (error: unknown, hint = ''): number => {
	if (error instanceof UsageError) {
		say(`${sanitize(error.message)}${hint} Try bedtop --help.`);
		return 64;
	}
	if (error instanceof Error && fileErrors.includes(error.name)) {
		say(
			'problem' in error && isFileProblem(error.problem)
				? `Cannot read ${fileProblemWords(error.problem)}.`
				: error.message,
		);
		return 'kind' in error && error.kind === 'unreadable' ? 66 : 64;
	}
	if (error instanceof Error && error.name === 'OutputError') {
		if ('isWanted' in error && error.isWanted === true) return 0;
		say(error.message);
		return 74;
	}
	say(`bedtop failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
	return 70;
};

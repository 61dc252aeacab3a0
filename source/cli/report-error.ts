import process from 'node:process';
import {UsageError} from './options.ts';

/** By name, so that what throws them is not loaded for it. */
const fileErrors = ['PriceFileError', 'RecordingError'];

/** Says on stderr what went wrong and answers the exit code for it. */
export const reportError = (error: unknown): number => {
	if (error instanceof UsageError) {
		process.stderr.write(`${error.message} Try bedtop --help.\n`);
		return 64;
	}
	if (error instanceof Error && fileErrors.includes(error.name)) {
		process.stderr.write(`${error.message}\n`);
		return 'kind' in error && error.kind === 'unreadable' ? 66 : 64;
	}
	process.stderr.write(`bedtop failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
	return 70;
};

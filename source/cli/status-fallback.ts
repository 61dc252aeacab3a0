import {cacheDirectory, localMachine} from '../app/machine.ts';
import {statusOfMachine} from '../app/status/status-of-machine.ts';
import {systemClock} from '../polling/clock.ts';
import {loadBook} from '../sources/prices/price-files.ts';
import type {Status} from '../state/status.ts';
import {readConfig} from './config.ts';
import {readOptions} from './options.ts';

export {reportError} from './report-error.ts';

/** The status where no program keeps one, under the person's own settings. */
export const statusByFiles = async (asked: readonly string[]): Promise<Status> => {
	const {flags, discounts} = readConfig();
	const {claudeDirectories, pricesFile} = readOptions({claudeDir: asked}, [], false, flags);
	const book = await loadBook({cacheDirectory: cacheDirectory(), discounts, file: pricesFile});
	return statusOfMachine({machine: localMachine(claudeDirectories), book, clock: systemClock});
};

import {statusOfMachine} from './commands/status.ts';
import {readConfig} from './config.ts';
import type {Status} from './domain/status.ts';
import {cacheDirectory, localMachine} from './machine.ts';
import {readOptions} from './options.ts';
import {systemClock} from './polling/clock.ts';
import {loadBook} from './sources/price-files.ts';

export {complain} from './complain.ts';

/** The status where no program keeps one, under the person's own settings. */
export const statusByFiles = async (asked: readonly string[]): Promise<Status> => {
	const {flags, discounts} = readConfig();
	const {claudeDirectories, pricesFile} = readOptions({claudeDir: asked}, [], false, flags);
	const book = await loadBook({cacheDirectory: cacheDirectory(), discounts, file: pricesFile});
	return statusOfMachine({machine: localMachine(claudeDirectories), book, clock: systemClock});
};

import {existsSync} from 'node:fs';
import type {Options} from '../cli/options.ts';
import {forgottenJson, forgottenText, historyJson, historyText} from '../output/history.ts';
import {stringifySafely} from '../output/json/json-text.ts';
import {systemClock} from '../polling/clock.ts';
import {sanitize} from '../screen/text/sanitize.ts';
import {openDatabase} from '../sources/history/database.ts';
import {historyPath} from '../sources/history/database-file.ts';
import {explainFault, HistoryFault} from '../sources/history/fault.ts';
import {forgetBefore} from '../sources/history/forget.ts';
import {lookInto} from '../sources/history/look.ts';
import type {Runtime} from './runtime.ts';

const forget = (directory: string, before: number | undefined): number => {
	const {database, path, isReadOnly} = openDatabase({directory, now: systemClock.now()});
	try {
		if (isReadOnly) throw new HistoryFault('read-only', path);
		return forgetBefore(database, before);
	} finally {
		database.close();
	}
};

const look = (directory: string) => {
	const {database, path} = openDatabase({directory, now: systemClock.now()});
	try {
		return lookInto(database, path);
	} finally {
		database.close();
	}
};

const answer = ({forgets, before, isJson}: Options, directory: string | undefined): string => {
	const path = directory && historyPath(directory);
	const isThere = path !== undefined && existsSync(path);
	if (forgets) {
		const forgotten = {replies: directory !== undefined && isThere ? forget(directory, before) : 0, before};
		return isJson ? `${stringifySafely(forgottenJson(forgotten))}\n` : forgottenText(forgotten);
	}
	const shown = {path, kept: directory !== undefined && isThere ? look(directory) : undefined};
	return isJson ? `${stringifySafely(historyJson(shown))}\n` : historyText(shown);
};

/** What is kept on this machine, or has it forgotten. The exit code is 2 where that cannot be done, with a sentence. */
export const historyCommand = async (options: Options, runtime: Runtime): Promise<number> => {
	const {stateDirectory: directory, print, warn} = runtime;
	let text: string;
	try {
		text = answer(options, directory);
	} catch (error) {
		const {message, fix} = explainFault(error, historyPath(directory ?? ''));
		warn(sanitize(fix === undefined ? message : `${message} → ${fix}`));
		return 2;
	}
	await print(text);
	return 0;
};

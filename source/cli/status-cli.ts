import {writeSync} from 'node:fs';
import process from 'node:process';
import {configFile, stateDirectory} from '../app/machine.ts';
import {OutputError} from '../app/output-error.ts';
import {readStatusFile} from '../app/status/status-file.ts';
import {type StatusFormat, statusLine} from '../output/status/status-line.ts';
import {systemClock} from '../polling/clock.ts';
import {codeOf} from '../sources/files/file-error.ts';
import {readCommandLine} from './arguments.ts';
import {readConfigFile} from './config-file.ts';
import {flagOf} from './options.ts';
import {readOptions, readValue} from './read-options.ts';
import {reportError} from './report-error.ts';

/** Every value of an option, in a command line that has been checked. */
const valuesOf = (argv: readonly string[], flag: string): readonly string[] =>
	argv.flatMap((word, index) => {
		if (word === flag) return argv.slice(index + 1, index + 2);
		return word.startsWith(`${flag}=`) ? [word.slice(flag.length + 1)] : [];
	});

/** https://no-color.org */
const hasColour = () => {
	const {NO_COLOR, FORCE_COLOR} = process.env;
	return NO_COLOR === undefined || NO_COLOR === '' || FORCE_COLOR !== undefined;
};

/** Opening process.stdout takes Node several ms; a line this short goes out in one write. */
const print = (line: string) => {
	try {
		writeSync(1, `${line}\n`);
	} catch (error) {
		if (codeOf(error) !== 'EAGAIN') throw new OutputError(error);
		process.stdout.on('error', () => undefined).write(`${line}\n`);
	}
};

/** What a running program keeps, or else what the transcripts say under the person's own settings. */
const readStatus = async (claudeDir: readonly string[]) => {
	const kept = readStatusFile(stateDirectory(), systemClock.now());
	if (kept !== undefined) return kept;
	const options = readOptions({typed: {claudeDir}}, false, readConfigFile(configFile()));
	const {statusByFiles} = await import('../app/status/status-of-machine.ts');
	return statusByFiles(options);
};

/**
 * `bedtop status`, asked for by a status bar every few seconds: it loads neither the parser nor the screen. Whether it
 * has answered: another command, a call for help and a command line with a mistake are left to the whole program.
 */
export const runStatus = async (argv: readonly string[]): Promise<boolean> => {
	let format: StatusFormat;
	try {
		const {command} = readCommandLine(argv);
		if (command !== 'status' || argv.includes('--help') || argv.includes('-h')) return false;
		format = readValue('format', valuesOf(argv, flagOf('format')));
	} catch {
		return false;
	}
	try {
		const status = await readStatus(valuesOf(argv, flagOf('claudeDir')));
		print(statusLine(status, {format, hasColour: hasColour(), now: systemClock.now()}));
	} catch (error) {
		process.exitCode = reportError(error);
	}
	return true;
};

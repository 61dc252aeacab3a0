import {constants} from 'node:os';
import process from 'node:process';
import packageJson from '../../package.json' with {type: 'json'};
import {configFile} from '../app/machine.ts';
import {OutputError} from '../app/output-error.ts';
import {print, processRuntime} from '../app/process-runtime.ts';
import {run} from '../app/run.ts';
import {type CommandLine, noCommand, readCommandLine} from './arguments.ts';
import {isCommand} from './commands.ts';
import {readConfigFile} from './config-file.ts';
import type {Options} from './options.ts';
import {readOptions, type Typed} from './read-options.ts';
import {reportError} from './report-error.ts';

const {version} = packageJson;

const endings = ['SIGTERM', 'SIGHUP', 'SIGINT'] as const;

/** Requests that a thread of Node's works on: leaving in the orderly way waits for them, however long they take. */
const hasUnanswered = () => process.getActiveResourcesInfo().some(name => /^(FSReq|GetAddrInfo)/.test(name));

const graceMs = 200;

/** Ends with the shell's usual code for a signal, or by the signal itself where a file or a name does not answer. */
const endBy = (signal: (typeof endings)[number]) => {
	const exit = () => process.exit(128 + constants.signals[signal]);
	if (!hasUnanswered()) exit();
	setTimeout(() => {
		if (!hasUnanswered()) exit();
		process.removeAllListeners(signal);
		process.kill(process.pid, signal);
	}, graceMs);
};

const execute = async (options: Options): Promise<number> => {
	const ends: (() => void)[] = [];
	const cleanUp = () => {
		const end = ends.pop();
		if (end === undefined) return;
		// What fails to be tidied away keeps no terminal from being given back.
		try {
			end();
		} finally {
			cleanUp();
		}
	};
	for (const signal of endings) {
		process.once(signal, () => {
			cleanUp();
			endBy(signal);
		});
	}
	process.on('uncaughtException', error => {
		cleanUp();
		process.exit(reportError(error));
	});
	process.on('exit', cleanUp);
	const onEnd = (callback: () => void) => {
		ends.push(callback);
	};
	return run(options, processRuntime({version, isDemo: options.isDemo, onEnd}));
};

/** What is answered without looking at anything: help, the version, completions; undefined for all else. */
const answer = async ({command, operands: [operand]}: CommandLine, typed: Typed): Promise<string | undefined> => {
	const isHelp = typed.help === true || command === 'help';
	if (isHelp) {
		const about = command === 'help' ? operand : command;
		if (about !== undefined && !isCommand(about)) throw noCommand(about);
		const {help, helpFor} = await import('./help.ts');
		return about === undefined ? help : helpFor(about);
	}
	if (typed.version === true || command === 'version') return `${version}\n`;
	if (command !== 'completion') return undefined;
	const {completionFor} = await import('./completion.ts');
	return completionFor(operand);
};

const runLine = async (argv: readonly string[], isTty: boolean): Promise<number> => {
	const line = readCommandLine(argv);
	// Nothing typed, nothing to parse: the usual start does not wait for the parser to load.
	const typed = argv.length === 0 ? {} : (await import('./parse.ts')).parse(line);
	const text = await answer(line, typed);
	if (text === undefined) return execute(readOptions({...line, typed}, isTty, readConfigFile(configFile())));
	await print(text);
	return 0;
};

/** The program from its arguments to its exit code. The only place that ends the process. */
export const runCli = async (argv: readonly string[]): Promise<void> => {
	process.stdout.on('error', error => {
		// After what restores the terminal.
		process.once('exit', () => {
			process.exitCode = reportError(new OutputError(error));
		});
		process.exit();
	});
	process.stderr.on('error', () => undefined);
	let code: number;
	try {
		code = await runLine(argv, process.stdout.isTTY === true);
	} catch (error) {
		const {didYouMean} = await import('./did-you-mean.ts');
		code = reportError(error, didYouMean(error));
	}
	process.exit(code);
};

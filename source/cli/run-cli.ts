import {constants} from 'node:os';
import process from 'node:process';
import packageJson from '../../package.json' with {type: 'json'};
import {cacheDirectory, configFile, stateDirectory} from '../app/machine.ts';
import {copyText, notification} from '../app/terminal.ts';
import {type CommandLine, readCommandLine} from './arguments.ts';
import {commandNames, isCommand} from './commands.ts';
import {readConfigFile} from './config-file.ts';
import type {Options} from './options.ts';
import {readOptions, type Typed} from './read-options.ts';
import {reportError} from './report-error.ts';
import {UsageError} from './usage-error.ts';

const {version} = packageJson;

/** Prints and gives stdout time to take it: a pipe may be slow, and exiting would cut what is not yet written. */
const print = (text: string): Promise<void> =>
	new Promise(resolve => {
		process.stdout.write(text, () => resolve());
	});

/** https://no-color.org; chalk only knows FORCE_COLOR, which wins where both are set. */
const honourNoColor = () => {
	const {NO_COLOR, FORCE_COLOR} = process.env;
	if (NO_COLOR !== undefined && NO_COLOR !== '' && FORCE_COLOR === undefined) process.env.FORCE_COLOR = '0';
};

const isInTmux = () => (process.env.TMUX ?? '') !== '';

const logColumns = 120;

const endings = ['SIGTERM', 'SIGHUP', 'SIGINT'] as const;

const execute = async (options: Options): Promise<number> => {
	honourNoColor();
	// Few files are read faster than many: all that the first frame needs is behind this one import.
	const {run} = await import('../app/run.ts');
	let end: (() => void) | undefined;
	const cleanUp = () => {
		end?.();
		end = undefined;
	};
	for (const signal of endings) {
		process.once(signal, () => {
			cleanUp();
			process.exit(128 + constants.signals[signal]);
		});
	}
	process.on('uncaughtException', error => {
		cleanUp();
		process.exit(reportError(error));
	});
	process.on('exit', cleanUp);
	return run(options, {
		version,
		print,
		awsProfile: process.env.AWS_PROFILE,
		// What is simulated must not be taken for this machine later.
		cacheDirectory: options.isDemo ? undefined : cacheDirectory(),
		stateDirectory: options.isDemo ? undefined : stateDirectory(),
		warn: sentence => process.stderr.write(`${sentence}\n`),
		publicPrices: process.env.AWS_ENDPOINT_URL_PRICING ?? process.env.AWS_ENDPOINT_URL,
		columns: process.stdout.columns ?? logColumns,
		ringBell: () => process.stdout.write('\u0007'),
		notifyTerminal: (protocol, sentence) => process.stdout.write(notification(protocol, sentence, isInTmux())),
		copy: text => copyText(text, isInTmux()),
		onEnd(callback) {
			end = callback;
		},
	});
};

/** What is answered without looking at anything: help, the version, completions; undefined for all else. */
const answer = async ({command, operands: [operand]}: CommandLine, typed: Typed): Promise<string | undefined> => {
	const isHelp = typed.help === true || command === 'help';
	if (isHelp) {
		const about = command === 'help' ? operand : command;
		if (about !== undefined && !isCommand(about)) {
			throw new UsageError(`There is no command “${about}”.`, {written: about, known: commandNames});
		}
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
	// A closed pipe (`bedtop --once | head -1`) is the reader's wish, not a failure.
	process.stdout.on('error', () => process.exit(0));
	let code: number;
	try {
		code = await runLine(argv, process.stdout.isTTY === true);
	} catch (error) {
		const {didYouMean} = await import('./did-you-mean.ts');
		code = reportError(error, didYouMean(error));
	}
	process.exit(code);
};

import {constants} from 'node:os';
import process from 'node:process';
import packageJson from '../../package.json' with {type: 'json'};
import {cacheDirectory, stateDirectory} from '../app/machine.ts';
import {copyText, notification} from '../app/terminal.ts';
import {readConfig} from './config.ts';
import type {ConfigFile} from './config-file.ts';
import {switches, valueFlags} from './flag-names.ts';
import {type Flags, type Options, readOptions, UsageError} from './options.ts';
import {reportError} from './report-error.ts';

const {version} = packageJson;

const dashed = (flag: string) => flag.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
const valueFlag = new RegExp(`^--(${valueFlags.map(dashed).join('|')})$`);

/** A flag whose value was forgotten: meow would take it for absent, or the next flag for its value. */
const requireValues = (argv: readonly string[]) => {
	for (const [index, argument] of argv.entries()) {
		const next = argv[index + 1];
		const isMissing = valueFlag.test(argument) && (next === undefined || next.startsWith('-'));
		if (isMissing) throw new UsageError(`${argument} needs a value.`);
	}
};

/** `prices --refresh` has no value, unlike the option of that name. */
const withoutAmbiguous = (argv: readonly string[]): readonly string[] =>
	argv.includes('prices') ? argv.map(argument => (argument === '--refresh' ? '--refresh-prices' : argument)) : argv;

const parse = async (typed: readonly string[]) => {
	const argv = withoutAmbiguous(typed);
	requireValues(argv);
	const {meow, help} = await import('./typed.ts');
	type Kind = {readonly type: 'string'; readonly isMultiple: true} | {readonly type: 'boolean'};
	const kinds: Record<string, Kind> = {};
	for (const name of valueFlags) kinds[name] = {type: 'string', isMultiple: true};
	for (const name of switches) kinds[name] = {type: 'boolean'};
	return meow(help, {
		importMeta: {url: 'file:///bedtop/dist/cli.js'} as ImportMeta,
		argv: [...argv],
		pkg: {name: 'bedtop', version},
		description: 'bedtop: top for Claude Code on Amazon Bedrock',
		autoHelp: false,
		autoVersion: false,
		booleanDefault: undefined,
		flags: kinds,
	});
};

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

const execute = async (options: Options, {discounts}: ConfigFile): Promise<number> => {
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
		discounts,
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

/** The program from its arguments to its exit code. The only place that ends the process. */
export const runCli = async (argv: readonly string[]): Promise<void> => {
	// A closed pipe (`bedtop --once | head -1`) is the reader's wish, not a failure.
	process.stdout.on('error', () => process.exit(0));
	const isTty = process.stdout.isTTY === true;
	let code: number;
	try {
		// Nothing typed, nothing to parse: the usual start does not wait for the parser to load.
		const cli = argv.length === 0 ? {flags: {}, input: [], help: ''} : await parse(argv);
		const {flags, input}: {flags: Flags; input: readonly string[]} = cli;
		if (flags.help === true) await print(`${cli.help.trimStart()}\n`);
		if (flags.version === true) await print(`${version}\n`);
		const isAnswered = flags.help === true || flags.version === true;
		if (isAnswered) code = 0;
		else if (input[0] === 'completion') {
			const {completionFor} = await import('./typed.ts');
			await print(completionFor(input.slice(1)));
			code = 0;
		} else {
			const config = readConfig();
			code = await execute(readOptions(flags, input, isTty, config.flags), config);
		}
	} catch (error) {
		code = reportError(error);
	}
	process.exit(code);
};

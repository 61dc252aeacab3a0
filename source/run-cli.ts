import {existsSync} from 'node:fs';
import {constants, homedir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import packageJson from '../package.json' with {type: 'json'};
import {noDiscounts} from './domain/discount.ts';
import {type Flags, type Options, readOptions, switches, UsageError, valueFlags} from './options.ts';
import {type ConfigFile, readConfigFile} from './sources/config-file.ts';
import {copyText, notification} from './terminal.ts';

const {version} = packageJson;

const help = `
  Usage
    $ bedtop               the live monitor
    $ bedtop --demo        the same over a simulated account; needs no AWS and no Claude Code
    $ bedtop --once        one round of every source as text (also when stdout is no terminal)
    $ bedtop --json        one round as one JSON object
    $ bedtop --jsonl       stays running: one such object per change, at most one a second
    $ bedtop --check       one round, a line on stderr for each thing that is wrong: routing not
                           proven, a refusal within --since, a budget exceeded
    $ bedtop doctor        every check of routing, account and access, with evidence and fix; --json
    $ bedtop policy        the IAM policy that bedtop itself needs, as JSON
    $ bedtop prices        the price book with dates and sources; --json too. With --refresh it
                           reads AWS's price list first and keeps it

  Options
    --region R         region to watch, repeatable; default: where Claude Code's sessions are
                       configured for, then the SDK's own
    --profile P        profile of ~/.aws
    --claude-dir DIR   Claude Code's folder, repeatable; default: CLAUDE_CONFIG_DIR, else ~/.claude
    --since 24h        window; default: since local midnight for spend, 1h for the feed
    --refresh SECONDS  how often AWS is asked, at least 15; default 60
    --no-aws           this machine only
    --budget USD       what a local day may cost; --budget-month USD for the month
    --prices FILE      prices of your own (JSON, as "prices --json" prints them)
    --cost-explorer    show the bill too: every look costs $0.01, at most one in 6 h
    --max-watch-cost USD  the most that bedtop's own requests may cost in a day; default 0.10
    --no-bell          never ring
    --notify osc9      besides, the terminal's own notification (or osc777) when something is new
    --theme NAME       default, dim, high-contrast or colour-blind
    --ascii            no signs but ASCII
    --help, --version

  The same settings can stand in $XDG_CONFIG_HOME/bedtop/config.json (budgetMonth, claudeDir, …),
  with "discount" (percent, or {"overall", "models"}), "cacheWrites" ("5m" or "1h") and "keys"
  ({"freeze": "F"}) besides.

  Exit codes: 0 fine, 1 --check or doctor found something, 2 no source could answer or could not tell,
  64 wrong usage, 66 a file cannot be read, 70 internal failure
`;

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
const withoutHomonyms = (argv: readonly string[]): readonly string[] =>
	argv.includes('prices') ? argv.map(argument => (argument === '--refresh' ? '--refresh-prices' : argument)) : argv;

const parse = async (typed: readonly string[]) => {
	const argv = withoutHomonyms(typed);
	requireValues(argv);
	const {default: meow} = await import('meow');
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

const complain = (error: unknown): number => {
	if (error instanceof UsageError) {
		process.stderr.write(`${error.message} Try bedtop --help.\n`);
		return 64;
	}
	if (error instanceof Error && error.name === 'PriceFileError') {
		process.stderr.write(`${error.message}\n`);
		return 'kind' in error && error.kind === 'unreadable' ? 66 : 64;
	}
	process.stderr.write(`bedtop failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
	return 70;
};

/** https://no-color.org; chalk only knows FORCE_COLOR, which wins where both are set. */
const honourNoColor = () => {
	const {NO_COLOR, FORCE_COLOR} = process.env;
	if (NO_COLOR !== undefined && NO_COLOR !== '' && FORCE_COLOR === undefined) process.env.FORCE_COLOR = '0';
};

const isInTmux = () => (process.env.TMUX ?? '') !== '';

const logColumns = 120;

const endings = ['SIGTERM', 'SIGHUP', 'SIGINT'] as const;

const readConfig = (): ConfigFile => {
	const {env} = process;
	const path = join(env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'bedtop', 'config.json');
	if (!existsSync(path)) return {flags: {}, discounts: noDiscounts};
	const file = readConfigFile(path);
	if (file.fault !== undefined) throw new UsageError(file.fault);
	return file;
};

const execute = async (options: Options, {discounts}: ConfigFile): Promise<number> => {
	honourNoColor();
	// Few files are read faster than many: all that the first frame needs is behind this one import.
	const {run} = await import('./main.tsx');
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
		process.exit(complain(error));
	});
	process.on('exit', cleanUp);
	return run(options, {
		version,
		print,
		discounts,
		awsProfile: process.env.AWS_PROFILE,
		cacheDirectory: options.isDemo
			? undefined
			: join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'bedtop'),
		complain: sentence => process.stderr.write(`${sentence}\n`),
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
		else {
			const config = readConfig();
			code = await execute(readOptions(flags, input, isTty, config.flags), config);
		}
	} catch (error) {
		code = complain(error);
	}
	process.exit(code);
};

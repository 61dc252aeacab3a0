import {constants} from 'node:os';
import process from 'node:process';
import packageJson from '../package.json' with {type: 'json'};
import {type Flags, type Options, readOptions, UsageError} from './options.ts';

const {version} = packageJson;

const help = `
  Usage
    $ bedtop               the live monitor
    $ bedtop --demo        the same over a simulated account; needs no AWS and no Claude Code
    $ bedtop --once        one round of every source as text (also when stdout is no terminal)
    $ bedtop --json        one round as one JSON object

  Options
    --region R         region to watch, repeatable; default: where Claude Code's sessions are
                       configured for, then the SDK's own
    --profile P        profile of ~/.aws
    --claude-dir DIR   Claude Code's folder, repeatable; default: CLAUDE_CONFIG_DIR, else ~/.claude
    --since 24h        window; default: since local midnight for spend, 1h for the feed
    --refresh SECONDS  how often AWS is asked, at least 15; default 60
    --no-aws           this machine only
    --help, --version

  Exit codes: 0 fine, 2 no source could answer, 64 wrong usage, 70 internal failure
`;

const valueFlag = /^--(region|profile|claude-dir|since|refresh)$/;

/** A flag whose value was forgotten: meow would take it for absent, or the next flag for its value. */
const requireValues = (argv: readonly string[]) => {
	for (const [index, argument] of argv.entries()) {
		const next = argv[index + 1];
		const isMissing = valueFlag.test(argument) && (next === undefined || next.startsWith('-'));
		if (isMissing) throw new UsageError(`${argument} needs a value.`);
	}
};

const parse = async (argv: readonly string[]) => {
	requireValues(argv);
	const {default: meow} = await import('meow');
	return meow(help, {
		importMeta: {url: 'file:///bedtop/dist/cli.js'} as ImportMeta,
		argv: [...argv],
		pkg: {name: 'bedtop', version},
		description: 'bedtop: top for Claude Code on Amazon Bedrock',
		autoHelp: false,
		autoVersion: false,
		flags: {
			demo: {type: 'boolean'},
			once: {type: 'boolean'},
			json: {type: 'boolean'},
			aws: {type: 'boolean', default: true},
			region: {type: 'string', isMultiple: true},
			profile: {type: 'string', isMultiple: true},
			claudeDir: {type: 'string', isMultiple: true},
			since: {type: 'string', isMultiple: true},
			refresh: {type: 'string', isMultiple: true},
			help: {type: 'boolean'},
			version: {type: 'boolean'},
		},
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
	process.stderr.write(`bedtop failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
	return 70;
};

/** https://no-color.org; chalk only knows FORCE_COLOR, which wins where both are set. */
const honourNoColor = () => {
	const {NO_COLOR, FORCE_COLOR} = process.env;
	if (NO_COLOR !== undefined && NO_COLOR !== '' && FORCE_COLOR === undefined) process.env.FORCE_COLOR = '0';
};

const endings = ['SIGTERM', 'SIGHUP', 'SIGINT'] as const;

const execute = async (options: Options): Promise<number> => {
	honourNoColor();
	// Read and compiled while the rest loads; the monitor asks for them right after.
	if (options.mode === 'live') void Promise.all([import('ink'), import('./app.tsx')]);
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
		code = isAnswered ? 0 : await execute(readOptions(flags, input, isTty));
	} catch (error) {
		code = complain(error);
	}
	process.exit(code);
};

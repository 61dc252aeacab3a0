import type {StatusFormat} from '../output/status/status-line.ts';
import {themeNames} from '../screen/text/theme-names.ts';
import type {OptionWords} from './completion-script.ts';
import type {commands, switches, valueFlags} from './flag-names.ts';

/** How the help describes it, besides what shells complete. */
type Described = {
	/** What stands behind the short words in the help. */
	readonly more?: string;
	/** How the help names the value. */
	readonly value?: string;
	/** `mode`: in the help's list of commands; `unlisted`: in none. */
	readonly place?: 'mode' | 'unlisted';
};

const statusFormats: readonly StatusFormat[] = ['plain', 'tmux'];

type Name = (typeof valueFlags)[number] | (typeof switches)[number];
type Command = (typeof commands)[number] | 'status' | 'completion';

/** Where Bedrock has Claude and people have their accounts; any other region can be typed as well. */
const usualRegions = [
	...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1', 'sa-east-1'],
	...['eu-central-1', 'eu-central-2', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-2', 'eu-west-3'],
	...['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2'],
];

/** Every option in words, in the order of the help: what the help, the completions and nobody else describe. */
export const optionTable: Readonly<Record<Name, OptionWords & Described>> = {
	demo: {
		words: 'the same over a simulated account',
		more: '; needs no AWS and no Claude Code',
		place: 'mode',
		alone: 'the live monitor over a simulated account',
	},
	once: {words: 'one round of every source as text', more: ' (also when stdout is no terminal)', place: 'mode'},
	json: {words: 'one round as one JSON object', place: 'mode'},
	jsonl: {
		words: 'stays running',
		more: ': one such object per change, at most one a second',
		place: 'mode',
		alone: 'one JSON object per change, at most one a second',
	},
	check: {
		words: 'one round, a line on stderr for each thing that is wrong',
		more: ': routing not proven, a refusal within --since, a budget exceeded',
		place: 'mode',
	},
	region: {
		words: 'region to watch',
		more: ", repeatable; default: where Claude Code's sessions are configured for, then the SDK's own",
		value: 'R',
		values: usualRegions,
		isRepeatable: true,
	},
	profile: {words: 'profile of ~/.aws', value: 'P'},
	claudeDir: {
		words: "Claude Code's folder",
		more: ', repeatable; default: CLAUDE_CONFIG_DIR, else ~/.claude',
		value: 'DIR',
		values: 'directory',
		isRepeatable: true,
	},
	since: {
		words: 'window',
		more: '; default: since local midnight for spend, 1h for the feed',
		value: '24h',
		values: ['1h', '24h', '7d'],
		alone: 'how far to look back',
	},
	refresh: {words: 'how often AWS is asked', more: ', at least 15; default 60', value: 'SECONDS'},
	aws: {words: 'this machine only', isOff: true},
	budget: {words: 'what a local day may cost', more: '; --budget-month USD for the month', value: 'USD'},
	budgetMonth: {words: 'what a month may cost', value: 'USD', place: 'unlisted'},
	prices: {
		words: 'prices of your own',
		more: ' (JSON, as "prices --json" prints them)',
		value: 'FILE',
		values: 'file',
	},
	costExplorer: {words: 'show the bill too', more: ': every look costs $0.01, at most one in 6 h'},
	maxWatchCost: {
		words: "the most that bedtop's own requests may cost in a day",
		more: '; default 0.10',
		value: 'USD',
	},
	bell: {words: 'never ring', isOff: true},
	notify: {
		words: "besides, the terminal's own notification",
		more: ' (or osc777) when something is new',
		value: 'osc9',
		values: ['osc9', 'osc777'],
		alone: "the terminal's own notification when something is new",
	},
	theme: {
		words: 'default, dim, high-contrast or colour-blind',
		value: 'NAME',
		values: themeNames,
		alone: 'colours',
	},
	ascii: {words: 'no signs but ASCII'},
	mask: {words: 'aliases for account ids and callers', more: ', where others see the screen'},
	record: {
		words: 'record what happens, without anything private',
		more: ', for replay',
		value: 'FILE',
		values: 'file',
	},
	blackBox: {words: 'keep the last hour recorded in that folder', value: 'DIR', values: 'directory'},
	format: {words: 'how the line is written', value: 'F', values: statusFormats, isOfCommand: true, place: 'unlisted'},
	speed: {words: 'how many times as fast', value: 'N', values: ['1', '10', '60'], isOfCommand: true, place: 'unlisted'},
	refreshPrices: {words: "read AWS's price list first", place: 'unlisted'},
	help: {words: 'how to use it', place: 'unlisted'},
	version: {words: 'its version', place: 'unlisted'},
};

/** Every command in words, in the order of the help. */
export const commandTable: Readonly<
	Record<
		Command,
		Described & {readonly words: string; readonly operands?: OptionWords['values']; readonly options?: readonly Name[]}
	>
> = {
	doctor: {words: 'every check of routing, account and access, with evidence and fix', more: '; --json'},
	policy: {words: 'the IAM policy that bedtop itself needs, as JSON'},
	prices: {
		words: 'the price book with dates and sources',
		more: "; --json too. With --refresh it reads AWS's price list first and keeps it",
	},
	replay: {
		words: 'the live monitor over a recording',
		more: '; --speed 10, --json and --once too',
		value: 'FILE',
		operands: 'file',
		options: ['speed', 'json', 'once', 'ascii', 'theme', 'help'],
	},
	status: {
		words: 'one short line for a status bar',
		more: ", from what a running bedtop keeps or else today's transcripts; --format tmux colours it for tmux",
		options: ['format', 'claudeDir', 'help'],
	},
	completion: {
		words: 'completions for a shell',
		more: ': bash, zsh or fish',
		value: 'SHELL',
		operands: ['bash', 'zsh', 'fish'],
		options: [],
	},
};

/** How an option is typed. */
export const flagOf = (name: string): string => {
	const isOff = optionTable[name as Name]?.isOff === true;
	return `--${isOff ? 'no-' : ''}${name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;
};

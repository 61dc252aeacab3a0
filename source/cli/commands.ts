/** What completes a value; nothing where it is the person's own. */
export type Completion = readonly string[] | 'file' | 'directory' | 'command';

/** A word that stands in front, what may follow it, and how help and completions describe it. */
export type CommandRow = {
	readonly words: string;
	/** What stands behind the words in the help. */
	readonly more?: string;
	readonly operand?: {
		readonly name: string;
		readonly words: string;
		readonly completion: Completion;
		readonly isOptional?: true;
	};
	/** Completions offer the options that name this command, and no others. */
	readonly hasOwnOptions?: true;
	/** Other options than those that name it are an error. */
	readonly isStrict?: true;
};

const shells = ['bash', 'zsh', 'fish'] as const;

/** Every command, in the order of the help. */
const commandTable = {
	report: {
		words: 'spend, calls, refusals and tokens by one dimension, as a table',
		more: '; --by day, hour, model, project, session, agent, principal, region or account, --since 30d, --json, --csv',
		hasOwnOptions: true,
	},
	doctor: {words: 'every check of routing, account and access, with evidence and fix', more: '; --json'},
	policy: {words: 'the IAM policy that bedtop itself needs, as JSON'},
	prices: {
		words: 'the price book with dates and sources',
		more: "; --json too. With --refresh it reads AWS's price list first and keeps it",
	},
	replay: {
		words: 'the live monitor over a recording',
		more: '; --speed 10, --json and --once too',
		operand: {name: 'FILE', words: 'what --record wrote, or the folder of --black-box', completion: 'file'},
		hasOwnOptions: true,
	},
	status: {
		words: 'one short line for a status bar',
		more: ", from what a running bedtop keeps or else today's transcripts; --format tmux colours it for tmux",
		hasOwnOptions: true,
		isStrict: true,
	},
	history: {
		words: 'what is kept on this machine of what was read',
		more: '; --json too. "history forget" has it forgotten, with --before DATE only what is older',
		operand: {name: 'forget', words: 'have it forgotten', completion: ['forget'], isOptional: true},
		hasOwnOptions: true,
	},
	completion: {
		words: 'completions for a shell',
		more: ': bash, zsh or fish',
		operand: {name: 'SHELL', words: 'bash, zsh or fish', completion: shells},
		hasOwnOptions: true,
	},
	help: {
		words: 'how to use bedtop, or one command',
		operand: {
			name: 'COMMAND',
			words: 'one of those that bedtop --help lists',
			completion: 'command',
			isOptional: true,
		},
		hasOwnOptions: true,
	},
	version: {words: 'the version of bedtop', hasOwnOptions: true},
} as const satisfies Readonly<Record<string, CommandRow>>;

export type CommandName = keyof typeof commandTable;

/** The same rows without the types of each. */
export const commandRows: Readonly<Record<CommandName, CommandRow>> = commandTable;
export const commandNames = Object.keys(commandTable) as readonly CommandName[];
export const isCommand = (word: string | undefined): word is CommandName => commandNames.some(name => name === word);

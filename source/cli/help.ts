import {type CommandName, type CommandRow, commandNames, commandRows} from './commands.ts';
import {flagOf, type OptionName, optionNames, optionRows} from './options.ts';

type Entry = readonly [usage: string, text: string];

const lastColumn = 100;

/** Usage on the left, text on the right from that column on, wrapped. */
const block = (entries: readonly Entry[], column: number): string => {
	const lines = entries.flatMap(([usage, text]) => {
		const [first = '', ...rest] = text.split(' ');
		const rows = [`${`    ${usage}`.padEnd(column - 2)}  ${first}`];
		for (const word of rest) {
			const longer = `${rows.at(-1)} ${word}`;
			if (longer.length <= lastColumn) rows[rows.length - 1] = longer;
			else rows.push(' '.repeat(column) + word);
		}
		return rows.map(row => row.trimEnd());
	});
	return lines.join('\n');
};

const usageColumn = 27;
const optionColumn = 23;

const withValue = (name: string, value: string | undefined) => (value === undefined ? name : `${name} ${value}`);
const typedAs = (name: OptionName) => {
	const {short, value} = optionRows[name];
	return `${short === undefined ? '' : `-${short}, `}${withValue(flagOf(name), value)}`;
};
const inWords = ({words, more = ''}: {readonly words: string; readonly more?: string}) => words + more;

const operandOf = ({operand}: CommandRow): string | undefined =>
	operand?.isOptional === true ? `[${operand.name}]` : operand?.name;

const isListed = (name: OptionName) => optionRows[name].place === undefined && optionRows[name].words !== '';

const usage: readonly Entry[] = [
	['$ bedtop', 'the live monitor'],
	...optionNames
		.filter(name => optionRows[name].place === 'mode')
		.map((name): Entry => [`$ bedtop ${flagOf(name)}`, inWords(optionRows[name])]),
	...commandNames.map(
		(name): Entry => [`$ bedtop ${withValue(name, operandOf(commandRows[name]))}`, inWords(commandRows[name])],
	),
];

const listed: readonly Entry[] = [
	...optionNames.filter(isListed).map((name): Entry => [typedAs(name), inWords(optionRows[name])]),
	['-h, --help, -v, --version', ''],
];

/** What `bedtop --help` prints. */
export const help = `bedtop: top for Claude Code on Amazon Bedrock

  Usage
${block(usage, usageColumn)}

  Options
${block(listed, optionColumn)}

  The same settings can stand in $XDG_CONFIG_HOME/bedtop/config.json (budgetMonth, claudeDir, …),
  with "discount" (percent, or {"overall", "models"}), "cacheWrites" ("5m" or "1h") and "keys"
  ({"freeze": "F"}) besides.

  Exit codes: 0 fine, 1 --check or doctor found something, 2 no source could answer or could not tell,
  64 wrong usage, 66 a file cannot be read, 70 internal failure, 74 output cannot be written
`;

/** What `bedtop help COMMAND` prints. */
export const helpFor = (command: CommandName): string => {
	const row = commandRows[command];
	const {operand} = row;
	const names = optionNames.filter(name => {
		const {only, also = []} = optionRows[name];
		return only === command || also.includes(command);
	});
	const entry = (name: OptionName): Entry => {
		const {alone = inWords(optionRows[name])} = optionRows[name];
		return [typedAs(name), alone];
	};
	const form = `$ bedtop ${withValue(command, operandOf(row))}${names.length === 0 ? '' : ' [OPTIONS]'}`;
	const about: readonly Entry[] = operand === undefined ? [] : [[operand.name, operand.words]];
	const options = names.length === 0 ? '' : `\n  Options\n${block(names.map(entry), optionColumn)}\n`;
	return `bedtop ${command}

  Usage
${block([[form, inWords(row)], ...about], Math.max(usageColumn, form.length + 6))}
${options}
  bedtop --help lists the options that all commands have in common.
`;
};

import {commandTable, flagOf, optionTable} from './option-table.ts';

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

const options = Object.entries(optionTable);
const described = ({words, more = ''}: {readonly words: string; readonly more?: string}) => words + more;
const typed = (name: string, value: string | undefined) => (value === undefined ? name : `${name} ${value}`);

const usage: readonly Entry[] = [
	['$ bedtop', 'the live monitor'],
	...options
		.filter(([, {place}]) => place === 'mode')
		.map(([name, entry]): Entry => [`$ bedtop ${flagOf(name)}`, described(entry)]),
	...Object.entries(commandTable).map(
		([name, entry]): Entry => [`$ bedtop ${typed(name, entry.value)}`, described(entry)],
	),
];

const listed: readonly Entry[] = [
	...options
		.filter(([, {place}]) => place === undefined)
		.map(([name, entry]): Entry => [typed(flagOf(name), entry.value), described(entry)]),
	['--help, --version', ''],
];

/** What `--help` prints below the program's name. */
export const help = `
  Usage
${block(usage, 27)}

  Options
${block(listed, 23)}

  The same settings can stand in $XDG_CONFIG_HOME/bedtop/config.json (budgetMonth, claudeDir, …),
  with "discount" (percent, or {"overall", "models"}), "cacheWrites" ("5m" or "1h") and "keys"
  ({"freeze": "F"}) besides.

  Exit codes: 0 fine, 1 --check or doctor found something, 2 no source could answer or could not tell,
  64 wrong usage, 66 a file cannot be read, 70 internal failure
`;

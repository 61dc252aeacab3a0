import type {CommandName} from './commands.ts';
import type {ConfigFile} from './config-file.ts';
import {
	flagOf,
	type Mode,
	type OptionName,
	type Options,
	optionNames,
	optionRows,
	type Replay,
	type Values,
} from './options.ts';
import {type Misspelling, UsageError} from './usage-error.ts';
import type {Reading} from './value-kinds.ts';

/** Options by their names in the table, as typed: texts, lists of them, booleans. */
export type Typed = {readonly [Name in OptionName]?: unknown};

/** A command line in parts. */
export type Asked = {
	readonly typed: Typed;
	readonly command?: CommandName | undefined;
	readonly operands?: readonly string[];
};

/** Who says a value, for the sentence that rejects it. */
type Origin = {readonly name: OptionName; readonly path: string | undefined};

const reject = ({name, path}: Origin, fault: string, choices?: Misspelling): UsageError => {
	const isSentence = /^[“A-Z]/.test(fault);
	if (path === undefined) return new UsageError(isSentence ? fault : `${flagOf(name)} ${fault}`, choices);
	const isNamed = fault.startsWith(`“${name}`);
	const subject = isNamed ? '' : isSentence ? `“${name}”: ` : `“${name}” `;
	return new UsageError(`${path}: ${subject}${fault}`, choices);
};

/** A config file may say 20 where the command line can only say "20". */
const textsOf = (given: unknown, origin: Origin): readonly string[] =>
	(Array.isArray(given) ? given : [given])
		.filter(item => item !== undefined)
		.map(item => {
			const text = typeof item === 'number' ? String(item) : item;
			if (typeof text === 'string' && text.trim() !== '') return text;
			throw reject(origin, 'needs a value.');
		});

const read = (given: unknown, origin: Origin): unknown => {
	const row = optionRows[origin.name];
	if (row.kind === 'switch' || row.kind === 'off-switch') {
		if (given === undefined) return row.kind === 'off-switch';
		if (typeof given === 'boolean') return given;
		throw reject(origin, origin.path === undefined ? 'takes no value.' : 'is true or false.');
	}
	const checked = (reading: Reading<unknown>, choices?: Misspelling) => {
		if ('value' in reading) return reading.value;
		throw reject(origin, reading.fault, choices);
	};
	if (row.kind === 'setting') return checked(row.of.read(given));
	const texts = textsOf(given, origin);
	const {read: readText, choices: known} = row.of;
	if (row.kind === 'value' && texts.length > 1) throw reject(origin, 'can be given only once.');
	const values = texts.map(written => checked(readText(written), known && {written, known}));
	if (row.kind === 'values') return [...new Set(values)];
	return values.length === 0 && row.fallback !== undefined ? checked(readText(row.fallback)) : values[0];
};

/** One option as it was typed. Throws UsageError. */
export const readValue = <Name extends OptionName>(name: Name, typed: unknown): Values[Name] =>
	read(typed, {name, path: undefined}) as Values[Name];

const isSaid = (value: unknown) => value !== undefined && !(Array.isArray(value) && value.length === 0);

const readValues = (typed: Typed, {path, settings}: ConfigFile): Values => {
	const known = optionNames.filter(name => optionRows[name].setting !== undefined);
	const unknown = Object.keys(settings).find(name => !known.some(setting => setting === name));
	if (unknown !== undefined) {
		throw new UsageError(`${path}: There is no setting “${unknown}” for the config file.`, {written: unknown, known});
	}
	const entries = optionNames.map(name => {
		const isTyped = isSaid(typed[name]);
		const given = isTyped ? typed[name] : settings[name];
		return [name, read(given, {name, path: isTyped || given === undefined ? undefined : path})];
	});
	return Object.fromEntries(entries) as Values;
};

/** Commands that are a mode of their own. */
const commandModes = ['doctor', 'history', 'policy', 'prices', 'replay', 'report'] as const;

const modeOf = ({json, jsonl, check, once}: Values, command: CommandName | undefined, isTty: boolean): Mode => {
	const own = commandModes.find(name => name === command);
	if (own !== undefined) return own;
	if (check) return 'check';
	if (jsonl) return 'jsonl';
	if (json) return 'json';
	return isTty && !once ? 'live' : 'once';
};

const replayOf = (values: Values, path: string | undefined, isTty: boolean): Replay => {
	if (path === undefined) throw new UsageError('replay needs the file of a recording.');
	const other = (['demo', 'check', 'jsonl'] as const).find(name => values[name]);
	if (other !== undefined) throw new UsageError(`${flagOf(other)} and replay do not go together.`);
	return {path, speed: values.speed, isLive: isTty && !values.once && !values.json};
};

/** Whether the history is to be forgotten, and not only shown. */
const forgetsWhat = ({before}: Values, action: string | undefined): boolean => {
	if (action !== undefined && action !== 'forget')
		throw new UsageError(`history knows “forget”, not “${action}”.`, {written: action, known: ['forget']});
	if (action === undefined && before !== undefined) throw new UsageError('--before is for bedtop history forget.');
	return action === 'forget';
};

/** What only the live monitor can do is not silently left undone elsewhere. */
const requireMode = (typed: Typed, mode: Mode) => {
	const undone = optionNames.find(name => optionRows[name].isLiveOnly === true && isSaid(typed[name]));
	if (undone !== undefined && mode !== 'live') throw new UsageError(`${flagOf(undone)} records the live monitor only.`);
};

/**
 * Checks what was typed and what the config file says; what is typed wins. `isTty` is whether stdout is a terminal;
 * without one the program behaves as `--once`. Throws UsageError with the sentence to print.
 */
export const readOptions = (
	{typed, command, operands: [path] = []}: Asked,
	isTty: boolean,
	config: ConfigFile = {path: '', settings: {}},
): Options => {
	const values = readValues(typed, config);
	const mode = modeOf(values, command, isTty);
	requireMode(typed, mode);
	if (values.csv && values.json) throw new UsageError('--csv and --json do not go together.');
	const named = Object.fromEntries(
		optionNames.flatMap(name => {
			const {as} = optionRows[name];
			return as === undefined ? [] : [[as, values[name]]];
		}),
	) as Omit<Options, 'mode' | 'limits' | 'replay'>;
	return {
		...named,
		mode,
		limits: {day: values.budget, month: values.budgetMonth},
		replay: mode === 'replay' ? replayOf(values, path, isTty) : undefined,
		...(mode === 'history' && {forgets: forgetsWhat(values, path)}),
	};
};

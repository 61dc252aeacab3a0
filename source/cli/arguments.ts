import {type CommandName, commandNames, commandRows, isCommand} from './commands.ts';
import {flagOf, type OptionName, optionNames, optionRows} from './options.ts';
import {UsageError} from './usage-error.ts';

/** A command line that has nothing wrong in it. */
export type CommandLine = {
	readonly command: CommandName | undefined;
	/** What stands in front of the command; everything where there is none. */
	readonly front: readonly string[];
	/** What stands behind it. */
	readonly rest: readonly string[];
	/** The words behind the command that are no options and no values of one. */
	readonly operands: readonly string[];
};

const isTyped = (name: OptionName) => optionRows[name].kind !== 'setting' && !('isFileOnly' in optionRows[name]);

/** The options that can be typed behind a command, or without one; where two have one flag, the command's own. */
export const optionsFor = (command: CommandName | undefined): readonly OptionName[] => {
	const own = optionNames.filter(name => optionRows[name].only === command && command !== undefined);
	const flags = new Set(own.map(flagOf));
	const usual = optionNames.filter(name => isTyped(name) && optionRows[name].only === undefined);
	return [...usual.filter(name => !flags.has(flagOf(name))), ...own];
};

/** `--no-aws` is how it is usually typed; `--aws` undoes it, and `--no-json` a `--json` before it. */
const spellings = (name: OptionName): readonly string[] => {
	const {kind, short} = optionRows[name];
	const flag = flagOf(name);
	const opposite = kind === 'off-switch' ? flag.replace('--no-', '--') : flag.replace('--', '--no-');
	return [flag, ...(kind.endsWith('switch') ? [opposite] : []), ...(short === undefined ? [] : [`-${short}`])];
};

const optionAt = (flag: string, command: CommandName | undefined): OptionName => {
	const known = optionsFor(command);
	const found = known.find(name => spellings(name).includes(flag));
	const isStrict = command !== undefined && commandRows[command].isStrict === true;
	const isForeign = (name: OptionName) =>
		isStrict && optionRows[name].only !== command && optionRows[name].also?.includes(command) !== true;
	if (found !== undefined && !isForeign(found)) return found;
	const owner = optionNames.find(name => optionRows[name].only !== undefined && flagOf(name) === flag);
	const isElsewhere = found === undefined && owner !== undefined;
	if (isElsewhere) throw new UsageError(`${flag} is for bedtop ${optionRows[owner].only}.`);
	const words = `There is no option ${flag}${isStrict ? ` for ${command}` : ''}.`;
	throw new UsageError(words, {written: flag, known: known.filter(name => !isForeign(name)).map(flagOf)});
};

/** That there is no such command. */
export const noCommand = (word: string): UsageError =>
	new UsageError(`There is no command “${word}”.`, {written: word, known: commandNames});

/** How many words a value takes behind its option: none of a switch and of `--flag=value`. Throws UsageError. */
const valueWords = (word: string, next: string | undefined, command: CommandName | undefined): 0 | 1 => {
	const [flag = '', value] = word.split(/=(.*)/s, 2);
	if (optionRows[optionAt(flag, command)].kind.endsWith('switch')) {
		const isRight = value === undefined || value === 'true' || value === 'false';
		if (!isRight) throw new UsageError(`${flag} takes no value.`);
		return 0;
	}
	const given = value ?? next;
	const isMissing = given === undefined || given.trim() === '' || (value === undefined && given.startsWith('-'));
	if (isMissing) throw new UsageError(`${flag} needs a value.`);
	return value === undefined ? 1 : 0;
};

/**
 * Finds the command, which is the first word that is neither an option nor the value of one, and says what is wrong with
 * a command line: unknown options and commands, values that are missing or too many. meow, which reads the values, cannot:
 * its own check for unknown flags ends the process with code 2 and names nothing near, a forgotten value is to it an
 * option that was not typed, and `--json=yes` is off. Throws UsageError.
 */
export const readCommandLine = (argv: readonly string[]): CommandLine => {
	let command: CommandName | undefined;
	let at = argv.length;
	let hasEnded = false;
	const operands: string[] = [];
	for (let index = 0; index < argv.length; index++) {
		const word = argv[index] ?? '';
		const isOption = !hasEnded && word.startsWith('-') && word !== '-';
		if (isOption && word === '--') hasEnded = true;
		else if (isOption) index += valueWords(word, argv[index + 1], command);
		else if (command === undefined) {
			if (!isCommand(word)) throw noCommand(word);
			[command, at] = [word, index];
		} else {
			operands.push(word);
			const most = commandRows[command].operand === undefined ? 0 : 1;
			if (operands.length > most) throw new UsageError(`“${word}” is one word too many.`);
		}
	}
	return {command, front: argv.slice(0, at), rest: argv.slice(at + 1), operands};
};

import meow from 'meow';
import {type CommandLine, optionsFor} from './arguments.ts';
import type {CommandName} from './commands.ts';
import {flagOf, type OptionName, optionRows} from './options.ts';
import type {Typed} from './read-options.ts';

type MeowFlag =
	| {readonly type: 'string'; readonly isMultiple: true}
	| {readonly type: 'boolean'; readonly shortFlag?: string};

/** meow's name of an option: `refresh` for both that are typed so. */
const keyOf = (name: OptionName) =>
	flagOf(name)
		.replace(/^--(no-)?/, '')
		.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

const flagFor = (name: OptionName): MeowFlag => {
	const {kind, short} = optionRows[name];
	// Also what is given once at most is a list, so that a second one is noticed.
	if (!kind.endsWith('switch')) return {type: 'string', isMultiple: true};
	return short === undefined ? {type: 'boolean'} : {type: 'boolean', shortFlag: short};
};

const flagsIn = (argv: readonly string[], command: CommandName | undefined): Typed => {
	const names = optionsFor(command);
	const {flags} = meow({
		importMeta: {url: 'file:///bedtop/dist/cli.js'} as ImportMeta,
		argv: [...argv],
		pkg: {name: 'bedtop'},
		// Both print and end the process at once, which cuts what a slow pipe has not yet taken.
		autoHelp: false,
		autoVersion: false,
		booleanDefault: undefined,
		flags: Object.fromEntries(names.map(name => [keyOf(name), flagFor(name)])),
	});
	const values: Readonly<Record<string, unknown>> = flags;
	return Object.fromEntries(names.map(name => [name, values[keyOf(name)]]));
};

const both = (before: unknown, behind: unknown) =>
	Array.isArray(before) && Array.isArray(behind) ? [...before, ...behind] : (behind ?? before);

/**
 * The options that were typed, by their names in the table. What stands in front of a command means what it means
 * without one: only behind `prices` is `--refresh` a switch.
 */
export const parse = ({command, front, rest}: CommandLine): Typed => {
	const before = flagsIn(front, undefined);
	if (command === undefined) return before;
	const behind = flagsIn(rest, command);
	const names = Object.keys({...before, ...behind}) as OptionName[];
	return Object.fromEntries(names.map(name => [name, both(before[name], behind[name])]));
};

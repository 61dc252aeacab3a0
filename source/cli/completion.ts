import {type CommandName, type Completion, commandNames, commandRows} from './commands.ts';
import {type CompletedCommand, type CompletedOption, completionScript} from './completion-script.ts';
import {flagOf, type OptionName, optionNames, optionRows} from './options.ts';
import {UsageError} from './usage-error.ts';

const valuesFor = (completion: Completion | undefined) => (completion === 'command' ? commandNames : completion);

const describe = (name: OptionName): CompletedOption => {
	const row = optionRows[name];
	const {words, alone = words, completion, kind, only} = row;
	const choices = kind === 'value' || kind === 'values' ? row.of.choices : undefined;
	return {
		flag: flagOf(name),
		words: alone,
		values: valuesFor(completion ?? choices),
		hasValue: !kind.endsWith('switch'),
		isRepeatable: kind === 'values',
		isOfCommand: only !== undefined,
	};
};

/** Two options with one flag are offered once. */
const isOffered = (name: OptionName) => optionRows[name].words !== '' && optionRows[name].flag === undefined;
const offered = optionNames.filter(isOffered);

const commands: readonly CompletedCommand[] = commandNames.map((name: CommandName) => {
	const {words, operand, hasOwnOptions} = commandRows[name];
	const own = offered.filter(option => {
		const {only, also = []} = optionRows[option];
		return only === name || also.includes(name);
	});
	return {
		name,
		words,
		operands: valuesFor(operand?.completion),
		flags: hasOwnOptions === true ? own.map(flagOf) : undefined,
	};
});

/** What `bedtop completion SHELL` prints. Throws UsageError where there is none. */
export const completionFor = (shell: string | undefined): string => {
	const script = completionScript(shell, {options: offered.map(describe), commands});
	if (script === undefined) throw new UsageError('completion is for bash, zsh or fish: bedtop completion bash.');
	return script;
};

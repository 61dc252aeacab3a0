import {type CompletedCommand, type CompletedOption, completionScript} from './completion-script.ts';
import {switches, valueFlags} from './flag-names.ts';
import {commandTable, flagOf, optionTable} from './option-table.ts';
import {UsageError} from './options.ts';

/** Typed as `prices --refresh`, which the option of that name completes already. */
const homonym = 'refreshPrices';

const options: readonly CompletedOption[] = [...valueFlags, ...switches]
	.filter(name => name !== homonym)
	.map(name => {
		const {words, alone = words, ...more} = optionTable[name];
		return {...more, words: alone, flag: flagOf(name), hasValue: valueFlags.some(valued => valued === name)};
	});

const commands: readonly CompletedCommand[] = Object.entries(commandTable).map(([name, entry]) => {
	const {words, operands, options: names} = entry;
	return {name, words, operands, flags: names?.map(flagOf)};
});

/** What `bedtop completion SHELL` prints. Throws UsageError where there is none. */
export const completionFor = ([shell, extra]: readonly string[]): string => {
	if (extra !== undefined) throw new UsageError(`“${extra}” is one word too many.`);
	const script = completionScript(shell, {options, commands});
	if (script === undefined) throw new UsageError('completion is for bash, zsh or fish: bedtop completion bash.');
	return script;
};

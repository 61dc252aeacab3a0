import type {CommandName, Completion} from './commands.ts';
import type {SettingKind} from './structured-settings.ts';
import type {ValueKind} from './value-kinds.ts';

/** How help, completions and the config file's schema describe an option, and where it belongs. */
type Described = {
	/** Its name in Options; absent: only the command line itself reads it. */
	readonly as?: string;
	readonly words: string;
	/** What stands behind the words in the help. */
	readonly more?: string;
	/** Instead of the words, where they lean on what stands around them in the help. */
	readonly alone?: string;
	/** How the help names the value. */
	readonly value?: string;
	/** What completes the value, where that is not all that there is to choose from. */
	readonly completion?: Completion;
	/** A config file may say it as well: the sentence about it there. */
	readonly setting?: string;
	/** `mode`: in the help's list of commands; `unlisted`: in none. */
	readonly place?: 'mode' | 'unlisted';
	/** Belongs to this command alone. */
	readonly only?: CommandName;
	/** Commands whose help names it as well. */
	readonly also?: readonly CommandName[];
	/** Typed in any other mode than the live monitor it is an error: `--record records the live monitor only.` */
	readonly isLiveOnly?: true;
	readonly short?: string;
	/** As it is typed, where that does not follow from its name. */
	readonly flag?: string;
};

/**
 * What a row is: a switch; one that is on unless `--no-…` is typed; a value; a value that can be given more than once; or
 * what only a config file says.
 */
export type OptionRow = Described &
	(
		| {readonly kind: 'switch'}
		| {readonly kind: 'off-switch'}
		| {readonly kind: 'value'; readonly of: ValueKind<unknown>; readonly fallback?: string; readonly isFileOnly?: true}
		| {readonly kind: 'values'; readonly of: ValueKind<unknown>}
		| {readonly kind: 'setting'; readonly of: SettingKind<unknown>}
	);

import {type Principal, principalFromArn} from '../../domain/calls/principal.ts';
import {readDenial} from '../../domain/refusals/denial.ts';
import {createAliases} from './aliases.ts';
import {createNames} from './names.ts';
import {maskPatterns} from './patterns.ts';

/** Replaces what shows whose account it is, for a screen that others see. */
export type Masking = {
	/** A caller, whose name is looked for in every sentence from then on. */
	principal(principal: Principal): Principal;
	/** A text without what can be recognised by its form: account ids, ARNs, addresses, keys. */
	text(source: string): string;
	/** The same without the names of callers: for texts of somebody else's only, as callers are called `bedrock`, too. */
	sentence(source: string): string;
	/** A profile of ~/.aws: a name of the person's own choice, which is often their name on the account. */
	awsProfile(name: string): string;
	/** Where a call came from and through: its kind and a number. */
	alias(kind: string, value: string): string;
};

/** A caller's name, as it is and as it is looked for. */
type Caller = {readonly name: string; readonly lower: string; readonly pattern: RegExp};

/** A short name is a part of too many words. */
const patternOf = (name: string): RegExp => {
	const escaped = name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
	return new RegExp(name.length < 5 ? `(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])` : escaped, 'giu');
};

const readsAlike = (message: string, other: string): boolean =>
	JSON.stringify(readDenial({message})) === JSON.stringify(readDenial({message: other}));

export const createMasking = (): Masking => {
	const aliases = createAliases();
	const names = createNames(aliases);
	const known = new Set<string>();
	/** Longest first: `alice.smith` is not to become `person-1.smith`. */
	let callers: readonly Caller[] = [];

	const remember = ({kind, name = ''}: Principal) => {
		if (kind === 'root' || name.length < 3 || known.has(name)) return;
		known.add(name);
		callers = [...callers, {name, lower: name.toLowerCase(), pattern: patternOf(name)}];
		callers = callers.toSorted((a, b) => b.name.length - a.name.length);
	};
	const text = (source: string): string => maskPatterns(source, names, aliases);
	return {
		text,
		principal(principal) {
			remember(principal);
			return names.principal(principal);
		},
		sentence(source) {
			const {principalArn} = readDenial({message: source});
			if (principalArn !== undefined) remember(principalFromArn(principalArn));
			// Names may hold signs that end a name for the patterns.
			const parts = principalArn === undefined ? [source] : source.split(principalArn);
			let said = parts.map(text).join(principalArn && names.principalArn(principalArn));
			const lower = source.toLowerCase();
			for (const {name, pattern} of callers.filter(caller => lower.includes(caller.lower))) {
				const renamed = said.replace(pattern, names.person(name));
				// A name that is also a word of AWS's sentence stays: without it the sentence would be read otherwise.
				if (readsAlike(said, renamed)) said = renamed;
			}
			return said;
		},
		awsProfile: name => (known.has(name) ? names.person(name) : text(name)),
		alias: aliases.of,
	};
};

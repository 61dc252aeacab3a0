import type {Principal} from '../../domain/calls/principal.ts';
import {readDenial} from '../../domain/refusals/denial.ts';
import type {Action} from '../action.ts';
import {createAliases} from './aliases.ts';
import {createNames} from './names.ts';
import {maskPatterns} from './patterns.ts';

const isPrincipal = (value: object): value is Principal =>
	'kind' in value && ('arn' in value || 'accountId' in value) && !('message' in value);

/** Where a call came from and through. */
const addresses: Readonly<Record<string, string>> = {
	sourceAddress: 'address',
	vpcEndpointId: 'endpoint',
	endpointHost: 'host',
};

/**
 * Texts that may name a person who was met elsewhere. Nowhere else is a name looked for: callers are called `bill`,
 * `bedrock` or `sessions`, and those are words of ours as well.
 */
const prose: ReadonlySet<string> = new Set([
	...['message', 'fix', 'reason', 'command', 'client', 'notes', 'findings', 'noTranscripts', 'expiry profile'],
]);

/** Everywhere else `profile` is a model's. */
const keyOf = (name: string, owner: string) =>
	name === 'profile' && (owner === 'expiry' || owner === 'auth') ? `${owner} profile` : name;

/** A caller's name, as it is and as it is looked for. */
type Met = {readonly name: string; readonly lower: string; readonly pattern: RegExp};

const readsAlike = (message: string, other: string): boolean =>
	JSON.stringify(readDenial({message})) === JSON.stringify(readDenial({message: other}));

/** A short name is a part of too many words. */
const patternOf = (name: string): RegExp => {
	const escaped = name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
	return new RegExp(name.length < 5 ? `(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])` : escaped, 'giu');
};

/**
 * Hides whose account this is, for a screen that others see: account ids, callers and roles, addresses and keys become
 * aliases. Folders, sessions and models stay readable; whoever gives a recording away needs `createRedactor`.
 */
export const createMasker = (): ((action: Action) => Action) => {
	const aliases = createAliases();
	const names = createNames(aliases);
	const known = new Set<string>();
	/** Longest first: `alice.smith` is not to become `person-1.smith`. */
	let met: readonly Met[] = [];

	const text = (source: string): string => maskPatterns(source, names, aliases);

	/** A name that is a word of AWS's sentence tells nobody, and without it the sentence would read otherwise. */
	const sentence = (source: string): string => {
		let said = text(source);
		const lower = source.toLowerCase();
		for (const {name, pattern} of met.filter(it => lower.includes(it.lower))) {
			const renamed = said.replace(pattern, names.person(name));
			if (readsAlike(said, renamed)) said = renamed;
		}
		return said;
	};

	const meet = (name: string) => {
		if (name.length < 3 || known.has(name)) return;
		known.add(name);
		met = [...met, {name, lower: name.toLowerCase(), pattern: patternOf(name)}];
		met = met.toSorted((a, b) => b.name.length - a.name.length);
	};

	const principal = (value: Principal): Principal => {
		if (value.name !== undefined && value.kind !== 'root') meet(value.name);
		return names.principal(value);
	};

	const any = (value: unknown, key = ''): unknown => {
		if (typeof value === 'string') {
			const kind = addresses[key];
			if (kind !== undefined) return aliases.of(kind, value);
			// It is compared with the profile that bedtop itself uses: only where it is a caller's very name is it hidden.
			if (key === 'auth profile') return known.has(value) ? names.person(value) : text(value);
			return prose.has(key) ? sentence(value) : text(value);
		}
		if (value instanceof Map) return new Map([...value].map(([from, to]) => [any(from), any(to)] as const));
		if (Array.isArray(value)) return value.map(item => any(item, key));
		if (typeof value !== 'object' || value === null) return value;
		if (isPrincipal(value)) return principal(value);
		return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, any(item, keyOf(name, key))]));
	};

	return action => any(action) as Action;
};

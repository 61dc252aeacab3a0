import type {Action} from '../action.ts';
import type {Principal} from '../principal.ts';
import {createAliases} from './aliases.ts';
import {createNames} from './names.ts';

const callerArn = /arn:aws[\w-]*:(?:sts|iam):[^:\s]*:\d{12}:(?:assumed-role|user|federated-user|root)[^\s"',;)]*/g;
const email = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
const accountId = /(?<![\w.])\d{12}(?![\w.])/g;
const accessKey = /\b(?:AKIA|ASIA|ABSK)[A-Za-z0-9+/=]{8,}/g;
/** The name somebody has on this machine is often the one they have on the account. */
const home = /(\/(?:home|Users)\/)[^/\s"']+/g;
const address = /\b\d{1,3}(?:\.\d{1,3}){3}\b/g;

const isPrincipal = (value: object): value is Principal =>
	'kind' in value && ('arn' in value || 'accountId' in value) && !('message' in value);

/** Where a call came from and through. */
const addresses: Readonly<Record<string, string>> = {
	sourceAddress: 'address',
	vpcEndpointId: 'endpoint',
	endpointHost: 'host',
};

/** Texts that may name a person who was met elsewhere. */
const prose: ReadonlySet<string> = new Set(['message', 'fix', 'reason', 'command', 'client']);

/** A path without the name of whose home it is below. */
export const maskHome = (path: string): string => path.replace(home, '$1person');

/**
 * Hides whose account this is, for a screen that others see: account ids, callers and roles, addresses and keys become
 * aliases. Folders, sessions and models stay readable; whoever gives a recording away needs `createRedactor`.
 */
export const createMasker = (): ((action: Action) => Action) => {
	const aliases = createAliases();
	const names = createNames(aliases);
	const met = new Set<string>();

	const text = (source: string): string =>
		source
			.replace(home, '$1person')
			.replace(callerArn, names.principalArn)
			.replace(email, names.person)
			.replace(accessKey, key => aliases.of('key', key))
			.replace(address, found => aliases.of('address', found))
			// What has just been put in the place of an account looks like one.
			.replace(accountId, id => (id.startsWith('00000000') ? id : names.account(id)));

	const sentence = (source: string): string => {
		let said = text(source);
		for (const name of met) said = said.replaceAll(name, names.person(name));
		return said;
	};

	const principal = (value: Principal): Principal => {
		const {name, kind} = value;
		if (name !== undefined && name.length > 2 && kind !== 'root') met.add(name);
		return names.principal(value);
	};

	const any = (value: unknown, key = ''): unknown => {
		if (typeof value === 'string') {
			const kind = addresses[key];
			if (kind !== undefined) return aliases.of(kind, value);
			if (met.has(value)) return names.person(value);
			return prose.has(key) ? sentence(value) : text(value);
		}
		if (value instanceof Map) return new Map([...value].map(([from, to]) => [any(from), any(to)] as const));
		if (Array.isArray(value)) return value.map(item => any(item, key));
		if (typeof value !== 'object' || value === null) return value;
		if (isPrincipal(value)) return principal(value);
		return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, any(item, name)]));
	};

	return action => any(action) as Action;
};

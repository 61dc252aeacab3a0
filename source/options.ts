/** What the person asked for on the command line, checked. */
export type Options = {
	readonly mode: 'live' | 'once' | 'json';
	readonly isDemo: boolean;
	readonly hasAws: boolean;
	readonly regions: readonly string[];
	readonly profile?: string | undefined;
	/** Empty: where Claude Code keeps them. */
	readonly claudeDirectories: readonly string[];
	/** Length of the window, ms; undefined: since local midnight for spend, one hour for the feed. */
	readonly sinceMs?: number | undefined;
	readonly refreshMs: number;
};

/** A wrong flag or value: one sentence for the person; the program ends with exit code 64. */
export class UsageError extends Error {}

/** Flags as meow hands them over, camel-cased; unknown ones included. */
export type Flags = Readonly<Record<string, unknown>>;

const unitMs: Readonly<Record<string, number>> = {s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000};
const longestMs = 7 * 86_400_000;
const floorSeconds = 15;
const defaultSeconds = 60;

const dashed = (flag: string) => `--${flag.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;

const strings = (flags: Flags, name: string): readonly string[] => {
	const value = flags[name];
	const values = (Array.isArray(value) ? value : [value]).filter(item => item !== undefined);
	if (values.some(item => typeof item !== 'string' || item.trim() === '')) {
		throw new UsageError(`${dashed(name)} needs a value.`);
	}
	return values as readonly string[];
};

const onlyString = (flags: Flags, name: string): string | undefined => {
	const values = strings(flags, name);
	if (values.length > 1) throw new UsageError(`${dashed(name)} can be given only once.`);
	return values[0];
};

const duration = (text: string | undefined): number | undefined => {
	if (text === undefined) return undefined;
	const [, number, unit] = /^(\d+(?:\.\d+)?)([smhd])$/.exec(text) ?? [];
	const ms = Number(number) * (unitMs[unit ?? ''] ?? Number.NaN);
	if (!(ms > 0)) throw new UsageError(`--since takes a time span such as 90m, 24h or 7d, not “${text}”.`);
	if (ms > longestMs) throw new UsageError('--since reaches back 7 days at most.');
	return ms;
};

const seconds = (text: string | undefined): number => {
	if (text === undefined) return defaultSeconds;
	const value = Number(text);
	if (!(value > 0) || !Number.isFinite(value)) throw new UsageError(`--refresh takes seconds, not “${text}”.`);
	return Math.max(floorSeconds, value);
};

const region = (name: string): string => {
	if (!/^[a-z]{2,}(-[a-z]+)+-\d+$/.test(name))
		throw new UsageError(`“${name}” is not an AWS region, such as us-east-1.`);
	return name;
};

const knownFlags = new Set([
	'demo',
	'once',
	'json',
	'aws',
	'region',
	'profile',
	'claudeDir',
	'since',
	'refresh',
	'help',
	'version',
]);
const switches = ['demo', 'once', 'json', 'aws'];

/**
 * Checks what was typed. `isTty` is whether stdout is a terminal; without one the program behaves as `--once`.
 * Throws UsageError with the sentence to print.
 */
export const readOptions = (flags: Flags, input: readonly string[], isTty: boolean): Options => {
	const unknown = Object.keys(flags).find(flag => !knownFlags.has(flag));
	if (unknown !== undefined) throw new UsageError(`There is no option ${dashed(unknown)}.`);
	if (input[0] !== undefined) throw new UsageError(`There is no command “${input[0]}”.`);
	const wrong = switches.find(flag => flags[flag] !== undefined && typeof flags[flag] !== 'boolean');
	if (wrong !== undefined) throw new UsageError(`${dashed(wrong)} takes no value.`);
	const isLive = isTty && flags.once !== true;
	return {
		mode: flags.json === true ? 'json' : isLive ? 'live' : 'once',
		isDemo: flags.demo === true,
		hasAws: flags.aws !== false,
		regions: [...new Set(strings(flags, 'region').map(region))],
		profile: onlyString(flags, 'profile'),
		claudeDirectories: strings(flags, 'claudeDir'),
		sinceMs: duration(onlyString(flags, 'since')),
		refreshMs: 1000 * seconds(onlyString(flags, 'refresh')),
	};
};

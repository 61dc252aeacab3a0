import {record} from '../domain/common/json.ts';
import {type PicoUsd, picoFromDecimal} from '../domain/money/money.ts';
import type {Limits} from '../domain/spend/budget.ts';
import type {CacheLifetime} from '../domain/spend/cache-split.ts';
import {keysFault} from '../screen/input/keymap.ts';
import {type ThemeName, themeNames} from '../screen/text/theme-names.ts';
import {commands, knownFlags, settings, switches} from './flag-names.ts';

/** What is done: the live monitor, a stream of JSON, one round as text, JSON, verdict or diagnosis, the price book, the policy. */
type Mode = 'live' | 'once' | 'json' | 'jsonl' | 'check' | 'prices' | 'doctor' | 'policy' | 'replay';

/** What the person asked for on the command line and in the config file, checked. */
export type Options = {
	readonly mode: Mode;
	/** JSON instead of text, for the commands that have both. */
	readonly isJson: boolean;
	readonly isDemo: boolean;
	readonly hasAws: boolean;
	readonly regions: readonly string[];
	readonly profile?: string | undefined;
	/** Empty: where Claude Code keeps them. */
	readonly claudeDirectories: readonly string[];
	/** Length of the window, ms; undefined: since local midnight for spend, one hour for the feed. */
	readonly sinceMs?: number | undefined;
	readonly refreshMs: number;
	readonly limits: Limits;
	/** The most that watching may cost in a day, pico-dollars. */
	readonly watchCap: PicoUsd;
	readonly hasCostExplorer: boolean;
	readonly pricesFile?: string | undefined;
	/** `prices` asks AWS for its list first. */
	readonly refreshesPrices: boolean;
	readonly cacheLifetime?: CacheLifetime | undefined;
	readonly hasBell: boolean;
	/** How the terminal is asked to notify; absent: not at all. */
	readonly notify?: NotifyProtocol | undefined;
	readonly theme: ThemeName;
	readonly isAscii: boolean;
	/** Accounts and people are shown by aliases. */
	readonly isMasked: boolean;
	/** Where what happens is recorded. */
	readonly recordFile?: string | undefined;
	/** The folder that keeps the last hour. */
	readonly blackBox?: string | undefined;
	readonly replay?: Replay | undefined;
	/** Keys of the person's own by command name. */
	readonly keys: Readonly<Record<string, unknown>>;
};

/** A recording to be played: its file or folder, how many times as fast, and whether on the screen. */
export type Replay = {readonly path: string; readonly speed: number; readonly isLive: boolean};

/** OSC 9 (iTerm2, Windows Terminal, kitty, WezTerm) or OSC 777 (urxvt, foot, Ghostty, VTE). */
export type NotifyProtocol = 'osc9' | 'osc777';

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
	const given = (Array.isArray(value) ? value : [value]).filter(item => item !== undefined);
	// A config file may say 20 where the command line can only say "20".
	const values = given.map(item => (typeof item === 'number' ? String(item) : item));
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

const defaultWatchCap = '0.10';

const dollars = (flags: Flags, name: string): PicoUsd | undefined => {
	const written = onlyString(flags, name);
	if (written === undefined) return undefined;
	const amount = /^\$?\d+(\.\d{1,12})?$/.test(written) ? picoFromDecimal(written.replace('$', '')) : undefined;
	if (amount === undefined) throw new UsageError(`${dashed(name)} takes dollars such as 20 or 0.50, not “${written}”.`);
	return amount;
};

const lifetime = (written: string | undefined): CacheLifetime | undefined => {
	if (written === undefined || written === '5m' || written === '1h') return written;
	throw new UsageError(`“cacheWrites” is 5m or 1h, not “${written}”.`);
};

const oneOf = <Name extends string>(names: readonly Name[], flags: Flags, flag: string): Name | undefined => {
	const written = onlyString(flags, flag);
	if (written === undefined) return undefined;
	const name = names.find(one => one === written);
	if (name === undefined) throw new UsageError(`${dashed(flag)} is one of ${names.join(', ')}, not “${written}”.`);
	return name;
};

const keysOf = (written: unknown): Readonly<Record<string, unknown>> => {
	const keys = written === undefined ? {} : record(written);
	if (keys === undefined) throw new UsageError('“keys” is an object of commands and their keys.');
	const fault = keysFault(keys);
	if (fault !== undefined) throw new UsageError(fault);
	return keys;
};

/** The config file's settings below the typed ones. Throws UsageError on a name that is no setting. */
const mergeFlags = (typed: Flags, file: Flags): Flags => {
	const unknown = Object.keys(file).find(name => !settings.includes(name));
	if (unknown !== undefined) throw new UsageError(`There is no setting “${unknown}” for the config file.`);
	const isTyped = (value: unknown) => value !== undefined && !(Array.isArray(value) && value.length === 0);
	return {...file, ...Object.fromEntries(Object.entries(typed).filter(([, value]) => isTyped(value)))};
};

const modeOf = (flags: Flags, input: readonly string[], isTty: boolean): Mode => {
	const [command, operand, extra] = input;
	if (command === 'status') throw new UsageError('“status” comes first: bedtop status --format tmux.');
	const isCommand = commands.some(name => name === command);
	if (command !== undefined && !isCommand) throw new UsageError(`There is no command “${command}”.`);
	const surplus = command === 'replay' ? extra : operand;
	if (surplus !== undefined) throw new UsageError(`“${surplus}” is one word too many.`);
	if (isCommand) return command as (typeof commands)[number];
	if (flags.check === true) return 'check';
	if (flags.jsonl === true) return 'jsonl';
	if (flags.json === true) return 'json';
	return isTty && flags.once !== true ? 'live' : 'once';
};

const speedOf = (written: string | undefined): number => {
	if (written === undefined) return 1;
	const speed = /^\d{1,6}(\.\d{1,3})?x?$/.test(written) ? Number.parseFloat(written) : 0;
	if (!(speed > 0)) throw new UsageError(`--speed takes a number such as 10, not “${written}”.`);
	return speed;
};

const replayOf = (flags: Flags, [, path]: readonly string[], isTty: boolean): Replay => {
	if (path === undefined) throw new UsageError('replay needs the file of a recording.');
	const other = ['demo', 'check', 'jsonl'].find(name => flags[name] === true);
	if (other !== undefined) throw new UsageError(`${dashed(other)} and replay do not go together.`);
	const isLive = isTty && flags.once !== true && flags.json !== true;
	return {path, speed: speedOf(onlyString(flags, 'speed')), isLive};
};

/** What only one mode can do is not silently left undone in the others. */
const requireMode = (typed: Flags, mode: Mode) => {
	const isTyped = (name: string) => strings(typed, name).length > 0;
	if (isTyped('format')) throw new UsageError('--format is for bedtop status.');
	if (isTyped('speed') && mode !== 'replay') throw new UsageError('--speed is for bedtop replay.');
	for (const name of ['record', 'blackBox']) {
		if (isTyped(name) && mode !== 'live') throw new UsageError(`${dashed(name)} records the live monitor only.`);
	}
	if (typed.refreshPrices === true && mode !== 'prices') throw new UsageError('--refresh needs a value.');
};

/**
 * Checks what was typed and what the config file says. `isTty` is whether stdout is a terminal; without one the program
 * behaves as `--once`. Throws UsageError with the sentence to print.
 */
export const readOptions = (typed: Flags, input: readonly string[], isTty: boolean, file: Flags = {}): Options => {
	const unknown = Object.keys(typed).find(flag => !knownFlags.has(flag));
	if (unknown !== undefined) throw new UsageError(`There is no option ${dashed(unknown)}.`);
	const flags = mergeFlags(typed, file);
	const wrong = switches.find(flag => flags[flag] !== undefined && typeof flags[flag] !== 'boolean');
	if (wrong !== undefined) throw new UsageError(`${dashed(wrong)} takes no value.`);
	const mode = modeOf(flags, input, isTty);
	requireMode(typed, mode);
	return {
		mode,
		isJson: flags.json === true,
		isDemo: flags.demo === true,
		hasAws: flags.aws !== false,
		regions: [...new Set(strings(flags, 'region').map(region))],
		profile: onlyString(flags, 'profile'),
		claudeDirectories: strings(flags, 'claudeDir'),
		sinceMs: duration(onlyString(flags, 'since')),
		refreshMs: 1000 * seconds(onlyString(flags, 'refresh')),
		limits: {day: dollars(flags, 'budget'), month: dollars(flags, 'budgetMonth')},
		watchCap: dollars(flags, 'maxWatchCost') ?? (picoFromDecimal(defaultWatchCap) as PicoUsd),
		hasCostExplorer: flags.costExplorer === true,
		pricesFile: onlyString(flags, 'prices'),
		refreshesPrices: flags.refreshPrices === true,
		cacheLifetime: lifetime(onlyString(flags, 'cacheWrites')),
		hasBell: flags.bell !== false,
		notify: oneOf(['osc9', 'osc777'], flags, 'notify'),
		theme: oneOf(themeNames, flags, 'theme') ?? 'default',
		isAscii: flags.ascii === true,
		isMasked: flags.mask === true,
		recordFile: onlyString(flags, 'record'),
		blackBox: onlyString(flags, 'blackBox'),
		replay: mode === 'replay' ? replayOf(flags, input, isTty) : undefined,
		keys: keysOf(flags.keys),
	};
};

import type {ChosenWindow} from '../domain/common/window.ts';
import {type PicoUsd, picoFromDecimal} from '../domain/money/money.ts';
import {systemClock} from '../polling/clock.ts';

/** A part of config.schema.json (JSON Schema 2020-12). */
export type JsonSchema = {readonly [keyword: string]: unknown};

/**
 * A value, or why it is none: the rest of a sentence that begins with the option's name, or a sentence of its own, which
 * then begins with a quotation mark or a capital.
 */
export type Reading<T> = {readonly value: T} | {readonly fault: string};

/** How the text of a value is read and checked, and what a config file may write for it. */
export type ValueKind<T> = {
	read(text: string): Reading<T>;
	readonly schema: JsonSchema;
	/** The name under which config.schema.json defines it once. */
	readonly definition?: string;
	/** All that there is to choose from. */
	readonly choices?: readonly string[];
};

/** Any text; that it is not blank is checked before. */
export const text: ValueKind<string> = {
	read: written => ({value: written}),
	schema: {type: 'string', pattern: '\\S'},
	definition: 'text',
};

/** One of a few names. */
export const oneOf = <const Name extends string>(
	choices: readonly Name[],
	listed = `one of ${choices.join(', ')}`,
): ValueKind<Name> => ({
	read(written) {
		const value = choices.find(name => name === written);
		return value === undefined ? {fault: `is ${listed}, not “${written}”.`} : {value};
	},
	schema: {enum: choices},
	choices,
});

const regionPattern = /^[a-z]{2,}(-[a-z]+)+-[0-9]+$/;

/** An AWS region, such as `us-east-1`. */
export const region: ValueKind<string> = {
	read: value => (regionPattern.test(value) ? {value} : {fault: `“${value}” is not an AWS region, such as us-east-1.`}),
	schema: {type: 'string', pattern: regionPattern.source},
	definition: 'region',
};

const unitMs: Readonly<Record<string, number>> = {s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000};
const longestMs = 400 * 86_400_000;
const spanPattern = /^([0-9]+(?:\.[0-9]+)?)([smhd])$/;
const sincePattern = /^([0-9]+(\.[0-9]+)?[smhd]|today|month|[0-9]{4}-[0-9]{2}-[0-9]{2})$/;

/** The midnight that begins a day of the calendar, epoch ms; undefined for what is none. */
const dayOf = (written: string): number | undefined => {
	const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(written) ?? [];
	const date = new Date(Number(year), Number(month) - 1, Number(day));
	return date.getDate() === Number(day) ? date.getTime() : undefined;
};

const notAWindow = (written: string) => ({
	fault: `takes a time span such as 90m, 24h or 7d, not “${written}”.`,
});
const tooLong = {fault: 'reaches back 400 days at most.'};

/** How long a window is, or what it begins with. */
export const chosenWindow: ValueKind<ChosenWindow> = {
	read(written) {
		if (written === 'today') return {value: {begins: 'day'}};
		if (written === 'month') return {value: {begins: 'month'}};
		const [, number, unit = ''] = spanPattern.exec(written) ?? [];
		const spanMs = Number(number) * (unitMs[unit] ?? Number.NaN);
		if (spanMs > 0) return spanMs > longestMs ? tooLong : {value: {spanMs}};
		const begins = dayOf(written);
		if (begins === undefined) return notAWindow(written);
		const now = systemClock.now();
		if (begins > now) return {fault: `begins in the future: “${written}”.`};
		return now - begins > longestMs ? tooLong : {value: {begins}};
	},
	schema: {
		type: 'string',
		pattern: sincePattern.source,
		examples: ['90m', '24h', '30d', 'today', 'month', '2026-11-01'],
	},
};

/** The midnight that begins a day, epoch ms. */
export const calendarDay: ValueKind<number> = {
	read(written) {
		const begins = dayOf(written);
		return begins === undefined ? {fault: `takes a day such as 2026-11-01, not “${written}”.`} : {value: begins};
	},
	schema: {type: 'string', format: 'date'},
};

/** AWS allows few requests a second per account; what is asked more often is throttled for everybody in it. */
const leastSeconds = 15;
/** A timer takes no more than 2³¹ ms and calls back at once beyond that. */
const mostSeconds = 86_400;

/** A number of seconds, as ms. */
const seconds = (least: number, most: number, mostWords = ''): ValueKind<number> => ({
	read(written) {
		const value = /^[0-9]+(\.[0-9]+)?$/.test(written) ? Number(written) : Number.NaN;
		if (Number.isNaN(value)) return {fault: `takes seconds, not “${written}”.`};
		if (value < least) return {fault: `takes at least ${least} second${least === 1 ? '' : 's'}, not “${written}”.`};
		if (value > most) return {fault: `takes at most ${most} seconds${mostWords}, not “${written}”.`};
		return {value: 1000 * value};
	},
	schema: {type: 'number', minimum: least, maximum: most},
});

/** Seconds between two rounds, as ms. */
export const interval = seconds(leastSeconds, mostSeconds, ', which is a day');

/** Seconds that one round may take, as ms. */
export const patience = seconds(1, 3600);

const dollarPattern = /^\$?[0-9]+(\.[0-9]{1,12})?$/;

/** US dollars, with or without the sign. */
export const dollars: ValueKind<PicoUsd> = {
	read(written) {
		const value = dollarPattern.test(written) ? picoFromDecimal(written.replace('$', '')) : undefined;
		return value === undefined ? {fault: `takes dollars such as 20 or 0.50, not “${written}”.`} : {value};
	},
	schema: {
		anyOf: [
			{type: 'number', minimum: 0},
			{type: 'string', pattern: dollarPattern.source},
		],
	},
	definition: 'dollars',
};

/** None at all, as 0 or in a word. */
const isOff = (written: string) => written === 'off';

/** A whole number; 0 for `off`. */
export const countOrOff: ValueKind<number> = {
	read(written) {
		if (isOff(written)) return {value: 0};
		const value = /^[0-9]{1,6}$/.test(written) ? Number(written) : undefined;
		return value === undefined ? {fault: `takes a whole number such as 10, or off, not “${written}”.`} : {value};
	},
	schema: {
		anyOf: [
			{type: 'integer', minimum: 0},
			{type: 'string', pattern: '^([0-9]{1,6}|off)$'},
		],
	},
};

/** US dollars; 0 for `off`. */
export const dollarsOrOff: ValueKind<PicoUsd> = {
	read: written => (isOff(written) ? {value: 0n} : dollars.read(written)),
	schema: {anyOf: [{$ref: '#/$defs/dollars'}, {const: 'off'}]},
};

/** How many times as fast. */
export const factor: ValueKind<number> = {
	read(written) {
		const value = /^[0-9]{1,6}(\.[0-9]{1,3})?x?$/.test(written) ? Number.parseFloat(written) : 0;
		return value > 0 ? {value} : {fault: `takes a number such as 10, not “${written}”.`};
	},
	schema: {type: 'number', exclusiveMinimum: 0},
};

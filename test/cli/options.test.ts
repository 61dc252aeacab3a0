import {expect, test} from 'vitest';
import {commandNames} from '../../source/cli/commands.ts';
import {type Asked, readOptions, type Typed} from '../../source/cli/read-options.ts';
import {UsageError} from '../../source/cli/usage-error.ts';
import {localDate} from '../../source/screen/text/format.ts';

const read = (typed: Typed, asked: Omit<Asked, 'typed'> = {}, isTty = true) =>
	readOptions({typed: {aws: true, ...typed}, ...asked}, isTty);

const inFile = (settings: Record<string, unknown>, typed: Typed = {}) =>
	readOptions({typed}, true, {path: '~/.config/bedtop/config.json', settings});

/** The sentence that is thrown; a bug is none. */
const faultOf = (run: () => unknown): string | undefined => {
	try {
		run();
		return undefined;
	} catch (error) {
		return error instanceof UsageError ? error.message : String(error);
	}
};

test('without flags it is the live monitor over everything', () => {
	expect(read({})).toEqual({
		mode: 'live',
		isDemo: false,
		isForced: false,
		by: 'day',
		isCsv: false,
		hasAws: true,
		regions: [],
		profile: undefined,
		claudeDirectories: [],
		since: undefined,
		refreshMs: 60_000,
		timeoutMs: 25_000,
		isJson: false,
		limits: {},
		watchCap: 100_000_000_000n,
		hasCostExplorer: false,
		hasHistory: true,
		pricesFile: undefined,
		refreshesPrices: false,
		cacheLifetime: undefined,
		discounts: {models: new Map()},
		hasBell: true,
		theme: 'default',
		isAscii: false,
		isMasked: false,
		keys: {},
	});
});

test.each([
	['--once', {once: true}, true, 'once'],
	['--json', {json: true}, true, 'json'],
	['no terminal', {}, false, 'once'],
	['--json without a terminal', {json: true}, false, 'json'],
])('%s decides the mode', (_, flags, isTty, mode) => expect(read(flags, {}, isTty).mode).toBe(mode));

test('the refresh has a floor of 15 seconds', () => {
	expect(() => read({refresh: ['14.9']})).toThrow('--refresh takes at least 15 seconds, not “14.9”.');
	expect(read({refresh: ['15']}).refreshMs).toBe(15_000);
	expect(read({refresh: ['90']}).refreshMs).toBe(90_000);
});

test.each([
	['90s', {spanMs: 90_000}],
	['30m', {spanMs: 1_800_000}],
	['24h', {spanMs: 86_400_000}],
	['7d', {spanMs: 604_800_000}],
	['400d', {spanMs: 34_560_000_000}],
	['1.5h', {spanMs: 5_400_000}],
	['today', {begins: 'day'}],
	['month', {begins: 'month'}],
])('--since %s', (since, expected) => expect(read({since: [since]}).since).toEqual(expected));

test('--since takes a day of the calendar, from its midnight on', () => {
	const yesterday = new Date();
	yesterday.setHours(-24, 0, 0, 0);
	expect(read({since: [localDate(yesterday.getTime())]}).since).toEqual({begins: yesterday.getTime()});
	expect(() => read({since: ['2026-02-31']})).toThrow('takes a time span such as 90m, 24h or 7d, not “2026-02-31”');
	expect(() => read({since: ['2999-01-01']})).toThrow('begins in the future');
	expect(() => read({since: ['2001-01-01']})).toThrow('reaches back 400 days at most');
});

test.each([
	[{budget: ['three']}, '--budget takes dollars such as 20 or 0.50, not “three”.'],
	[{budgetMonth: ['-1']}, '--budget-month takes dollars such as 20 or 0.50, not “-1”.'],
	[{maxWatchCost: ['a', 'b']}, '--max-watch-cost can be given only once.'],
	[{since: ['yesterday']}, '--since takes a time span such as 90m, 24h or 7d, not “yesterday”.'],
	[{since: ['0h']}, '--since takes a time span such as 90m, 24h or 7d, not “0h”.'],
	[{since: ['401d']}, '--since reaches back 400 days at most.'],
	[{since: ['2999-01-01']}, '--since begins in the future: “2999-01-01”.'],
	[{since: ['2020-01-01']}, '--since reaches back 400 days at most.'],
	[{refresh: ['soon']}, '--refresh takes seconds, not “soon”.'],
	[{region: ['']}, '--region needs a value.'],
	[{region: ['mars']}, '“mars” is not an AWS region, such as us-east-1.'],
	[{profile: ['a', 'b']}, '--profile can be given only once.'],
	[{demo: 'yes'}, '--demo takes no value.'],
	[{refresh: ['3000000']}, '--refresh takes at most 86400 seconds, which is a day, not “3000000”.'],
	[{theme: ['neon']}, '--theme is one of default, dim, high-contrast, colour-blind, not “neon”.'],
])('%o is one sentence', (flags, sentence) => {
	expect(faultOf(() => read(flags))).toBe(sentence);
});

test.each([
	['20', 20_000_000_000_000n],
	['$0.50', 500_000_000_000n],
	['0', 0n],
])('--budget %s', (budget, day) =>
	expect(read({budget: [budget], budgetMonth: [budget]}).limits).toEqual({day, month: day}),
);

test('the config file says what was not typed; typed values win', () => {
	const file = {budget: 20, region: ['eu-west-1'], cacheWrites: '1h', bell: false, costExplorer: true};
	const {limits, regions, cacheLifetime, hasBell, hasCostExplorer} = inFile(file, {region: ['us-east-1']});
	expect(limits.day).toBe(20_000_000_000_000n);
	expect(regions).toEqual(['us-east-1']);
	expect([cacheLifetime, hasBell, hasCostExplorer]).toEqual(['1h', false, true]);
});

test.each([
	[{budgets: 3}, 'There is no setting “budgets” for the config file.'],
	[{json: true}, 'There is no setting “json” for the config file.'],
	[{budget: 'lots'}, '“budget” takes dollars such as 20 or 0.50, not “lots”.'],
	[{cacheWrites: '2h'}, '“cacheWrites” is 5m or 1h, not “2h”.'],
	[{aws: 'no'}, '“aws” is true or false.'],
	[{region: 'mars'}, '“region”: “mars” is not an AWS region, such as us-east-1.'],
	[{profile: ''}, '“profile” needs a value.'],
	[{refresh: 5}, '“refresh” takes at least 15 seconds, not “5”.'],
	[{discount: 101}, '“discount” must be a percentage from 0 to 100 with at most four decimals.'],
	[{discount: {overall: 'x'}}, '“discount.overall” must be a percentage from 0 to 100 with at most four decimals.'],
	[{keys: 'q'}, '“keys” is an object of commands and their keys.'],
	[{keys: {fly: 'q'}}, '“keys”: There is no command “fly” to give keys to.'],
])('config file %o is one sentence that names the file and the setting', (settings, sentence) => {
	expect(faultOf(() => inFile(settings))).toBe(`~/.config/bedtop/config.json: ${sentence}`);
});

test('what was typed is said of the option also where the config file has it too', () => {
	expect(() => inFile({budget: 3}, {budget: ['lots']})).toThrow(
		'--budget takes dollars such as 20 or 0.50, not “lots”.',
	);
});

test('prices is a command, with words of its own', () => {
	expect(read({refreshPrices: true}, {command: 'prices'})).toMatchObject({mode: 'prices', refreshesPrices: true});
	expect(read({check: true}).mode).toBe('check');
});

test('a command that shows something wins over what else was typed', () => {
	for (const command of commandNames.filter(name => ['doctor', 'policy', 'prices'].includes(name))) {
		expect(read({json: true}, {command}).mode).toBe(command);
	}
	expect(() => read({}, {command: 'replay'})).toThrow('replay needs the file of a recording.');
	expect(read({speed: ['10x']}, {command: 'replay', operands: ['x']}).replay).toEqual({
		path: 'x',
		speed: 10,
		isLive: true,
	});
});

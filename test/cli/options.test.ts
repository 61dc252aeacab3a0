import {expect, test} from 'vitest';
import {readOptions, UsageError} from '../../source/cli/options.ts';

const read = (flags: object, input: readonly string[] = [], isTty = true) =>
	readOptions({aws: true, ...flags}, input, isTty);

test('without flags it is the live monitor over everything', () => {
	expect(read({})).toEqual({
		mode: 'live',
		isDemo: false,
		hasAws: true,
		regions: [],
		profile: undefined,
		claudeDirectories: [],
		sinceMs: undefined,
		refreshMs: 60_000,
		isJson: false,
		limits: {},
		watchCap: 100_000_000_000n,
		hasCostExplorer: false,
		pricesFile: undefined,
		refreshesPrices: false,
		cacheLifetime: undefined,
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
])('%s decides the mode', (_, flags, isTty, mode) => expect(read(flags, [], isTty).mode).toBe(mode));

test('the refresh has a floor of 15 seconds', () => {
	expect(read({refresh: ['1']}).refreshMs).toBe(15_000);
	expect(read({refresh: ['90']}).refreshMs).toBe(90_000);
});

test.each([
	['90s', 90_000],
	['30m', 1_800_000],
	['24h', 86_400_000],
	['7d', 604_800_000],
	['1.5h', 5_400_000],
])('--since %s', (since, sinceMs) => expect(read({since: [since]}).sinceMs).toBe(sinceMs));

test.each([
	[{budgets: '3'}, 'There is no option --budgets.'],
	[{budget: ['three']}, '--budget takes dollars such as 20 or 0.50, not “three”.'],
	[{budgetMonth: ['-1']}, '--budget-month takes dollars such as 20 or 0.50, not “-1”.'],
	[{maxWatchCost: ['a', 'b']}, '--max-watch-cost can be given only once.'],
	[{refreshPrices: true}, '--refresh needs a value.'],
	[{claudeDirs: 'x'}, 'There is no option --claude-dirs.'],
	[{since: ['yesterday']}, '--since takes a time span such as 90m, 24h or 7d, not “yesterday”.'],
	[{since: ['0h']}, '--since takes a time span such as 90m, 24h or 7d, not “0h”.'],
	[{since: ['8d']}, '--since reaches back 7 days at most.'],
	[{refresh: ['soon']}, '--refresh takes seconds, not “soon”.'],
	[{region: ['']}, '--region needs a value.'],
	[{region: ['mars']}, '“mars” is not an AWS region, such as us-east-1.'],
	[{profile: ['a', 'b']}, '--profile can be given only once.'],
	[{demo: 'yes'}, '--demo takes no value.'],
])('%o is one sentence', (flags, sentence) => {
	expect(() => read(flags)).toThrow(new UsageError(sentence));
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
	const {limits, regions, cacheLifetime, hasBell, hasCostExplorer} = readOptions(
		{region: ['us-east-1']},
		[],
		true,
		file,
	);
	expect(limits.day).toBe(20_000_000_000_000n);
	expect(regions).toEqual(['us-east-1']);
	expect([cacheLifetime, hasBell, hasCostExplorer]).toEqual(['1h', false, true]);
});

test.each([
	[{budgets: 3}, 'There is no setting “budgets” for the config file.'],
	[{json: true}, 'There is no setting “json” for the config file.'],
	[{budget: 'lots'}, '--budget takes dollars such as 20 or 0.50, not “lots”.'],
	[{cacheWrites: '2h'}, '“cacheWrites” is 5m or 1h, not “2h”.'],
	[{aws: 'no'}, '--aws takes no value.'],
])('config file %o is one sentence', (file, sentence) => {
	expect(() => readOptions({}, [], true, file)).toThrow(new UsageError(sentence));
});

test('prices is a command, with words of its own', () => {
	expect(read({refreshPrices: true}, ['prices'])).toMatchObject({mode: 'prices', refreshesPrices: true});
	expect(read({check: true}).mode).toBe('check');
	expect(() => read({}, ['prices', 'now'])).toThrow('“now” is one word too many.');
});

test('a command that does not exist is one sentence', () => {
	expect(() => read({}, ['frobnicate'])).toThrow('There is no command “frobnicate”.');
});

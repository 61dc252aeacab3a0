import {expect, test} from 'vitest';
import {readOptions, UsageError} from '../source/options.ts';

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
	[{budget: '3'}, 'There is no option --budget.'],
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

test('a command that does not exist is one sentence', () => {
	expect(() => read({}, ['frobnicate'])).toThrow('There is no command “frobnicate”.');
});

import {describe, expect, test} from 'vitest';
import {readCommandLine} from '../../source/cli/arguments.ts';
import {didYouMean} from '../../source/cli/did-you-mean.ts';
import {parse} from '../../source/cli/parse.ts';
import {readOptions} from '../../source/cli/read-options.ts';

/** The options of a command line, through the check, the parser and the table. */
const options = (line: string, isTty = true) => {
	const read = readCommandLine(line === '' ? [] : line.split(' '));
	return readOptions({...read, typed: parse(read)}, isTty);
};

/** The sentence about a command line, with its suggestion. */
const faultOf = (argv: readonly string[]): string | undefined => {
	try {
		readCommandLine(argv);
		return undefined;
	} catch (error) {
		return (error as Error).message + didYouMean(error);
	}
};

describe('the command is the first word that is neither an option nor the value of one', () => {
	test.each([
		['--profile prices --refresh 30 --once', {mode: 'once', profile: 'prices', refreshMs: 30_000}],
		['--profile=prices --refresh=30', {mode: 'live', profile: 'prices', refreshMs: 30_000}],
		['prices --refresh', {mode: 'prices', refreshesPrices: true, refreshMs: 60_000}],
		['prices --refresh --json', {mode: 'prices', refreshesPrices: true, isJson: true}],
		['--json prices --refresh', {mode: 'prices', refreshesPrices: true, isJson: true}],
		['--refresh 30 prices', {mode: 'prices', refreshesPrices: false, refreshMs: 30_000}],
		['--region us-east-1 doctor --region eu-west-1', {mode: 'doctor', regions: ['us-east-1', 'eu-west-1']}],
		[
			'--theme dim replay x.jsonl --speed 10',
			{mode: 'replay', theme: 'dim', replay: {path: 'x.jsonl', speed: 10, isLive: true}},
		],
		['-- replay doctor', {mode: 'replay', replay: {path: 'doctor', speed: 1, isLive: true}}],
		['--no-aws --aws', {mode: 'live', hasAws: true}],
		['--no-aws', {mode: 'live', hasAws: false}],
		['--json=false', {mode: 'live', isJson: false}],
		['--budget-month $300', {limits: {month: 300_000_000_000_000n}}],
	])('bedtop %s', (line, expected) => expect(options(line)).toMatchObject(expected));
});

test.each([
	['docter', 'There is no command “docter”. Did you mean “doctor”?'],
	['frobnicate', 'There is no command “frobnicate”.'],
	['--bogus', 'There is no option --bogus.'],
	['--budgets 3', 'There is no option --budgets. Did you mean --budget?'],
	['--claude-dirs x', 'There is no option --claude-dirs. Did you mean --claude-dir?'],
	['--noaws', 'There is no option --noaws. Did you mean --no-aws?'],
	['--cost', 'There is no option --cost. Did you mean --cost-explorer?'],
	['--JSON', 'There is no option --JSON. Did you mean --json?'],
	['--no-region', 'There is no option --no-region. Did you mean --region?'],
	['--cache-writes 5m', 'There is no option --cache-writes.'],
	['--keys x', 'There is no option --keys.'],
	['-x', 'There is no option -x.'],
	['-hv', 'There is no option -hv.'],
	['--x', 'There is no option --x.'],
	['--a.b c', 'There is no option --a.b.'],
	['--__proto__ x', 'There is no option --__proto__.'],
	['--refresh', '--refresh needs a value.'],
	['--refresh prices --region', '--region needs a value.'],
	['--region --json', '--region needs a value.'],
	['--region=', '--region needs a value.'],
	['--demo=yes', '--demo takes no value.'],
	['--speed 2', '--speed is for bedtop replay.'],
	['--format tmux', '--format is for bedtop status.'],
	['status --demo', 'There is no option --demo for status.'],
	['status --fromat tmux', 'There is no option --fromat for status. Did you mean --format?'],
	['prices now', '“now” is one word too many.'],
	['prices --refresh 30', '“30” is one word too many.'],
	['replay x y', '“y” is one word too many.'],
	['help prices replay', '“replay” is one word too many.'],
])('bedtop %s is one sentence', (line, sentence) => expect(faultOf(line.split(' '))).toBe(sentence));

test('a word that is empty is no value and no command', () => {
	expect(faultOf(['--profile', ' '])).toBe('--profile needs a value.');
	expect(faultOf([''])).toBe('There is no command “”.');
});

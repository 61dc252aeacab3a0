import {describe, expect, test} from 'vitest';
import type {Budget} from '../../../source/domain/spend/budget.ts';
import {alarmLines, refusalLines, troubleLines, troubles, wantedRows} from '../../../source/screen/panes/trouble.ts';
import {type Line, lineWidth, plainText, span} from '../../../source/screen/text/line.ts';
import {type Overview, overview} from '../../../source/state/overview.ts';
import {call, logOf, minuteMs, noon, stateOf} from '../../support/builders.ts';

const limit = 20_000_000_000_000n;
const budget: Budget = {period: 'day', limit, spent: limit, share: 1, unpricedCalls: 0, level: 'over'};
const known = (others: Partial<Overview> = {}): Overview => ({...overview(stateOf(), noon), ...others});
const words = (lines: readonly Line[]) => lines.map(plainText);

describe('alarms', () => {
	const expiry = (minutes: number) =>
		({
			...overview(stateOf(), noon).state,
			slices: {
				credentials: {
					...{kind: 'sso', expiresAt: noon + minutes * minuteMs, profile: 'corp'},
					command: 'aws sso login --profile corp',
				},
			},
		}) as unknown as Overview['state'];

	test.each<[string, Partial<Overview>, readonly string[]]>([
		['nothing is wrong', {}, []],
		['a budget is fine', {budgets: [{...budget, level: 'ok'}]}, []],
		['a budget is used up', {budgets: [budget]}, ['budget ✗ 100% of $20.00 today']],
		[
			'a budget is nearly used up',
			{budgets: [{...budget, level: 'near', share: 0.9}]},
			['budget ▲ 90% of $20.00 today'],
		],
		[
			'a session fell back',
			{
				downgrades: [
					{
						sessionId: 's1',
						from: 'us.anthropic.claude-opus-5-5',
						to: 'us.anthropic.claude-sonnet-5-5',
						at: noon - 2 * minuteMs,
					},
				],
			},
			['▲ answers now come from sonnet-5.5 because opus-5.5 is refused 2m'],
		],
		[
			'a cache does not hold',
			{thrashing: [{sessionId: 's1', cwd: '/shop', readTokens: 4000, writeTokens: 240_000}]},
			['▲ cache does not hold: 240k tok written, 4.0k read in 10m /shop'],
		],
		[
			'credentials end soon',
			{state: expiry(14.1)},
			['▲ AWS credentials of corp end in 15m → aws sso login --profile corp'],
		],
		['credentials end later', {state: expiry(15.1)}, []],
		[
			'credentials have ended',
			{state: expiry(0)},
			['▲ AWS credentials of corp have expired → aws sso login --profile corp'],
		],
	])('%s', (_, others, expected) => expect(words(alarmLines(known(others)))).toEqual(expected));
});

describe('refusals', () => {
	const denied = {outcome: 'AccessDenied', message: 'no'};
	const log = logOf(
		...[1, 2].map(n => call(`${n}`, {...denied, at: noon - 2 * minuteMs})),
		call('old', {...denied, profile: 'us.anthropic.claude-haiku-5-5', at: noon - 15 * minuteMs}),
	);
	const all = overview(stateOf({log}), noon);

	test('say what was refused, how often, to whom, and when', () => {
		const [newest = '', older = ''] = words(refusalLines(all));
		expect(newest).toMatch(/^✗ opus-5\.5 ×2 .+ alice 2m/);
		expect(older).toMatch(/^✗ haiku-5\.5 [^×]+ alice 15m/);
	});

	test('stand before alarms for a quarter of an hour', () => {
		const found = troubles({...all, budgets: [budget]});
		expect(found.map(({short}) => plainText(short))).toEqual(['✗ opus-5.5', '✗ budget']);
		expect(found.map(({refusal}) => refusal?.count)).toEqual([2, undefined]);
	});
});

describe('rows of trouble', () => {
	const trouble = (what: string, fix: string) => ({
		...{what: [span(what)], short: [span(what)]},
		fix: fix === '' ? [] : [span(fix)],
	});
	const [short, long] = [trouble('ab', 'fix'), trouble('a', 'x'.repeat(20))];

	test('one for each, two where what mends it does not fit behind it', () => {
		expect(wantedRows([short, long, trouble('y'.repeat(30), '')], 20)).toBe(4);
		expect(wantedRows([short], 6)).toBe(1);
		expect(wantedRows([short], 5)).toBe(2);
	});

	test('the first get a second row while there are some to spare', () => {
		expect(words(troubleLines([long, long], 3, 20))).toEqual(['a', `  ${'x'.repeat(20)}`, `a ${'x'.repeat(20)}`]);
	});

	test('what does not fit is counted', () => {
		const lines = troubleLines([short, short, short], 2, 20);
		expect(words(lines)).toEqual(['ab fix', 'ab fix       +1 more']);
		expect(lines.map(lineWidth)).toEqual([6, 20]);
		expect(troubleLines([short], 0, 20)).toEqual([]);
	});
});

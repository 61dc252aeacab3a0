import {describe, expect, test} from 'vitest';
import type {Lifecycle} from '../../../source/domain/models/lifecycle.ts';
import {toJson} from '../../../source/output/json/json.ts';
import {lifecycleCheck} from '../../../source/screen/panes/lifecycle-check.ts';
import {spendPane} from '../../../source/screen/panes/spend.ts';
import {plainText} from '../../../source/screen/text/line.ts';
import {lifecycleWord} from '../../../source/screen/words/lifecycle.ts';
import {outlookOf} from '../../../source/state/lifecycle.ts';
import {overview} from '../../../source/state/overview.ts';
import {reduce, type State} from '../../../source/state/state.ts';
import {ledgerOf, noon, reply, stateOf} from '../../support/builders.ts';

const dayMs = 86_400_000;
const opus41 = 'anthropic.claude-opus-4-1-20250805-v1:0';
const opus55 = 'anthropic.claude-opus-5-5';
const legacy: Lifecycle = {
	...{model: opus41, status: 'legacy', region: 'us-east-1', legacyAt: Date.UTC(2026, 6, 8)},
	...{extendedAccessAt: Date.UTC(2026, 9, 8), endOfLifeAt: Date.UTC(2027, 0, 8)},
};
const active: Lifecycle = {model: opus55, status: 'active', region: 'us-east-1'};
const old = reply('old', {
	model: 'claude-opus-4-1-20250805',
	requestedModel: `us.${opus41}`,
	usage: {input: 1_000_000},
});
const told = (value: readonly Lifecycle[], known: Partial<State> = {ledger: ledgerOf(old)}) =>
	reduce(stateOf({spanMs: 100 * dayMs, ...known}), {type: 'slice', source: 'lifecycle', value});
const pinned = {configuration: {model: `us.${opus41}`}} as Partial<State>;

describe('the check of what is in use', () => {
	const later: Lifecycle = {...legacy, extendedAccessAt: noon + 70 * dayMs, endOfLifeAt: noon + 160 * dayMs};
	test.each<[string, State, number, string | undefined, RegExp]>([
		['is not there while nobody has said anything', stateOf(), noon, undefined, /^$/],
		['is well for active models', told([active], {ledger: ledgerOf(reply('new'))}), noon, 'pass', /^opus-5\.5 active$/],
		[
			'warns of extended access and its price',
			told([legacy]),
			noon,
			'warn',
			/^opus-4\.1: ends 2027-01-08, in 45 days; legacy since 2026-07-08; in extended access since 2026-10-08: its price may be up to twice the list; by Bedrock in us-east-1$/,
		],
		[
			'knows it by the table where Bedrock was not asked',
			told([]),
			noon,
			'warn',
			/since 2026-10-08.*by public reports$/,
		],
		[
			'does not warn of Legacy alone',
			told([later]),
			noon,
			'pass',
			/not call it for 30 days.*up to twice the list, from 2027-02-01/,
		],
		[
			'warns of an end within 60 days',
			told([{...active, model: opus41, endOfLifeAt: noon + 59 * dayMs}]),
			noon,
			'warn',
			/in 59 days/,
		],
		[
			'not of one in 61',
			told([{...active, model: opus41, endOfLifeAt: noon + 61 * dayMs}]),
			noon,
			'pass',
			/in 61 days/,
		],
		[
			'warns of what has ended since it was called',
			told([legacy]),
			legacy.endOfLifeAt as number,
			'warn',
			/ended 2027-01-08/,
		],
		[
			'fails where settings still name that',
			told([legacy], pinned),
			legacy.endOfLifeAt as number,
			'fail',
			/ended 2027-01-08/,
		],
	])('%s', (_, state, now, expected, evidence) => {
		const check = lifecycleCheck(overview(state, now));
		expect(check?.state).toBe(expected);
		expect(check?.evidence ?? '').toMatch(evidence);
	});
});

test.each([
	['active', active, noon, ''],
	['legacy', {...legacy, model: opus55, extendedAccessAt: undefined, endOfLifeAt: noon + 90 * dayMs}, noon, 'legacy'],
	['extended', {...legacy, endOfLifeAt: undefined}, noon, 'extended'],
	['near its end', legacy, noon, 'ends 45d'],
	['over', legacy, noon + 90 * dayMs, 'ended'],
] as const)('a model that is %s has its word', (_, one, now, word) => {
	expect(lifecycleWord(outlookOf(told([one]), one.model, now), now)).toBe(word);
});

test('the word stands in the row of the spend table, and the price is a range by the dates of Bedrock', () => {
	const row = (value: readonly Lifecycle[]) => {
		const pane = spendPane({overview: overview(told(value), noon), width: 60, filter: {terms: []} as never});
		return plainText(pane.listing.fit(1).draw(0, 1)[0] ?? []);
	};
	expect(row([legacy])).toMatch(/^opus-4\.1 .*\$15\.00–30\.00 ends 45d/);
	expect(row([{...legacy, extendedAccessAt: noon + dayMs, endOfLifeAt: undefined}])).toMatch(/\$15\.00 legacy/);
});

test('JSON has the dates in the names of the contract', () => {
	const {lifecycle, spend} = toJson(overview(told([legacy]), noon), {version: '1', isDemo: false});
	expect(lifecycle).toEqual([
		{
			...{model: opus41, status: 'legacy', stage: 'extended', region: 'us-east-1'},
			legacyAt: '2026-07-08T00:00:00.000Z',
			extendedAccessAt: '2026-10-08T00:00:00.000Z',
			endOfLifeAt: '2027-01-08T00:00:00.000Z',
		},
	]);
	expect(spend.local.usdRange).toEqual([15, 30]);
});

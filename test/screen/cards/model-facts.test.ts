import {describe, expect, test} from 'vitest';
import {type MetricsUpdate, mergeMetrics} from '../../../source/domain/metrics/metrics.ts';
import {countFields, moneyFields, priceFields, subjectOf} from '../../../source/screen/cards/model-facts.ts';
import {overview} from '../../../source/state/overview.ts';
import type {State} from '../../../source/state/state.ts';
import {globalOpus, ledgerOf, minuteMs, noon, reply, stateOf} from '../../support/builders.ts';

const million = {input: 1_000_000};
const region = 'us-east-1';
const counted = (points: MetricsUpdate['points'], others: Partial<MetricsUpdate> = {}): MetricsUpdate => ({
	...{region, profile: globalOpus, points},
	...others,
});
const key = (profile = globalOpus) => `${region} AWS/Bedrock ${profile}`;
const at = noon - 10 * minuteMs;
const known = (updates: readonly MetricsUpdate[], state: Partial<State> = {}) =>
	overview(stateOf({metrics: mergeMetrics(new Map(), updates, 0), ...state}), noon);
const subject = (view: ReturnType<typeof known>, name = key()) => {
	const found = subjectOf(view, name);
	if (found === undefined) throw new Error(`${name} is known`);
	return found;
};
const said = (fields: ReturnType<typeof countFields>, label: string) => {
	const field = fields.find(one => one.label === label);
	return field && [field.value, field.note];
};

describe('what a card of a model is about', () => {
	const ledger = ledgerOf(
		reply('a', {usage: million}),
		reply('b', {requestedModel: undefined, usage: million}),
		reply('c', {requestedModel: 'us.anthropic.claude-opus-5-5', usage: million}),
	);
	const view = known(
		[counted([]), counted([], {region: 'us-west-2'}), counted([], {profile: 'us.anthropic.claude-haiku-5-5'})],
		{ledger},
	);

	test('a row of the models: one region, and what of it is mine', () => {
		const {profile, metrics, mine} = subject(view);
		expect([profile, metrics.length]).toEqual([globalOpus, 1]);
		expect(mine.map(row => row.profile)).toEqual([globalOpus]);
	});

	test('a row of the spend table: all regions', () => {
		expect(subject(view, globalOpus).metrics.map(one => one.region)).toEqual(['us-east-1', 'us-west-2']);
		const bare = subject(view, 'anthropic.claude-opus-5-5');
		expect([bare.metrics.length, bare.mine.map(row => row.profile)]).toEqual([2, [undefined]]);
		expect(subjectOf(view, 'gone')).toBeUndefined();
	});
});

describe('counts', () => {
	const fieldsOf = (...points: MetricsUpdate['points']) => {
		const view = known([counted(points)]);
		return countFields(subject(view), view);
	};

	test('are not known before they are asked for, and nought only then', () => {
		expect(said(fieldsOf(), 'calls')).toEqual(['not known yet', undefined]);
		expect(said(fieldsOf(['Invocations', [[at, 0]]]), 'calls')).toEqual(['0', '0 in the last hour']);
		expect(said(fieldsOf(['InvocationThrottles', []]), 'throttled')).toEqual(['0', undefined]);
		expect(said(fieldsOf(), 'tokens')?.[0]).toBe('not known yet');
	});

	test('say the last hour beside the window', () => {
		const fields = fieldsOf([
			'Invocations',
			[
				[noon - 61 * minuteMs, 5000],
				[noon - 60 * minuteMs, 2],
			],
		]);
		expect(said(fields, 'calls')).toEqual(['5,002', '2 in the last hour']);
	});

	test('warn of throttles, and more of errors', () => {
		const fields = fieldsOf(['InvocationThrottles', [[at, 1]]], ['InvocationClientErrors', [[at, 1]]]);
		expect(fields.filter(({value}) => value === '1').map(({style}) => style)).toEqual(['warn', 'bad']);
		const calm = fieldsOf(['InvocationThrottles', [[at, 0]]], ['InvocationClientErrors', [[at, 0]]]);
		expect(calm.filter(({value}) => value === '0').map(({style}) => style)).toEqual(['plain', 'plain']);
	});

	test('say the speed of each region', () => {
		const slow = counted([], {speed: {p50LatencyMs: 3100}});
		const one = known([slow]);
		expect(said(countFields(subject(one), one), 'p50 latency')).toEqual(['3.1s', 'median of the last hour']);
		expect(said(countFields(subject(one), one), 'first token')).toEqual(['not known', undefined]);
		const two = known([slow, counted([], {region: 'us-west-2', speed: {p50LatencyMs: 900}})], {
			ledger: ledgerOf(reply('a')),
		});
		expect(said(countFields(subject(two, globalOpus), two), 'p50 latency')?.[0]).toBe(
			'us-east-1 3.1s, us-west-2 900ms',
		);
	});

	test('say that Mantle counts the cache as input', () => {
		const view = known([counted([], {namespace: 'AWS/BedrockMantle'})]);
		expect(said(countFields(subject(view, `${region} AWS/BedrockMantle ${globalOpus}`), view), 'tokens')?.[1]).toMatch(
			/Mantle/,
		);
	});
});

describe('money', () => {
	const account = (updates: readonly MetricsUpdate[], name?: string) => {
		const view = known(updates);
		return said(moneyFields(subject(view, name), view), 'account');
	};

	test.each<[string, readonly MetricsUpdate[], string | undefined, readonly unknown[]]>([
		[
			'is not known before tokens are',
			[counted([['Invocations', [[at, 1]]]])],
			undefined,
			['not known yet', undefined],
		],
		[
			'is exact where nothing is open',
			[counted([['InputTokenCount', [[at, 1_000_000]]]])],
			undefined,
			['$4.00', 'estimate'],
		],
		[
			'is a range where cache lifetimes are',
			[counted([['CacheWriteInputTokens', [[at, 1_000_000]]]])],
			undefined,
			['$5.00–8.00', 'estimate: CloudWatch does not tell cache lifetimes or prompt sizes'],
		],
		[
			'has a reason where there is no price',
			[counted([['InputTokenCount', [[at, 1]]]], {profile: 'anthropic.claude-9'})],
			key('anthropic.claude-9'),
			['unpriced: no price is known for this model', undefined],
		],
	])('of the account %s', (_, updates, name, expected) => expect(account(updates, name)).toEqual(expected));

	test('of mine stands beside it', () => {
		const view = known([counted([])], {ledger: ledgerOf(reply('a', {usage: million}), reply('b', {usage: million}))});
		expect(said(moneyFields(subject(view), view), 'mine')).toEqual([
			...['$8.00', '2 calls, global price, scope from the id that Claude Code wrote down'],
		]);
	});
});

describe('the price', () => {
	const price = (profile: string, state: Partial<State> = {}) => {
		const view = known([counted([], {profile})], state);
		return priceFields(subject(view, key(profile)), view);
	};

	test('is told for a million tokens of each kind', () => {
		expect(said(price(globalOpus), 'per MTok')).toEqual([
			...['in $4.00 · out $20.00 · cache read $0.20 · cache write 5m $5.00 · 1h $8.00', 'list price'],
		]);
		expect(said(price(globalOpus), 'long prompts')).toBeUndefined();
	});

	test('has another row for long prompts where it steps', () => {
		expect(said(price('global.anthropic.claude-haiku-5-5'), 'long prompts')?.[1]).toBe('> 100,000 prompt tokens');
	});

	test.each([
		['claude-opus-5-5', /^geo, as of .*, as nothing tells the scope$/],
		[globalOpus, /^global, as of [\d-]+$/],
	])('of %s says for which scope it holds', (profile, words) => {
		expect(said(price(profile), 'price')?.[0]).toMatch(words);
	});

	test('is not told where nobody knows what the id stands for', () => {
		expect(price('ab12cd34ef56')).toEqual([{label: 'per MTok', value: expect.stringMatching(/^unpriced: /)}]);
	});
});

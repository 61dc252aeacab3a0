import {describe, expect, test} from 'vitest';
import {type CountMetric, type MetricsUpdate, mergeMetrics} from '../../../source/domain/metrics/metrics.ts';
import {openFilter} from '../../../source/screen/input/filter.ts';
import {modelsPane, rankModels, shownModels, sparkline} from '../../../source/screen/panes/models.ts';
import {lineWidth, plainText} from '../../../source/screen/text/line.ts';
import {overview} from '../../../source/state/overview.ts';
import type {State} from '../../../source/state/state.ts';
import {minuteMs, noon, stateOf} from '../../support/builders.ts';

const hour = 60 * minuteMs;
type Sums = Partial<Record<CountMetric, readonly (readonly [minutesAgo: number, value: number])[]>>;
const model = (profile: string, sums: Sums, others: Partial<MetricsUpdate> = {}): MetricsUpdate => ({
	...{region: 'us-east-1', profile, ...others},
	points: Object.entries(sums).map(([metric, points]) => [
		metric as CountMetric,
		points.map(([minutesAgo, value]) => [noon - minutesAgo * minuteMs, value] as const),
	]),
});
const known = (updates: readonly MetricsUpdate[], state: Partial<State> = {}) =>
	overview(stateOf({metrics: mergeMetrics(new Map(), updates, 0), ...state}), noon);
const [opus, haiku] = ['us.anthropic.claude-opus-5-5', 'us.anthropic.claude-haiku-5-5'];
const rows = (of: ReturnType<typeof known>, width = 100) => {
	const {listing} = modelsPane({overview: of, width, filter: openFilter});
	return listing
		.fit(9)
		.draw(0, 9)
		.map(line => plainText(line).trim());
};

describe('the models that are shown', () => {
	const quiet = model('us.anthropic.claude-sonnet-5-5', {Invocations: [[1, 0]]});

	test('were called in the window or had trouble within the hour, the busiest of the hour first', () => {
		const of = known([
			quiet,
			model(haiku, {Invocations: [[1, 2]]}),
			model(opus, {Invocations: [[59, 3]]}),
			model('b', {InvocationThrottles: [[5, 1]]}),
			model('a', {Invocations: [[90, 9]]}),
		]);
		expect(shownModels(of).map(({profile}) => profile)).toEqual([opus, haiku, 'a', 'b']);
		expect(rankModels(of).map(({value}) => value)).toEqual([3, 2, 0, 0]);
	});

	test('count the chosen window where that is longer than an hour', () => {
		const updates = [model(haiku, {Invocations: [[90, 9]]}), model(opus, {Invocations: [[1, 3]]})];
		const long = known(updates, {spanMs: 2 * hour, spendSince: noon - 2 * hour});
		expect(rankModels(long).map(({value}) => value)).toEqual([9, 3]);
		expect(rows(long)[0]).toMatch(/ 9 +– +–$/);
		expect(rows(known(updates))[0]).toMatch(/^opus-5\.5 .* 3\/h +– +–$/);
	});
});

describe('a row says', () => {
	test.each([
		['the prefix of a profile', model(opus, {Invocations: [[1, 1]]}), /^opus-5\.5 +us /],
		['that a profile is an application’s', model('a1b2c3d4e5f6', {Invocations: [[1, 1]]}), /^a1b2c3d4e5f6 +app /],
		[
			'that it is Mantle’s',
			model(opus, {Invocations: [[1, 1]]}, {namespace: 'AWS/BedrockMantle'}),
			/^opus-5\.5 +mantle /,
		],
		[
			'the speed',
			model(opus, {Invocations: [[1, 1]]}, {speed: {p50LatencyMs: 3100, p50FirstTokenMs: 820}}),
			/ 1\/h 3\.1s 820ms$/,
		],
		[
			'what went wrong',
			model(opus, {InvocationThrottles: [[1, 2]], InvocationClientErrors: [[1, 1200]]}),
			/ 2 thr 1\.2k err$/,
		],
	])('%s', (_, update, words) => expect(rows(known([update]))[0]).toMatch(words));

	test('the region only where there are several', () => {
		const here = model(opus, {Invocations: [[1, 1]]});
		expect(rows(known([here]))[0]).not.toContain('us-east-1');
		expect(rows(known([here, model(opus, {Invocations: [[1, 1]]}, {region: 'eu-west-1'})]))[0]).toMatch(/-1 /);
	});
});

describe('a sparkline', () => {
	const minutes = Array.from({length: 60}, (_, index) => [index, 1 + (index % 7)] as const);

	test.each([
		[12, 1],
		[20, 2],
		[30, 3],
		[60, 5],
	])('of %i buckets dims the last five minutes, which may still change: %i', (buckets, tail) => {
		const of = known([model(opus, {Invocations: minutes})]);
		const [shown] = shownModels(of);
		if (shown === undefined) throw new Error('the model is shown');
		const line = sparkline(shown, of, buckets);
		expect(lineWidth(line)).toBe(buckets);
		expect(line.map(([text, style]) => [text.length, style])).toEqual([
			[buckets - tail, 'accent'],
			[tail, 'dim'],
		]);
	});

	test('has a gap where nothing is known', () => {
		const of = known([model(opus, {Invocations: minutes.filter(([minute]) => minute < 30)})]);
		const [shown] = shownModels(of);
		expect(shown && plainText(sparkline(shown, of, 12))).toMatch(/^ {6}[▁-█]{6}$/);
	});
});

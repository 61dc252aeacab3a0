import {describe, expect, test} from 'vitest';
import {type CountMetric, type Metrics, mergeMetrics} from '../../../source/domain/metrics/metrics.ts';
import {defaultBook} from '../../../source/domain/money/price-book.ts';
import {accountSpend} from '../../../source/domain/spend/account-spend.ts';
import {cacheSplit} from '../../../source/domain/spend/cache-split.ts';
import {emptyLedger} from '../../../source/domain/spend/ledger.ts';

const at = Date.UTC(2026, 10, 23, 12);

const metricsOf = (profile: string, sums: Partial<Record<CountMetric, number>>): Metrics => {
	const points = Object.entries(sums).map(([metric, sum]) => [metric as CountMetric, [[at, sum]]] as const);
	return mergeMetrics(new Map(), [{region: 'us-east-1', profile, points: points as never}], 0);
};
const spend = (metrics: Metrics) =>
	accountSpend({
		metrics,
		book: defaultBook,
		resolutions: new Map(),
		split: cacheSplit(undefined, emptyLedger),
		since: 0,
	});

test('prices the sums of all callers; cache writes are a range from 5 minutes to 1 hour', () => {
	const sums = {
		Invocations: 3,
		InputTokenCount: 30,
		OutputTokenCount: 1000,
		CacheReadInputTokens: 50_000,
		CacheWriteInputTokens: 2000,
	};
	// 30×4.4 + 1000×22 + 50000×0.22 = 132 + 22000 + 11000 = 33132 µ$; writes 2000×5.5 = 11000 or 2000×8.8 = 17600 µ$
	expect(spend(metricsOf('us.anthropic.claude-opus-5-5', sums))).toMatchObject({
		amount: 44_132_000_000n,
		low: 44_132_000_000n,
		high: 50_732_000_000n,
		calls: 3,
		tokens: 53_030,
		unpricedTokens: 0,
	});
});

test('a large sum of small prompts is not charged above the step, only the range says that it might be', () => {
	// 5,000,000 × 0.01 = 50,000 µ$ below the step, × 0.05 = 250,000 µ$ above it
	expect(spend(metricsOf('global.anthropic.claude-haiku-5-5', {CacheReadInputTokens: 5_000_000}))).toMatchObject({
		amount: 50_000_000_000n,
		high: 250_000_000_000n,
	});
});

test('an application profile is unpriced until somebody says what is behind it', () => {
	expect(spend(metricsOf('a1b2c3d4e5f6', {InputTokenCount: 12, OutputTokenCount: 3}))).toMatchObject({
		amount: 0n,
		unpricedTokens: 15,
	});
});

test('nothing said is nothing known', () => expect(spend(new Map())).toBeUndefined());

test.each<[string, number | undefined, number]>([
	['without an end', undefined, 3],
	['of a minute that begins just then', at + 1, 2],
	['of a minute that begins at the end is not counted', at, 1],
	['before the first', at - 60_000, 0],
])('what was used before the end counts: %s', (_, until, calls) => {
	const minutes = [at - 60_000, at, at + 60_000].map(minute => [minute, 1000] as const);
	const metrics = mergeMetrics(
		new Map(),
		[{region: 'us-east-1', profile: 'us.anthropic.claude-opus-5-5', points: [['InputTokenCount', minutes]]}],
		0,
	);
	const split = cacheSplit(undefined, emptyLedger);
	const found = accountSpend({metrics, book: defaultBook, resolutions: new Map(), split, since: 0, until});
	// 1000 × 4.4 µ$ for each minute
	expect(found).toMatchObject({amount: BigInt(calls) * 4_400_000_000n, tokens: calls * 1000});
});

test('calls and tokens count from the beginning of the window on', () => {
	const metrics = metricsOf('us.anthropic.claude-opus-5-5', {Invocations: 3, InputTokenCount: 30});
	const input = {metrics, book: defaultBook, resolutions: new Map(), split: cacheSplit(undefined, emptyLedger)};
	expect(accountSpend({...input, since: at})).toMatchObject({calls: 3, tokens: 30});
	expect(accountSpend({...input, since: at + 1})).toMatchObject({calls: 0, tokens: 0});
});

describe('an hour that the window cuts in two', () => {
	const hour = 3_600_000;
	const profile = 'us.anthropic.claude-opus-5-5';
	const hours = [
		['InputTokenCount', [[at, 4000]]],
		['Invocations', [[at, 8]]],
	] as const;
	const metrics = mergeMetrics(
		new Map(),
		[{region: 'us-east-1', profile, points: [['InputTokenCount', [[at + hour, 1000]]]], hours, minutesFrom: at + hour}],
		0,
	);
	const since = (from: number) =>
		accountSpend({
			...{metrics, book: defaultBook, resolutions: new Map(), since: from},
			split: cacheSplit(undefined, emptyLedger),
		});

	// 4000 × 4.4 = 17,600 µ$ in the hour, 1000 × 4.4 = 4,400 µ$ after it
	test.each([
		['begins with it', at, {amount: 22_000_000_000n, low: 22_000_000_000n, calls: 8, tokens: 5000}],
		['begins in it', at + hour / 4, {amount: 17_600_000_000n, low: 4_400_000_000n, calls: 6, tokens: 4000}],
		['begins after it', at + hour, {amount: 4_400_000_000n, low: 4_400_000_000n, calls: 0, tokens: 1000}],
	])('counts by the part of it that the window has, as a range: a window that %s', (_, from, expected) => {
		expect(since(from)).toMatchObject(expected);
		expect(since(from)?.high).toBe(from === at + hour ? 4_400_000_000n : 22_000_000_000n);
	});
});

describe('metrics that could not be read', () => {
	const read = {
		region: 'us-east-1',
		profile: 'us.anthropic.claude-opus-5-5',
		points: [['InputTokenCount', [[at, 10]]]],
	};
	const unread = {region: 'us-east-1', profile: 'a', points: [], isUnread: true};
	const spendOf = (updates: readonly unknown[], unreadRegions?: readonly string[]) =>
		accountSpend({
			...{metrics: mergeMetrics(new Map(), updates as never, 0), book: defaultBook, resolutions: new Map(), since: 0},
			...{split: cacheSplit(undefined, emptyLedger), unreadRegions},
		});

	test.each([
		['none', [read], undefined, {lowerBound: false, unread: []}],
		['of a model make the sum a lower bound', [read, unread], undefined, {lowerBound: true, unread: ['a']}],
		['of a region too', [read], ['eu-west-1'], {lowerBound: true, unread: ['eu-west-1']}],
		['what was known before still counts', [read, {...read, points: [], isUnread: true}], undefined, {tokens: 10}],
	])('%s', (_, updates, regions, expected) => expect(spendOf(updates, regions)).toMatchObject(expected));

	test('of all models leave nothing to say', () => expect(spendOf([unread])).toBeUndefined());
});

test('another tier than the standard one has no price unless somebody gave one', () => {
	const priority = metricsOf('us.anthropic.claude-opus-5-5+priority', {InputTokenCount: 1000});
	expect(spend(priority)).toMatchObject({amount: 0n, unpricedTokens: 1000});
	expect(spend(priority)?.models[0]).toMatchObject({
		...{model: 'anthropic.claude-opus-5-5', scope: 'geo'},
		unpriced: {kind: 'unknown-tier', serviceTier: 'priority'},
	});
});

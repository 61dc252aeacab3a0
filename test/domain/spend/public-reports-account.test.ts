import {expect, test} from 'vitest';
import {type CountMetric, mergeMetrics} from '../../../source/domain/metrics/metrics.ts';
import type {Resolutions} from '../../../source/domain/models/resolution.ts';
import {defaultBook} from '../../../source/domain/money/price-book.ts';
import {accountSpend} from '../../../source/domain/spend/account-spend.ts';
import {cacheSplit} from '../../../source/domain/spend/cache-split.ts';
import {emptyLedger} from '../../../source/domain/spend/ledger.ts';

/** Sums of CloudWatch that people reported other dashboards to count wrongly: from low to high, in millionths of a dollar. */
const at = Date.UTC(2026, 10, 23, 12);
type Sums = Partial<Record<CountMetric, number>>;

const spend = (profile: string, sums: Sums, {resolutions = new Map() as Resolutions, isUnread = false} = {}) => {
	const points = Object.entries(sums).map(([metric, sum]) => [metric as CountMetric, [[at, sum]]] as const);
	const metrics = mergeMetrics(new Map(), [{region: 'us-east-1', profile, points: points as never, isUnread}], 0);
	const split = cacheSplit(undefined, emptyLedger);
	const found = accountSpend({metrics, book: defaultBook, resolutions, split, since: 0});
	if (found === undefined) return undefined;
	const {low, high, tokens, unpricedTokens, lowerBound, unread} = found;
	return {range: [Number(low) / 1e6, Number(high) / 1e6], tokens, unpricedTokens, lowerBound, unread};
};

const sonnet = 'us.anthropic.claude-sonnet-4-6';
const looked: Resolutions = new Map([
	['a1b2c3d4e5f6', {state: 'resolved', models: ['anthropic.claude-sonnet-4-6'], scope: 'geo'}],
]);

test.each<[string, string, Sums, Parameters<typeof spend>[2], object]>([
	[
		'input does not hold what the cache was read for: traceloop/openllmetry#4449',
		...([sonnet, {InputTokenCount: 12, CacheReadInputTokens: 1000, OutputTokenCount: 40}, {}] as const),
		// 12 × 3.3 + 1000 × 0.33 + 40 × 16.5
		{range: [1029.6, 1029.6], tokens: 1052},
	],
	[
		'nor are reads priced as input: BerriAI/litellm#34373',
		...([sonnet, {CacheReadInputTokens: 1_000_000}, {}] as const),
		{range: [330_000, 330_000]},
	],
	[
		'nor as writes: agentjido/req_llm#1029',
		...([sonnet, {CacheWriteInputTokens: 1_000_000}, {}] as const),
		// Of 5 minutes or of an hour: CloudWatch does not tell.
		{range: [4_125_000, 6_600_000]},
	],
	[
		'most tokens are the cheap ones: aws-solutions-library-samples/guidance-for-claude-code-with-amazon-bedrock#403',
		sonnet,
		{
			...{InputTokenCount: 23_000, OutputTokenCount: 125_000},
			...{CacheWriteInputTokens: 1_300_000, CacheReadInputTokens: 15_500_000},
		},
		{},
		// 75,900 + 2,062,500 + 5,115,000 and writes of 5,362,500 or 8,580,000
		{range: [12_615_900, 15_833_400], tokens: 16_948_000},
	],
	[
		'a profile’s id stands for its model: wandb/weave#4218',
		...(['a1b2c3d4e5f6', {InputTokenCount: 1_000_000}, {resolutions: looked}] as const),
		{range: [3_300_000, 3_300_000], unpricedTokens: 0},
	],
	[
		'a legacy model called in its region is at the price of its last months: steipete/CodexBar#1415',
		...(['anthropic.claude-3-5-sonnet-20241022-v2:0', {InputTokenCount: 1_000_000}, {}] as const),
		{range: [6_000_000, 6_000_000]},
	],
	[
		'a sum of which a part was throttled is at least that, and says of whom: withcoral/coral#951',
		...([sonnet, {InputTokenCount: 1_000_000}, {isUnread: true}] as const),
		{range: [3_300_000, 3_300_000], lowerBound: true, unread: [sonnet]},
	],
])('%s', (_, profile, sums, known, expected) => expect(spend(profile, sums, known)).toMatchObject(expected));

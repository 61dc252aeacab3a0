import {expect, test} from 'vitest';
import {mergeMetrics} from '../../source/domain/metrics/metrics.ts';
import {noProofs, prove} from '../../source/domain/routing/proof.ts';
import {requestsPerDay} from '../../source/domain/watching/metric-schedule.ts';
import {metricsShare} from '../../source/domain/watching/watch-cost.ts';
import {plannedPerDay} from '../../source/state/watch-plan.ts';
import {globalOpus, minuteMs, noon, reply, stateOf} from '../support/builders.ts';

const dollar = 1_000_000_000_000n;
/** CloudWatch takes a cent for a thousand requests. */
const priceOf = (requests: number) => (BigInt(Math.round(requests)) * dollar) / 100_000n;
const metrics = (minutesAgo: number, value: number, count = 1) =>
	mergeMetrics(
		new Map(),
		Array.from({length: count}, (_, index) => ({
			...{region: `us-east-${index}`, profile: globalOpus},
			points: [['Invocations', [[noon - minutesAgo * minuteMs, value]]]] as const,
		})),
		0,
	);
const rich = {watchCap: 100n * dollar};

test.each([
	['an idle model', {metrics: metrics(61, 1)}, requestsPerDay('idle', minuteMs)],
	['a model that was asked for and not called', {metrics: metrics(1, 0)}, requestsPerDay('idle', minuteMs)],
	['a model that somebody calls', {metrics: metrics(59, 1)}, requestsPerDay('active', minuteMs)],
	[
		'a model that is called from here',
		{metrics: metrics(59, 1), proofs: prove(noProofs, [reply('a')])},
		requestsPerDay('mine', minuteMs),
	],
	['two models', {metrics: metrics(59, 1, 2)}, 2 * requestsPerDay('active', minuteMs)],
	['half the pace', {metrics: metrics(59, 1), refreshMs: 2 * minuteMs}, requestsPerDay('active', 2 * minuteMs)],
])('a day of watching %s', (_, state, requests) => {
	expect(plannedPerDay(stateOf({...rich, ...state}), noon)).toBe(priceOf(requests));
});

test('is planned at no more than its share of what watching may cost', () => {
	const watchCap = dollar / 1000n;
	expect(plannedPerDay(stateOf({metrics: metrics(1, 1), watchCap}), noon)).toBe(metricsShare(watchCap));
});

test('is not planned while no model is known', () => expect(plannedPerDay(stateOf(rich), noon)).toBeUndefined());

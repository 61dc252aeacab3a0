import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {createAllowance} from '../../../source/domain/watching/allowance.ts';
import {activityOf, dueGroups, nextDueAt, requestsPerDay} from '../../../source/domain/watching/metric-schedule.ts';
import {countRequest, metricRequestPrice, noRequests, watchCost} from '../../../source/domain/watching/watch-cost.ts';
import {requestPrice} from '../../../source/sources/registry.ts';

const start = Date.UTC(2026, 10, 23);
const minute = 60_000;
const hour = 60 * minute;
const cent = 10_000_000_000n;

describe('what requests cost', () => {
	test.each([
		['cloudwatch:GetMetricStatistics', 10_000_000n],
		['cloudwatch:ListMetrics', 10_000_000n],
		['ce:GetCostAndUsage', cent],
		['cloudtrail:LookupEvents', 0n],
		['sts:GetCallerIdentity', 0n],
		['bedrock:GetInferenceProfile', 0n],
		['pricing:GetProducts', 0n],
	])('%s: %s p$', (operation, price) => expect(requestPrice(operation)).toBe(price));

	test('is summed up exactly, and projected from the last hour without the first reading', () => {
		const request = {operation: 'cloudwatch:GetMetricStatistics', price: metricRequestPrice};
		let requests = noRequests;
		for (let index = 0; index < 100; index++) requests = countRequest(requests, {...request, at: start});
		for (let at = start + 5 * minute; at <= start + hour; at += minute) {
			requests = countRequest(requests, {...request, at});
		}
		const options = {cap: 10n * cent, planned: 7n};
		const {soFar, perDay, metricsRequested} = watchCost(requests, {...options, now: start + hour});
		expect([soFar, metricsRequested]).toEqual([156n * 10_000_000n, 156]);
		// 56 requests in 57 minutes: 1,414.7 a day
		expect(Number(perDay) / 1e7).toBeCloseTo((56 * 1440) / 57, 3);
		expect(watchCost(requests, {...options, now: start + 5 * minute}).perDay).toBe(7n);
		expect(watchCost(noRequests, {...options, now: start}).soFar).toBe(0n);
	});
});

test('the first reading, which asks for the whole day, is not projected', () => {
	const first = countRequest(noRequests, {operation: 'cloudwatch:ListMetrics', price: 1000n, at: start});
	const requests = countRequest(first, {operation: 'cloudwatch:ListMetrics', price: 2n, at: start + 5 * minute});
	expect(watchCost(requests, {cap: cent, planned: undefined, now: start + 23 * minute}).perDay).toBe(144n);
});

test('what was spent is kept by minute for an hour', () => {
	const request = {operation: 'cloudwatch:ListMetrics', price: 1n};
	const requests = [0, 1, 59_999, hour + 1].reduce(
		(known, at) => countRequest(known, {...request, at: start + at}),
		noRequests,
	);
	expect(requests).toMatchObject({spent: 4n, firstAt: start, recent: new Map([[start + hour, 1n]])});
	expect(countRequest(countRequest(noRequests, {...request, at: start}), {...request, at: start + 1}).recent).toEqual(
		new Map([[start, 2n]]),
	);
});

describe('an allowance', () => {
	test('is spent freely while there is plenty, and slowly when it runs low', () => {
		const allowance = createAllowance(10n * cent, start);
		expect(allowance.stretch(start)).toBe(1);
		allowance.take(cent + cent / 2n, start);
		expect(allowance.stretch(start)).toBeGreaterThan(1);
		expect(allowance.owedMs(start)).toBe(0);
		allowance.take(cent, start);
		expect(allowance.stretch(start)).toBe(4);
		// half a cent is owed, and 8 cents come in over the day
		expect(allowance.owedMs(start)).toBeCloseTo((24 * hour) / 16, 0);
		expect(allowance.stretch(start + 24 * hour)).toBe(1);
	});

	test('without a limit everything is affordable', () => {
		const allowance = createAllowance(undefined, start);
		allowance.take(1000n * cent, start);
		expect([allowance.stretch(start), allowance.owedMs(start)]).toEqual([1, 0]);
	});

	test('no 24 hours cost more than it, however eager the spender and wherever the clock jumps', () => {
		fc.assert(
			fc.property(fc.array(fc.integer({min: -5 * minute, max: 20 * minute}), {maxLength: 400}), steps => {
				const allowance = createAllowance(5n * cent, start);
				let [at, spent] = [start, 0n];
				for (const step of steps) {
					at += step;
					if (at > start + 24 * hour || allowance.owedMs(at) > 0) continue;
					allowance.take(10_000_000n, at);
					spent += 10_000_000n;
				}
				// one request may be taken on the last credit
				expect(spent).toBeLessThanOrEqual(5n * cent + 10_000_000n);
			}),
		);
	});
});

describe('what is asked when', () => {
	const asking = {activity: 'active' as const, unitMs: minute, stretch: 1};

	test('at first signs of life and trouble, tokens and speed only of models that were called', () => {
		expect(dueGroups({askedAt: {}}, asking, start)).toEqual(['life', 'trouble']);
		expect(dueGroups({askedAt: {}, newsAt: start}, asking, start)).toEqual(['life', 'trouble', 'tokens', 'speed']);
		expect(dueGroups({askedAt: {}, newsAt: start}, {...asking, activity: 'idle'}, start)).not.toContain('speed');
	});

	test('tokens once more after the last call has settled, and then no more', () => {
		const askedAt = {life: start, trouble: start, tokens: start, speed: start};
		const later = start + 20 * minute;
		expect(dueGroups({askedAt, newsAt: start}, asking, later)).toContain('tokens');
		const settled = {...askedAt, tokens: start + 10 * minute};
		expect(dueGroups({askedAt: settled, newsAt: start}, asking, start + 5 * hour)).not.toContain('tokens');
	});

	test.each([
		['mine', true, start - 10 * hour],
		['active', false, start - 59 * minute],
		['idle', false, start - 61 * minute],
		['idle', false, undefined],
	] as const)('%s', (expected, isMine, calledAt) => {
		expect(activityOf({askedAt: {}, calledAt}, isMine, start)).toBe(expected);
	});

	test('waits follow the refresh interval and the allowance', () => {
		const history = {askedAt: {life: start, trouble: start}};
		expect(nextDueAt(history, asking) - start).toBe(10 * minute);
		expect(nextDueAt(history, {...asking, activity: 'mine'}) - start).toBe(2 * minute);
		expect(nextDueAt(history, {...asking, unitMs: 15_000, stretch: 2}) - start).toBe(5 * minute);
	});

	test('a clock that was set back does not silence anything', () => {
		const history = {askedAt: {life: start + hour, trouble: start + hour}};
		expect(dueGroups(history, asking, start)).toEqual(['life', 'trouble']);
	});

	test('eight hours with six models, three of them mine, stay below five cents', () => {
		const perDay = (activity: 'mine' | 'active' | 'idle') => requestsPerDay(activity, minute);
		const busy = (3 * perDay('mine') + 3 * perDay('active')) / 3;
		const quiet = (6 * perDay('idle') * 2) / 3;
		const lists = 2 * 96;
		expect((busy + quiet + lists) * 0.000_01).toBeLessThan(0.05);
	});
});

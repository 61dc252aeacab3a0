import {pointsSince} from '../domain/metrics/metrics.ts';
import type {PicoUsd} from '../domain/money/money.ts';
import {activityOf, requestsPerDay} from '../domain/watching/metric-schedule.ts';
import {metricRequestPrice, metricsShare} from '../domain/watching/watch-cost.ts';
import {calledJustNow, isAmong} from './mine.ts';
import type {State} from './state.ts';

const hourMs = 3_600_000;

/** What a day of watching comes to if every model stays as lively as it is now, within CloudWatch's share of the cap. */
export const plannedPerDay = (state: State, now: number): PicoUsd | undefined => {
	if (state.metrics.size === 0) return undefined;
	const called = calledJustNow(state, now);
	const requests = [...state.metrics.values()].map(model => {
		const recent = [...pointsSince(model, 'Invocations', now - hourMs)].filter(([, value]) => value > 0);
		const calledAt = recent.at(-1)?.[0];
		return requestsPerDay(activityOf({askedAt: {}, calledAt}, isAmong(called, model.profile), now), state.refreshMs);
	});
	const sum = Math.round(requests.reduce((total, count) => total + count, 0));
	const planned = BigInt(sum) * metricRequestPrice;
	const most = metricsShare(state.watchCap);
	return planned < most ? planned : most;
};

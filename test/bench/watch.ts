import {usdNumber} from '../../source/domain/money/money.ts';
import {overview} from '../../source/state/overview.ts';
import {watchHours} from '../support/watched-hours.ts';

/** What watching CloudWatch costs on a simulated day. */
export const benchWatch = async (isCapped: boolean) => {
	const {state, at, rounds} = await watchHours({start: Date.UTC(2026, 10, 23), hours: 24, isCapped});
	const {watch} = overview(state, at);
	return {usd: usdNumber(watch.soFar), requests: watch.metricsRequested, rounds, models: state.metrics.size};
};

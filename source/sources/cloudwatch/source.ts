import {localDay} from '../../domain/common/calendar.ts';
import type {Note} from '../../domain/common/note.ts';
import {metricRequestPrice} from '../../domain/watching/watch-cost.ts';
import {calledJustNow, isAmong} from '../../state/mine.ts';
import {defineSource, explainer} from '../source.ts';
import {createMetrics} from './metrics.ts';

declare module '../../state/source-status.ts' {
	interface Sources {
		readonly cloudwatch: undefined;
	}
}

const hourMs = 3_600_000;
const actions = ['cloudwatch:ListMetrics', 'cloudwatch:GetMetricStatistics'];

/** CloudWatch's Bedrock metrics: the day's sums, the last hours by minute, asked as often as is worth it. */
export const cloudwatch = defineSource({
	name: 'cloudwatch',
	scope: 'perRegion',
	isOn: ({hasAws, watchCap}) => hasAws && watchCap > 0n,
	pace: {everyMs: 'refresh', maxDelayMs: 2 * 60_000},
	// The first call from here after a pause is worth a look at once.
	wakes: (state, now) => [...calledJustNow(state, now)].sort().join(' '),
	round: [['identity']],
	requests: {
		'cloudwatch:ListMetrics': metricRequestPrice,
		'cloudwatch:GetMetricStatistics': metricRequestPrice,
	},
	permissions: [{sid: 'Watch', actions}],
	open(context, region) {
		const {aws, now, getState, allowance} = context;
		const {refreshMs, watchCap} = context.options;
		let [calledAt, called] = [Number.NEGATIVE_INFINITY, calledJustNow(getState(), now())];
		const isMine = (profile: string) => {
			// Asked for each model in turn: what was called does not change within a second.
			if (now() !== calledAt) [calledAt, called] = [now(), calledJustNow(getState(), now())];
			return isAmong(called, profile);
		};
		const metrics = createMetrics({aws, region, now, unitMs: refreshMs, allowance, isMine});
		return {
			async read(dispatch, signal) {
				const {spendSince, historySince} = getState();
				const since = Math.min(spendSince, historySince, localDay(now()), now() - hourMs);
				// The hour that the window's beginning cuts in two is part of it.
				const keepSince = since - hourMs;
				const reach = {since, edge: spendSince};
				await metrics.read(reach, update => dispatch({type: 'metrics', updates: [update], keepSince}), signal);
				const isSlowed = allowance.stretch(now()) > 1;
				const notes: readonly Note[] = isSlowed ? [{kind: 'asked-less-often', perDay: watchCap}] : [];
				dispatch({type: 'notes', source: 'cloudwatch', notes});
			},
			explain: explainer({service: 'CloudWatch', actions}, context),
			dueInMs: metrics.dueInMs,
			refreshNow: metrics.refreshNow,
		};
	},
});

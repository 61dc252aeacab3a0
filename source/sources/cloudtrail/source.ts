import type {TrailRecord} from '../../domain/calls/call.ts';
import {mapOf} from '../../state/fields/field.ts';
import {region, time} from '../../state/fields/values.ts';
import {defineSource, explainer} from '../source.ts';
import {createTrail} from './lookup-events.ts';

declare module '../../state/source-status.ts' {
	interface Sources {
		/** From when on all of a region's calls have been read, epoch ms. */
		readonly cloudtrail: ReadonlyMap<string, number>;
	}
}

/** How far back a first reading of the feed goes at least: what is 85 minutes late must still be found. */
const leastFeedMs = 90 * 60_000;
const actions = ['cloudtrail:LookupEvents'];

/** CloudTrail's feed of model calls. LookupEvents is free, and records are minutes late however often one asks. */
export const cloudtrail = defineSource({
	name: 'cloudtrail',
	scope: 'perRegion',
	isOn: ({hasAws}) => hasAws,
	pace: {everyMs: 'refresh', maxDelayMs: 2 * 60_000},
	round: [['identity']],
	requests: {'cloudtrail:LookupEvents': 0n},
	permissions: [{sid: 'Watch', actions}],
	slice: mapOf(region, time),
	open(context, region) {
		const {aws, now, wait, getState, options} = context;
		const isWatching = options.purpose === 'watch';
		const trail = createTrail({
			...{aws, region, now, wait},
			// Nobody shares the demo's account.
			...(options.isDemo && {paceMs: 0}),
			...(!isWatching && {mostPages: Number.POSITIVE_INFINITY}),
		});
		return {
			async read(dispatch, signal) {
				const sayHowFar = () => {
					const reach = trail.readBackTo();
					if (reach === undefined) return;
					const value = new Map(getState().slices.cloudtrail).set(region, Math.floor(reach));
					dispatch({type: 'slice', source: 'cloudtrail', value});
				};
				const {feedMs} = getState();
				const since = now() - (isWatching ? Math.max(feedMs, leastFeedMs) : feedMs);
				const onPage = (records: readonly TrailRecord[]) => {
					dispatch({type: 'trail', records});
					sayHowFar();
				};
				try {
					await trail.read(since, onPage, signal);
				} finally {
					sayHowFar();
				}
			},
			explain: explainer({service: 'CloudTrail', actions}, context),
		};
	},
});

import {defineSource, explainer} from '../source.ts';
import {createTrail} from './lookup-events.ts';

declare module '../../state/source-status.ts' {
	interface Sources {
		readonly cloudtrail: undefined;
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
	open(context, region) {
		const {aws, now, wait, getState, options} = context;
		// Nobody shares the demo's account.
		const trail = createTrail({aws, region, now, wait, ...(options.isDemo && {paceMs: 0})});
		return {
			read(dispatch, signal) {
				const {feedMs} = getState();
				const since = now() - (options.purpose === 'watch' ? Math.max(feedMs, leastFeedMs) : feedMs);
				return trail.read(since, records => dispatch({type: 'trail', records}), signal);
			},
			explain: explainer({service: 'CloudTrail', actions}, context),
		};
	},
});

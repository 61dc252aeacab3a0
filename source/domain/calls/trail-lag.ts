import {type Measure, sumBetween} from '../common/timeline.ts';
import type {Entry, Ledger} from '../spend/ledger.ts';

/** What has not come after so long is not late but missing: another account, another region, another trail. */
const longestMs = 90 * 60_000;
/** A record may well be younger than that without being late. */
const leastMs = 60_000;

const oldestUnseen: Measure<Entry, {at: number; hasSeen: boolean}> = {
	create: () => ({at: Number.POSITIVE_INFINITY, hasSeen: false}),
	add(sum, {at, seen, posting: {turn}}) {
		if (turn.provider !== 'bedrock' || turn.requestId === undefined) return;
		if (seen === undefined) sum.at = Math.min(sum.at, at);
		else sum.hasSeen = true;
	},
	merge(sum, {at, hasSeen}) {
		sum.at = Math.min(sum.at, at);
		sum.hasSeen ||= hasSeen;
	},
};

/**
 * How late CloudTrail is at this moment, ms: the age of the oldest reply of this machine that it does not have yet.
 * Undefined where it has them all, or none, or where nothing here can tell.
 */
export const trailLagMs = ({entries}: Ledger, now: number): number | undefined => {
	const {at, hasSeen} = sumBetween(entries, oldestUnseen, now - longestMs);
	// Without a single match this may be another account's trail altogether.
	const lag = hasSeen && Number.isFinite(at) ? now - at : 0;
	return lag >= leastMs ? lag : undefined;
};

import type {Ledger} from '../spend/ledger.ts';
import {callByRequestId, type EventLog} from './event-log.ts';

/** What has not come after so long is not late but missing: another account, another region, another trail. */
const longestMs = 90 * 60_000;
/** A record may well be younger than that without being late. */
const leastMs = 60_000;

type Known = {readonly ledger: Ledger; readonly log: EventLog; readonly minute: number};

let remembered: (Known & {readonly oldestAt: number | undefined}) | undefined;

const oldestUnseen = ({ledger, log}: Known, now: number): number | undefined => {
	let [oldest, hasSeen] = [Number.POSITIVE_INFINITY, false];
	for (const {turn} of ledger.values()) {
		const {requestId, at, provider} = turn;
		if (provider !== 'bedrock' || requestId === undefined || at < now - longestMs) continue;
		if (callByRequestId(log, requestId) === undefined) oldest = Math.min(oldest, at);
		else hasSeen = true;
	}
	// Without a single match this may be another account's trail altogether.
	return hasSeen && Number.isFinite(oldest) ? oldest : undefined;
};

/**
 * How late CloudTrail is at this moment, ms: the age of the oldest reply of this machine that it does not have yet.
 * Undefined where it has them all, or none, or where nothing here can tell.
 */
export const trailLagMs = (ledger: Ledger, log: EventLog, now: number): number | undefined => {
	const known: Known = {ledger, log, minute: Math.floor(now / 60_000)};
	const isSame = remembered?.ledger === ledger && remembered.log === log && remembered.minute === known.minute;
	const oldestAt = isSame ? remembered?.oldestAt : oldestUnseen(known, now);
	remembered = {...known, oldestAt};
	const lag = oldestAt === undefined ? 0 : now - oldestAt;
	return lag >= leastMs ? lag : undefined;
};

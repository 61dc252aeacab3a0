import {type Call, normaliseErrorCode} from '../calls/call.ts';
import {countedByRequest, type EventLog} from '../calls/event-log.ts';
import type {Principal} from '../calls/principal.ts';
import {parseModelId} from '../models/model-id.ts';
import type {Observation} from './observation.ts';

/** A call as the feed shows it: CloudTrail's, or a failed one that only a transcript of this machine tells of so far. */
export type FeedCall = Call & {
	/** The session that met it, in whose clock its time is. */
	readonly onlyIn?: string | undefined;
};

type Known = {readonly log: EventLog; readonly identity: Principal | undefined};

/** What stands before the id of a call that has no event. */
const mark = 'transcript ';

/** The request that such a call's id names; undefined for events of CloudTrail's. */
export const requestOfUnaudited = (eventId: string): string | undefined =>
	eventId.startsWith(mark) ? eventId.slice(mark.length) : undefined;

/** A call begins before its client writes that it failed, and clients give up within this, ms. */
const longestMs = 60_000;
/** Two clocks, and CloudTrail's whole seconds. */
const skewMs = 2000;

const isOneModel = (a: string | undefined, b: string | undefined): boolean => {
	if (a === undefined || b === undefined) return true;
	const [one, other] = [parseModelId(a), parseModelId(b)];
	return (one.model ?? one.profile) === (other.model ?? other.profile);
};

/** Whether a record without a common request id is likely that of the same call. */
const resembles = (here: Observation, there: Observation): boolean => {
	const began = here.at - there.at;
	const isInTime = began >= -skewMs && began <= longestMs;
	return there.isMine && isInTime && here.isRefused === there.isRefused && isOneModel(here.model, there.model);
};

/** AWS's name of the error; what never reached AWS has none, and is named by its cause. */
const outcomeOf = ({code, cause}: Observation): string =>
	code === 'Error' && cause !== 'unknown' ? cause : normaliseErrorCode(code);

const asCall = (one: Observation, identity: Principal | undefined): FeedCall => ({
	eventId: `${mark}${one.requestId ?? one.id}`,
	requestId: one.requestId,
	at: one.at,
	operation: one.action?.replace(/^bedrock:/, '') ?? 'InvokeModelWithResponseStream',
	profile: one.model,
	region: one.region ?? 'unknown',
	principal: identity ?? {kind: 'unknown', name: one.caller},
	bearer: false,
	outcome: outcomeOf(one),
	message: one.message,
	onlyIn: one.sessionId ?? '',
});

/**
 * Failed calls that transcripts tell of and CloudTrail does not (yet), the newest first: one row for each, which goes when
 * the record comes. Clients before 2.1.285 write no request id: there the record is found by person, model and time.
 */
export const unauditedOf = (observations: readonly Observation[], {log, identity}: Known): readonly FeedCall[] => {
	const unclaimed = new Set(observations.filter(({by}) => by === 'cloudtrail'));
	const seen = new Set<string>();
	const found: FeedCall[] = [];
	const here = observations.filter(({by, isRepeat}) => by === 'transcript' && isRepeat !== true);
	for (const one of here.toSorted((a, b) => b.at - a.at)) {
		const {requestId} = one;
		if (requestId !== undefined) {
			const isKnown = seen.has(requestId) || countedByRequest(log, requestId) !== undefined;
			seen.add(requestId);
			if (!isKnown) found.push(asCall(one, identity));
			continue;
		}
		const record = [...unclaimed].find(there => resembles(one, there));
		if (record === undefined) found.push(asCall(one, identity));
		else unclaimed.delete(record);
	}
	return found;
};

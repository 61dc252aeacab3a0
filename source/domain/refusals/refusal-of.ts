import type {Call} from '../calls/call.ts';
import {fromTrail} from './observation.ts';
import {type Refusal, refusalKey} from './refusals.ts';

/** The group that a refused call of CloudTrail's belongs to; undefined for calls that were answered. */
export const refusalOf = (refusals: readonly Refusal[], call: Call): Refusal | undefined => {
	const observation = fromTrail(call);
	if (observation?.isRefused !== true) return undefined;
	const key = refusalKey(observation);
	return refusals.find(refusal => refusalKey(refusal) === key);
};

import type {Call, OutcomeClass} from '../calls/call.ts';
import {causes} from './causes/index.ts';
import {type Denial, type Refused, readDenial} from './denial.ts';

/** AWS's own faults, by their codes without `Exception`. */
const serverFaults = /^(?:Internal|ServiceUnavailable|ModelError$|ModelStreamError$|ModelTimeout$)/;
const refusals = /^(?:AccessDenied|Unauthorized|NotAuthorized)/;
const refusingStatuses: readonly (number | undefined)[] = [401, 403];

/**
 * Whether somebody refused the call. All others failed: the server was at fault, the request was built wrongly or too
 * long, or nothing answered. A 400 is one of those unless its words give a cause.
 */
export const isRefused = ({cause}: Denial, {code = '', status}: Pick<Refused, 'code' | 'status'>): boolean => {
	const isNoClientError = status !== undefined && (status < 400 || status >= 500);
	if (isNoClientError || serverFaults.test(code)) return false;
	return cause !== 'unknown' || refusals.test(code) || refusingStatuses.includes(status);
};

type TrailOutcome = Pick<Call, 'outcome'> & Partial<Pick<Call, 'message' | 'region' | 'profile'>>;

/** The same calls are asked for with every frame. */
const known = new WeakMap<TrailOutcome, Denial>();

/** What CloudTrail's record of a call says went wrong; undefined for one that was answered. */
export const denialOf = (call: TrailOutcome): Denial | undefined => {
	const {outcome, message, region, profile} = call;
	if (outcome === 'ok') return undefined;
	const read = known.get(call) ?? readDenial({message: message ?? outcome, code: outcome, region, called: profile});
	known.set(call, read);
	return read;
};

/** What a call counts as. */
export const outcomeClass = (call: TrailOutcome): OutcomeClass => {
	const denial = denialOf(call);
	if (denial === undefined) return 'ok';
	if (!isRefused(denial, {code: call.outcome})) return 'failed';
	return causes[denial.cause].isLimit === true ? 'throttled' : 'refused';
};

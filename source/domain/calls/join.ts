import {parseModelId} from '../models/model-id.ts';
import type {Turn} from '../replies/turn.ts';
import type {Ledger} from '../spend/ledger.ts';
import type {Call} from './call.ts';
import type {EventLog} from './event-log.ts';

/** The newest call that CloudTrail confirmed of a session, and how it was recognised as that session's. */
type Audit = {readonly call: Call; readonly by: 'request-id' | 'principal-model-minute'};

/** Transcript replies and CloudTrail calls matched with each other. */
export type Join = {
	/** The reply that a call's request id belongs to. */
	readonly turnOf: ReadonlyMap<string, Turn>;
	/** By session. */
	readonly audited: ReadonlyMap<string, Audit>;
};

/** A reply ends after its call began, and Claude Code gives up on one that takes longer. */
const longestReplyMs = 10 * 60_000;
/** Two clocks, and CloudTrail's whole seconds. */
const skewMs = 2000;

const modelOf = (id: string | undefined) => (id === undefined ? undefined : (parseModelId(id).model ?? id));

/**
 * Clients before 2.1.285 write no request id. A call of the same principal to the same model, begun at most minutes
 * before the reply ended, is then the best there is: likely, not certain.
 */
const resembles = (call: Call, turn: Turn, arn: string): boolean => {
	const isInTime = call.at <= turn.at + skewMs && call.at >= turn.at - longestReplyMs;
	return isInTime && call.principal.arn === arn && modelOf(call.profile) === modelOf(turn.requestedModel ?? turn.model);
};

const compute = (ledger: Ledger, log: EventLog, arn: string | undefined): Join => {
	const turnOf = new Map<string, Turn>();
	const withoutId = new Map<string, Turn>();
	for (const {turn} of ledger.values()) {
		if (turn.requestId !== undefined) turnOf.set(turn.requestId, turn);
		else if (turn.provider === 'bedrock' && turn.at > (withoutId.get(turn.sessionId)?.at ?? 0)) {
			withoutId.set(turn.sessionId, turn);
		}
	}
	const audited = new Map<string, Audit>();
	for (const call of log.calls) {
		const turn = call.requestId === undefined ? undefined : turnOf.get(call.requestId);
		if (turn !== undefined && !audited.has(turn.sessionId)) audited.set(turn.sessionId, {call, by: 'request-id'});
	}
	for (const [sessionId, turn] of arn === undefined ? [] : withoutId) {
		if (audited.has(sessionId)) continue;
		const call = log.calls.find(one => one.outcome === 'ok' && resembles(one, turn, arn as string));
		if (call !== undefined) audited.set(sessionId, {call, by: 'principal-model-minute'});
	}
	return {turnOf, audited};
};

type Inputs = {readonly ledger: Ledger; readonly log: EventLog; readonly arn: string | undefined};

let remembered: (Inputs & {readonly join: Join}) | undefined;

/**
 * The exact join: from Claude Code 2.1.285 on a Bedrock reply's `requestId` is the `x-amzn-requestid` that CloudTrail
 * keeps as `requestID`. For older clients, `arn` (the person's own) helps. The last answer is kept, since a frame asks
 * for it several times.
 */
export const joinCalls = (ledger: Ledger, log: EventLog, arn?: string): Join => {
	if (remembered?.ledger === ledger && remembered.log === log && remembered.arn === arn) return remembered.join;
	const join = compute(ledger, log, arn);
	remembered = {ledger, log, arn, join};
	return join;
};

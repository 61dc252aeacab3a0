import type {Call} from './call.ts';
import type {EventLog} from './event-log.ts';
import type {Ledger} from './ledger.ts';
import type {Turn} from './turn.ts';

/** Transcript replies and CloudTrail calls matched by request id. */
export type Join = {
	/** The reply that a call's request id belongs to. */
	readonly turnOf: ReadonlyMap<string, Turn>;
	/** The newest call that CloudTrail confirmed, by session. */
	readonly audited: ReadonlyMap<string, Call>;
};

const compute = (ledger: Ledger, log: EventLog): Join => {
	const turnOf = new Map<string, Turn>();
	for (const {turn} of ledger.values()) if (turn.requestId !== undefined) turnOf.set(turn.requestId, turn);
	const audited = new Map<string, Call>();
	for (const call of log.calls) {
		const turn = call.requestId === undefined ? undefined : turnOf.get(call.requestId);
		const isNewest = turn !== undefined && !audited.has(turn.sessionId);
		if (isNewest) audited.set(turn.sessionId, call);
	}
	return {turnOf, audited};
};

let remembered: {readonly ledger: Ledger; readonly log: EventLog; readonly join: Join} | undefined;

/**
 * The exact join: from Claude Code 2.1.285 on a Bedrock reply's `requestId` is the `x-amzn-requestid` that CloudTrail
 * keeps as `requestID`. The last answer is kept, since a frame asks for it several times.
 */
export const joinCalls = (ledger: Ledger, log: EventLog): Join => {
	if (remembered?.ledger === ledger && remembered.log === log) return remembered.join;
	const join = compute(ledger, log);
	remembered = {ledger, log, join};
	return join;
};

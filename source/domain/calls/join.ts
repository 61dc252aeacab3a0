import {createBatch} from '../common/batch.ts';
import {type Measure, sumBetween} from '../common/timeline.ts';
import {parseModelId} from '../models/model-id.ts';
import type {Turn} from '../replies/turn.ts';
import {type Entry, entriesOf, entryByRequest, type Ledger, markSeen} from '../spend/ledger.ts';
import type {Call} from './call.ts';
import {countedByRequest, type EventLog, markReplied, wholeCall} from './event-log.ts';

type Linked = {readonly ledger: Ledger; readonly log: EventLog};

/**
 * Notes on the replies and calls of those requests whether the other side has them, too. The exact join: from Claude Code
 * 2.1.285 on a Bedrock reply's `requestId` is the `x-amzn-requestid` that CloudTrail keeps as `requestID`.
 */
export const linkRequests = ({ledger, log}: Linked, requestIds: Iterable<string | undefined>): Linked => {
	const batch = createBatch();
	const next = {ledger, log};
	for (const requestId of requestIds) {
		if (requestId === undefined) continue;
		const counted = countedByRequest(log, requestId);
		const isReplied = entryByRequest(ledger, requestId) !== undefined;
		// Most calls are other people's: then there is nothing to note on either side.
		if (isReplied) next.ledger = markSeen(next.ledger, requestId, counted, batch);
		if (counted !== undefined) next.log = markReplied(next.log, requestId, isReplied, batch);
	}
	return next;
};

/** The newest call that CloudTrail confirmed of a session, and how it was recognised as that session's. */
type Audit = {
	readonly call: Pick<Call, 'eventId' | 'at' | 'region'>;
	readonly by: 'request-id' | 'principal-model-minute';
};

/** Transcript replies and CloudTrail calls matched with each other. */
export type Join = {
	/** The reply that a call's request id belongs to. */
	readonly turnOf: (requestId: string | undefined) => Turn | undefined;
	/** By session. */
	readonly auditOf: (sessionId: string) => Audit | undefined;
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
const resembles = (call: Call, turn: Turn, arn: string): boolean =>
	call.principal.arn === arn && modelOf(call.profile) === modelOf(turn.requestedModel ?? turn.model);

const similarCall = ({calls}: EventLog, turn: Turn, arn: string): Call | undefined => {
	for (const call of calls) {
		if (call.at < turn.at - longestReplyMs) return undefined;
		const isAnswered = call.outcome === 'ok' && call.at <= turn.at + skewMs;
		if (isAnswered && resembles(call, turn, arn)) return call;
	}
	return undefined;
};

type Seen = Entry['seen'];

const newer = (a: Seen, b: Seen): Seen => {
	if (a === undefined || b === undefined) return a ?? b;
	return a.at > b.at || (a.at === b.at && a.eventId < b.eventId) ? a : b;
};

/** The newest call that CloudTrail has shown, and the newest Bedrock reply that no call can be found for by an id. */
const newest: Measure<Entry, {seen: Seen; withoutId: Entry | undefined}> = {
	create: () => ({seen: undefined, withoutId: undefined}),
	add(sum, entry) {
		sum.seen = newer(sum.seen, entry.seen);
		const {requestId, provider} = entry.posting.turn;
		const isWithoutId = requestId === undefined && provider === 'bedrock';
		if (isWithoutId && entry.at > (sum.withoutId?.at ?? Number.NEGATIVE_INFINITY)) sum.withoutId = entry;
	},
	merge(sum, {seen, withoutId}) {
		sum.seen = newer(sum.seen, seen);
		if (withoutId !== undefined && withoutId.at > (sum.withoutId?.at ?? Number.NEGATIVE_INFINITY)) {
			sum.withoutId = withoutId;
		}
	},
};

const audit = (ledger: Ledger, log: EventLog, arn: string | undefined, sessionId: string): Audit | undefined => {
	const entries = entriesOf(ledger.bySession, sessionId);
	const {seen, withoutId} = sumBetween(entries, newest, Number.NEGATIVE_INFINITY);
	if (seen !== undefined) return {call: wholeCall(log, seen) ?? seen, by: 'request-id'};
	if (withoutId === undefined || arn === undefined) return undefined;
	const call = similarCall(log, withoutId.posting.turn, arn);
	return call && {call, by: 'principal-model-minute'};
};

/** Looks up either side from the other, each session only where it is asked for. `arn` is the person's own. */
export const joinCalls = (ledger: Ledger, log: EventLog, arn?: string): Join => ({
	turnOf: requestId => entryByRequest(ledger, requestId)?.posting.turn,
	auditOf: sessionId => audit(ledger, log, arn, sessionId),
});

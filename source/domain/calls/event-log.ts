import {type Call, type CallResult, type OutcomeClass, outcomeClass, type TrailRecord} from './call.ts';

/** What is remembered of a call for counting, long after it has left the shown list. */
type Counted = {
	readonly at: number;
	readonly outcome: OutcomeClass;
	readonly arn?: string | undefined;
	readonly requestId?: string | undefined;
};

/** The calls known so far: the newest ones whole, all of the window as counts, completions that wait for their call. */
export type EventLog = {
	/** Newest first, at most the limit given to insert. */
	readonly calls: readonly Call[];
	readonly counted: ReadonlyMap<string, Counted>;
	readonly results: ReadonlyMap<string, CallResult>;
};

type Limits = {
	/** So many calls are kept whole. */
	readonly limit: number;
	/** What is older than the newest by this is forgotten, ms: longer than any window that is ever read again. */
	readonly keepMs: number;
};

export const emptyLog: EventLog = {calls: [], counted: new Map(), results: new Map()};

const newestFirst = (a: Call, b: Call) => b.at - a.at || (a.eventId < b.eventId ? -1 : 1);

const complete = (call: Call, results: ReadonlyMap<string, CallResult>): Call => {
	const result = call.requestId === undefined ? undefined : results.get(call.requestId);
	return result === undefined
		? call
		: {...call, ranIn: result.ranIn ?? call.ranIn, tokens: result.tokens ?? call.tokens};
};

const forget = (counted: Map<string, Counted>, before: number) => {
	for (const [eventId, {at}] of counted) if (at < before) counted.delete(eventId);
};

/**
 * Adds records in any order, late ones and repeated ones included. Each `eventID` counts once; a completion is joined
 * to its call by request id whichever comes first. The same log comes back when nothing was new.
 */
export const insert = (log: EventLog, records: readonly TrailRecord[], {limit, keepMs}: Limits): EventLog => {
	const counted = new Map(log.counted);
	const results = new Map(log.results);
	const added: Call[] = [];
	let newResults = 0;
	for (const record of records) {
		if (record.kind === 'result') {
			if (results.has(record.result.parentRequestId)) continue;
			results.set(record.result.parentRequestId, record.result);
			newResults++;
			continue;
		}
		const {call} = record;
		if (counted.has(call.eventId)) continue;
		const {at, requestId} = call;
		const {arn} = call.principal;
		counted.set(call.eventId, {
			at,
			outcome: outcomeClass(call.outcome),
			arn,
			requestId,
		});
		added.push(call);
	}
	if (added.length === 0 && newResults === 0) return log;
	const calls = [...added, ...log.calls].map(call => complete(call, results)).sort(newestFirst);
	const newest = calls[0]?.at ?? 0;
	forget(counted, newest - keepMs);
	// A completion is only worth keeping while its call may still come or is still shown.
	while (results.size > 4 * limit) results.delete(results.keys().next().value as string);
	return {calls: calls.slice(0, limit), counted, results};
};

export type CallCount = Readonly<Record<OutcomeClass | 'mine', number>>;

/** How many calls since then (epoch ms), by outcome; `mine` are those that the predicate recognises. */
export const countCalls = (
	log: EventLog,
	since: number,
	isMine: (call: Pick<Counted, 'arn' | 'requestId'>) => boolean,
): CallCount => {
	const sum = {ok: 0, refused: 0, throttled: 0, failed: 0, mine: 0};
	for (const call of log.counted.values()) {
		if (call.at < since) continue;
		sum[call.outcome]++;
		if (isMine(call)) sum.mine++;
	}
	return sum;
};

const byRequestId = new WeakMap<EventLog, ReadonlyMap<string, Call>>();

/** The whole call with that request id, if it is still kept; of several the newest. */
export const callByRequestId = (log: EventLog, requestId: string): Call | undefined => {
	let index = byRequestId.get(log);
	if (index === undefined) {
		const identified = log.calls.filter(call => call.requestId !== undefined);
		index = new Map(identified.map(call => [call.requestId as string, call] as const).reverse());
		byRequestId.set(log, index);
	}
	return index.get(requestId);
};

import {type Batch, createBatch} from '../common/batch.ts';
import {
	createIndex,
	findItem,
	type HashIndex,
	withIndexed,
	withListed,
	withoutIndexed,
	withoutListed,
} from '../common/hash-index.ts';
import {emptyTimeline, itemsFrom, type Timed, type Timeline, withItem, withoutItem} from '../common/timeline.ts';
import {outcomeClass} from '../refusals/outcome.ts';
import type {Call, CallResult, OutcomeClass, TrailRecord} from './call.ts';
import {callerOf} from './principal.ts';

/** What is kept of a call for counting, long after it has left the shown list. */
export type Counted = Timed &
	Pick<Call, 'eventId' | 'region' | 'requestId'> & {
		readonly outcome: OutcomeClass;
		/** The ARN, or the name where there is none: an AWS service. */
		readonly caller?: string | undefined;
		/** A transcript of this machine has the reply to it. */
		readonly isReplied: boolean;
	};

type Result = Timed & {readonly result: CallResult};

/** The calls known so far: the newest ones whole, all of the window as counts, completions that wait for their call. */
export type EventLog = {
	/** Newest first, at most the limit given to insert. */
	readonly calls: readonly Call[];
	readonly counted: Timeline<Counted>;
	readonly byEvent: HashIndex<Counted>;
	/** By request id, the latest read last. */
	readonly byRequest: HashIndex<readonly Counted[]>;
	/** By the request id of their call, and in the order in which they came. */
	readonly results: HashIndex<Result>;
	readonly resultOrder: Timeline<Result>;
	/** How many calls and completions have ever been added. */
	readonly added: number;
};

type Limits = {
	/** So many calls are kept whole. */
	readonly limit: number;
	/** What is older than the newest by this is forgotten, ms: longer than any window that is ever read again. */
	readonly keepMs: number;
};

export const emptyLog: EventLog = {
	...{calls: [], counted: emptyTimeline, resultOrder: emptyTimeline, added: 0},
	byEvent: createIndex(({eventId}: Counted) => eventId),
	byRequest: createIndex(([counted]: readonly Counted[]) => counted?.requestId ?? ''),
	results: createIndex(({result}: Result) => result.parentRequestId),
};

const newestFirst = (a: Pick<Call, 'at' | 'eventId'>, b: Pick<Call, 'at' | 'eventId'>) =>
	b.at - a.at || (a.eventId < b.eventId ? -1 : 1);

const isItself =
	({eventId}: Counted) =>
	(other: Counted) =>
		other.eventId === eventId;

const addResult = (log: EventLog, result: CallResult, batch: Batch): EventLog => {
	const item = {at: log.added, seq: 0, result};
	const resultOrder = withItem(log.resultOrder, item, batch);
	return {...log, results: withIndexed(log.results, item, batch), resultOrder, added: log.added + 1};
};

const addCall = (log: EventLog, call: Call, batch: Batch): EventLog => {
	const {eventId, at, region, requestId, principal} = call;
	const common = {eventId, at, region, requestId, caller: callerOf(principal)};
	const counted: Counted = {...common, seq: log.added, outcome: outcomeClass(call), isReplied: false};
	const next = {...log, counted: withItem(log.counted, counted, batch), added: log.added + 1};
	next.byEvent = withIndexed(log.byEvent, counted, batch);
	if (requestId !== undefined) {
		next.byRequest = withListed(log.byRequest, requestId, counted, isItself(counted), batch);
	}
	return next;
};

const forget = (log: EventLog, {limit, keepMs}: Limits): EventLog => {
	const batch = createBatch();
	const next = {...log};
	const before = (log.counted.last?.at ?? 0) - keepMs;
	for (const one of callsBefore(log, before)) {
		next.counted = withoutItem(next.counted, one, batch);
		next.byEvent = withoutIndexed(next.byEvent, one.eventId, batch);
		const {requestId} = one;
		if (requestId !== undefined) next.byRequest = withoutListed(next.byRequest, requestId, isItself(one), batch);
	}
	// A completion is only worth keeping while its call may still come or is still shown.
	for (const item of itemsFrom(log.resultOrder, 0)) {
		if (next.results.size <= 4 * limit) break;
		next.results = withoutIndexed(next.results, item.result.parentRequestId, batch);
		next.resultOrder = withoutItem(next.resultOrder, item, batch);
	}
	return next;
};

/** Calls from before then (epoch ms), the oldest first. */
export const callsBefore = function* ({counted}: EventLog, before: number): Generator<Counted, void, undefined> {
	for (const one of itemsFrom(counted, Number.NEGATIVE_INFINITY)) {
		if (one.at >= before) return;
		yield one;
	}
};

const complete = (call: Call, {results}: EventLog): Call => {
	const result = call.requestId === undefined ? undefined : findItem(results, call.requestId)?.result;
	return result === undefined
		? call
		: {...call, ranIn: result.ranIn ?? call.ranIn, tokens: result.tokens ?? call.tokens};
};

/** Two lists in order as one. */
const mergeCalls = (a: readonly Call[], b: readonly Call[], limit: number): readonly Call[] => {
	const merged: Call[] = [];
	let [left, right] = [0, 0];
	while (merged.length < limit && (left < a.length || right < b.length)) {
		const [one, other] = [a[left], b[right]];
		const isLeft = other === undefined || (one !== undefined && newestFirst(one, other) < 0);
		merged.push((isLeft ? one : other) as Call);
		if (isLeft) left++;
		else right++;
	}
	return merged;
};

/**
 * Adds records in any order, late ones and repeated ones included. Each `eventID` counts once; a completion is joined
 * to its call by request id whichever comes first. The same log comes back when nothing was new.
 */
export const insert = (log: EventLog, records: readonly TrailRecord[], limits: Limits): EventLog => {
	const batch = createBatch();
	let next = log;
	const added: Call[] = [];
	const completed = new Set<string>();
	for (const record of records) {
		if (record.kind === 'result') {
			const {parentRequestId} = record.result;
			if (findItem(next.results, parentRequestId) !== undefined) continue;
			next = addResult(next, record.result, batch);
			completed.add(parentRequestId);
		} else if (findItem(next.byEvent, record.call.eventId) === undefined) {
			next = addCall(next, record.call, batch);
			added.push(record.call);
		}
	}
	if (next === log) return log;
	const isCompleted = ({requestId}: Call) => requestId !== undefined && completed.has(requestId);
	const known =
		completed.size === 0 ? log.calls : log.calls.map(call => (isCompleted(call) ? complete(call, next) : call));
	const news = added.map(call => complete(call, next)).sort(newestFirst);
	return {...forget(next, limits), calls: mergeCalls(news, known, limits.limit)};
};

/** What is counted of the newest call with that request id. */
export const countedByRequest = ({byRequest}: EventLog, requestId: string): Counted | undefined =>
	findItem(byRequest, requestId)?.reduce((newest, one) => (newestFirst(one, newest) < 0 ? one : newest));

/** Notes whether this machine has the reply to a request. The same log when that was known. */
export const markReplied = (log: EventLog, requestId: string, isReplied: boolean, batch: Batch): EventLog => {
	const next = {...log};
	const unmarked = (findItem(log.byRequest, requestId) ?? []).filter(one => one.isReplied !== isReplied);
	for (const one of unmarked) {
		const marked = {...one, isReplied};
		next.counted = withItem(next.counted, marked, batch);
		next.byEvent = withIndexed(next.byEvent, marked, batch);
		next.byRequest = withListed(next.byRequest, requestId, marked, isItself(one), batch);
	}
	return unmarked.length === 0 ? log : next;
};

/** The whole call, if it is still kept. */
export const wholeCall = ({calls}: EventLog, wanted: Pick<Call, 'at' | 'eventId'>): Call | undefined => {
	let [low, high] = [0, calls.length];
	while (low < high) {
		const middle = (low + high) >>> 1;
		const call = calls[middle] as Call;
		if (call.eventId === wanted.eventId && call.at === wanted.at) return call;
		if (newestFirst(call, wanted) < 0) low = middle + 1;
		else high = middle;
	}
	return undefined;
};

/** The whole call with that request id, if it is still kept; of several the newest. */
export const callByRequestId = (log: EventLog, requestId: string): Call | undefined => {
	const counted = countedByRequest(log, requestId);
	return counted && wholeCall(log, counted);
};

import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {Call, TrailRecord} from '../../../source/domain/calls/call.ts';
import {countCalls} from '../../../source/domain/calls/callers.ts';
import {callByRequestId, countedByRequest, emptyLog, insert} from '../../../source/domain/calls/event-log.ts';

const now = Date.UTC(2026, 10, 23, 12);
const minute = 60_000;

const call = (n: number, changes: Partial<Call> = {}): Call => ({
	eventId: `event-${n}`,
	requestId: `request-${n}`,
	at: now - n * 1000,
	operation: 'InvokeModelWithResponseStream',
	profile: 'us.anthropic.claude-opus-5-5',
	region: 'us-east-1',
	principal: {kind: 'sso', arn: `arn:aws:sts::123456789012:assumed-role/Dev/${n % 2 === 0 ? 'alice' : 'bob'}`},
	bearer: false,
	outcome: 'ok',
	...changes,
});

const keep = (limit: number) => ({limit, keepMs: 26 * 60 * minute});

const record = (entry: Call): TrailRecord => ({kind: 'call', call: entry});

test('five hundred records, 30 % repeated, shuffled, some 80 minutes late: each counts once', () => {
	const outcomes = ['ok', 'ok', 'ok', 'AccessDenied', 'Throttling', 'ValidationError'];
	const calls = Array.from({length: 500}, (_, n) =>
		call(n, {outcome: outcomes[n % 6] as string, at: now - (n % 25 === 0 ? 80 * minute : n * 1000)}),
	);
	const repeated = calls.filter((_, n) => n % 10 < 3);
	fc.assert(
		fc.property(
			fc.shuffledSubarray([...calls, ...repeated], {minLength: 650, maxLength: 650}),
			fc.integer({min: 1, max: 60}),
			(records, pageSize) => {
				let log = emptyLog;
				for (let start = 0; start < records.length; start += pageSize) {
					log = insert(log, records.slice(start, start + pageSize).map(record), keep(100));
				}
				const counts = countCalls(log, now - 90 * minute, 'arn:aws:sts::123456789012:assumed-role/Dev/alice');
				expect(counts).toEqual({ok: 251, refused: 83, throttled: 83, failed: 83, mine: 250});
				expect(log.calls).toHaveLength(100);
				expect(log.calls.every((entry, n) => n === 0 || (log.calls[n - 1] as Call).at >= entry.at)).toBe(true);
			},
		),
		{numRuns: 20},
	);
});

test('a late record is put where it belongs', () => {
	const log = insert(insert(emptyLog, [record(call(1)), record(call(3))], keep(10)), [record(call(2))], keep(10));
	expect(log.calls.map(({eventId}) => eventId)).toEqual(['event-1', 'event-2', 'event-3']);
});

test('the same log comes back when nothing is new', () => {
	const log = insert(emptyLog, [record(call(1))], keep(10));
	expect(insert(log, [record(call(1))], keep(10))).toBe(log);
	expect(insert(log, [], keep(10))).toBe(log);
});

test('a completion joins its call by request id, whichever comes first, and is never counted', () => {
	const result: TrailRecord = {
		kind: 'result',
		result: {parentRequestId: 'request-1', ranIn: 'us-west-2', tokens: {input: 10, output: 20}},
	};
	const after = insert(insert(emptyLog, [record(call(1))], keep(10)), [result], keep(10));
	const before = insert(insert(emptyLog, [result], keep(10)), [record(call(1))], keep(10));
	for (const log of [after, before]) {
		expect(log.calls[0]).toMatchObject({ranIn: 'us-west-2', tokens: {input: 10, output: 20}});
		expect(countCalls(log, 0, undefined).ok).toBe(1);
	}
});

test('what is older than anything that is read again is forgotten', () => {
	const old = call(1, {at: now - 27 * 60 * minute});
	const log = insert(emptyLog, [record(old), record(call(2))], keep(10));
	expect(countCalls(log, 0, undefined).ok).toBe(1);
	expect(insert(emptyLog, [record(old), record(call(2))], {limit: 10, keepMs: 200 * 60 * minute}).counted.size).toBe(2);
});

test('a call that has left the shown list is still not counted again', () => {
	const many = Array.from({length: 50}, (_, n) => record(call(n)));
	const log = insert(emptyLog, many, keep(5));
	expect(insert(log, [record(call(49))], keep(5))).toBe(log);
	expect(countCalls(log, 0, undefined).ok).toBe(50);
});

test('of several calls with one request id the newest is the one that is found', () => {
	const [older, newer] = [call(2, {requestId: 'same'}), call(1, {requestId: 'same'})];
	for (const order of [
		[older, newer],
		[newer, older],
	]) {
		const log = insert(emptyLog, order.map(record), keep(10));
		expect(countedByRequest(log, 'same')?.eventId).toBe('event-1');
		expect(callByRequestId(log, 'same')).toEqual(newer);
	}
	expect(callByRequestId(emptyLog, 'same')).toBeUndefined();
});

import {array, assert, asyncProperty, boolean, integer, record} from 'fast-check';
import {expect, test} from 'vitest';
import type {TrailRecord} from '../../../source/domain/calls/call.ts';
import {createTrail} from '../../../source/sources/cloudtrail/lookup-events.ts';
import {awsAnswering} from '../../support/aws-answers.ts';
import {lookUp, type Recorded} from '../../support/event-history.ts';

const noon = Date.UTC(2026, 10, 23, 12);
const minute = 60_000;
const page = 3;

const throttled = () =>
	Response.json({message: 'Rate exceeded'}, {status: 400, headers: {'x-amzn-errortype': 'ThrottlingException'}});

/** A trail over an account's records that answers so many requests of a round and then throttles. */
const setUp = (records: readonly Recorded[], mostPages = 1000) => {
	let [now, left, requests] = [noon, 0, 0];
	const seen = new Set<string>();
	const aws = awsAnswering(request => {
		requests++;
		return left-- > 0 ? Response.json(lookUp(records, request, now, page)) : throttled();
	});
	const trail = createTrail({aws, region: 'us-east-1', now: () => now, wait: async () => undefined, mostPages});
	const onPage = (found: readonly TrailRecord[]) => {
		for (const one of found) if (one.kind === 'call') seen.add(one.call.eventId);
	};
	const read = async (at: number, answers: number, spanMs = 60 * minute) => {
		[now, left, requests] = [at, answers, 0];
		await trail.read(at - spanMs, onPage, new AbortController().signal).catch(() => undefined);
		return requests;
	};
	return {read, seen, readBackTo: trail.readBackTo};
};

const steady = (count: number, everyMs: number): readonly Recorded[] =>
	Array.from({length: count}, (_, n) => ({id: `e${n}`, at: noon - n * everyMs, shownAt: 0}));

test('a reading that was cut off goes on where it stopped', async () => {
	const {read, seen, readBackTo} = setUp(steady(60, minute / 2));
	await read(noon, 4);
	expect([seen.size, readBackTo()]).toEqual([12, noon - 5.5 * minute + 1000]);
	await read(noon + minute, 6);
	expect(seen.size).toBeGreaterThan(20);
	await read(noon + 2 * minute, 100);
	expect([seen.size, readBackTo()]).toEqual([60, noon + 2 * minute - 60 * minute]);
});

test('a throttle in the middle of a round is waited for, and a lasting one is said', async () => {
	let answers = 0;
	const records = steady(60, minute / 2);
	const aws = awsAnswering(request =>
		answers++ % 3 === 2 ? throttled() : Response.json(lookUp(records, request, noon, page)),
	);
	const waits: number[] = [];
	const wait = async (ms: number) => void waits.push(ms);
	const trail = createTrail({aws, region: 'us-east-1', now: () => noon, wait});
	const seen: TrailRecord[] = [];
	const read = () => trail.read(noon - 60 * minute, found => seen.push(...found), new AbortController().signal);
	await read();
	expect(new Set(seen.map(one => one.kind === 'call' && one.call.eventId)).size).toBe(60);
	expect(Math.max(...waits)).toBe(2000);
	const refusing = createTrail({aws: awsAnswering(throttled), region: 'us-east-1', now: () => noon, wait});
	await expect(refusing.read(noon, () => undefined, new AbortController().signal)).rejects.toThrow('Rate exceeded');
});

test('an account busier than its pages leaves a gap, and the counts reach only to it until it is filled', async () => {
	const busy = steady(300, 10_000);
	const {read, seen, readBackTo} = setUp(busy, 10);
	await read(noon - 30 * minute, 100);
	const before = seen.size;
	await read(noon, 100);
	expect(readBackTo()).toBe(noon - 290_000 + 1000);
	for (let round = 1; round < 20; round++) await read(noon + round, 100);
	expect(readBackTo()).toBeLessThanOrEqual(noon - 60 * minute + 20);
	expect(seen.size).toBeGreaterThan(before);
});

test('a token that leads in a circle ends the round, and is no proof that all was read', async () => {
	let requests = 0;
	const aws = awsAnswering(() => {
		requests++;
		return Response.json({...lookUp(steady(3, minute), {body: '{"StartTime":0}'}, noon), NextToken: 'x'});
	});
	const trail = createTrail({aws, region: 'us-east-1', now: () => noon, wait: async () => undefined});
	await trail.read(noon - 60 * minute, () => undefined, new AbortController().signal);
	expect(trail.readBackTo()).toBe(noon - 2 * minute + 1000);
	// Twice from now on, and twice from where that ended.
	expect(requests).toBe(4);
});

const span = 40 * minute;
const world = record({
	records: array(record({at: integer({min: -70, max: 50}), lateMs: integer({min: 0, max: 10 * minute})}), {
		maxLength: 60,
	}),
	rounds: array(record({afterMs: integer({min: 1, max: 10 * minute}), answers: integer({min: 0, max: 12})}), {
		minLength: 1,
		maxLength: 8,
	}),
	mostPages: integer({min: 1, max: 12}),
	isBursty: boolean(),
});

test('whatever is cut off when: from where it says on, no record is missing that had been shown by then', async () => {
	await assert(
		asyncProperty(world, async ({records, rounds, mostPages, isBursty}) => {
			const known = records.map(({at, lateMs}, n): Recorded => {
				// In a burst many are of one second, so that a page ends in the midst of it.
				const calledAt = noon + (isBursty ? Math.round(at / 20) * 20 : at) * minute;
				return {id: `e${n}`, at: calledAt, shownAt: calledAt + lateMs};
			});
			const {read, seen, readBackTo} = setUp(known, mostPages);
			let [now, lastReadAt] = [noon, noon];
			for (const {afterMs, answers} of rounds) {
				now += afterMs;
				await read(now, answers, span);
				const reach = readBackTo();
				if (reach === undefined) continue;
				// What a record's lateness hides from a round that stops at what is known is found by the next deep one.
				const isShown = ({at, shownAt}: Recorded) => shownAt === at && at <= lastReadAt && at >= reach;
				for (const one of known.filter(isShown)) if (one.at >= now - span) expect(seen).toContain(one.id);
				lastReadAt = now;
			}
		}),
		{numRuns: 150},
	);
}, 60_000);

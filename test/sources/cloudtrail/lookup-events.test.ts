import {expect, test} from 'vitest';
import type {TrailRecord} from '../../../source/domain/calls/call.ts';
import {createTrail} from '../../../source/sources/cloudtrail/lookup-events.ts';
import {awsAnswering, bodyOf} from '../../support/aws-answers.ts';

const start = Date.UTC(2026, 10, 23, 12);
const minute = 60_000;
const event = (id: string) => ({
	EventId: id,
	EventTime: start / 1000 - 5,
	CloudTrailEvent: JSON.stringify({
		...{eventID: id, eventTime: new Date(start).toISOString(), eventSource: 'bedrock.amazonaws.com'},
		...{eventName: 'InvokeModel', eventType: 'AwsApiCall', awsRegion: 'us-east-1'},
	}),
});

/** A trail with those pages of event ids as its answers, one round after the other. */
const setUp = (...rounds: readonly (readonly (readonly string[])[])[]) => {
	let [round, page, now] = [-1, 0, start];
	const waits: number[] = [];
	const asked: {readonly from: number; readonly token: unknown; readonly until?: number}[] = [];
	const aws = awsAnswering(request => {
		const {StartTime: from, EndTime: until, NextToken: token} = bodyOf(request);
		asked.push({from: Number(from) * 1000, token, ...(until !== undefined && {until: Number(until) * 1000})});
		const pages = rounds[round] ?? [];
		const ids = pages[page++] ?? [];
		return Response.json({Events: ids.map(event), ...(page < pages.length && {NextToken: `page-${page}`})});
	});
	const trail = createTrail({
		...{aws, region: 'us-east-1', now: () => now},
		async wait(ms) {
			waits.push(ms);
			now += ms;
		},
	});
	const read = async (since: number, at = now) => {
		[round, page, now] = [round + 1, 0, Math.max(now, at)];
		asked.length = 0;
		const seen: string[] = [];
		const take = (records: readonly TrailRecord[]) =>
			seen.push(...records.map(one => (one.kind === 'call' ? one.call.eventId : '')));
		await trail.read(since, take, new AbortController().signal);
		return seen;
	};
	return {read, asked, waits};
};

test('a first round reads every page of the window, at one request a second', async () => {
	const {read, asked, waits} = setUp([['c', 'b'], ['a'], []]);
	expect(await read(start - 60 * minute + 999)).toEqual(['c', 'b', 'a']);
	expect(asked).toEqual([
		{from: start - 60 * minute, token: undefined},
		{from: start - 60 * minute, token: 'page-1'},
		{from: start - 60 * minute, token: 'page-2'},
	]);
	expect(waits).toEqual([1000, 1000]);
});

test('a further round reads the last 90 minutes again, for what came late', async () => {
	const {read, asked} = setUp([['a']], [['b', 'a']]);
	await read(start - 600 * minute);
	expect(await read(start - 600 * minute, start + 10 * minute)).toEqual(['b', 'a']);
	expect(asked[0]?.from).toBe(start - 90 * minute);
});

test('a window that is made longer is read from its beginning up to what is known, once', async () => {
	const {read, asked} = setUp([['b']], [['b'], ['a']], [['b']]);
	await read(start - 200 * minute);
	await read(start - 400 * minute, start + minute);
	expect(asked.slice(0, 2)).toEqual([
		{from: start - 90 * minute, token: undefined},
		{from: start - 400 * minute, token: undefined, until: start - 200 * minute},
	]);
	await read(start - 400 * minute, start + 2 * minute);
	expect(asked).toEqual([{from: start + minute - 90 * minute, token: undefined}]);
});

test('a long window is read to its end every five minutes, in between only up to what is known', async () => {
	const long = [['f'], ['e'], ['d'], ['c'], ['b'], ['a']];
	const {read} = setUp(long, [['g'], ...long], long, long);
	await read(start - 60 * minute);
	expect(await read(start - 60 * minute, start + minute)).toEqual(['g', 'f']);
	expect(await read(start - 60 * minute, start + 4 * minute)).toEqual(['f']);
	expect(await read(start - 60 * minute, start + 6 * minute)).toHaveLength(6);
});

test('a short window is read whole each time: what is late may stand behind what is known', async () => {
	const {read} = setUp([['b'], ['a']], [['b'], ['late'], ['a']]);
	await read(start - 60 * minute);
	expect(await read(start - 60 * minute, start + minute)).toEqual(['b', 'late', 'a']);
});

test('an answer without content is none', async () => {
	const aws = awsAnswering(() => Response.json({}));
	const trail = createTrail({aws, region: 'us-east-1', now: () => start, wait: async () => undefined});
	const reading = trail.read(start, () => undefined, new AbortController().signal);
	await expect(reading).rejects.toThrow('LookupEvents answered without content');
});

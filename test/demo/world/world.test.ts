import {describe, expect, test} from 'vitest';
import {applicationProfile} from '../../../source/demo/world/application-profile.ts';
import {alice, models} from '../../../source/demo/world/people.ts';
import {createWorld} from '../../../source/demo/world/world.ts';
import {hour, minute, openedAt, second, startAt} from '../opened.ts';

const seeds = Array.from({length: 40}, (_, index) => index);
const between = (from: number, to: number) => (at: number) => at > from && at <= to;

test('the same seed tells the same story, in whatever steps time goes', () => {
	const [whole, stepwise] = [createWorld({seed: 3, startAt}), createWorld({seed: 3, startAt})];
	const end = startAt + 10 * minute;
	for (let now = startAt - hour; now < end; now += 700) stepwise.callsUntil(now);
	expect(stepwise.callsUntil(end)).toEqual(whole.callsUntil(end));
	expect(whole.callsUntil(end)).toEqual(whole.callsUntil(end));
	expect(createWorld({seed: 4, startAt}).callsUntil(end)).not.toEqual(whole.callsUntil(end));
	for (let now = startAt - hour; now < end; now += 7000) stepwise.mantleCallsUntil(now);
	expect(stepwise.mantleCallsUntil(end)).toEqual(whole.mantleCallsUntil(end));
	expect(createWorld({seed: 4, startAt}).mantleCallsUntil(end)).not.toEqual(whole.mantleCallsUntil(end));
});

test('an earlier moment knows nothing of a later one', () => {
	const world = createWorld({seed: 3, startAt});
	const before = world.callsUntil(startAt);
	world.callsUntil(startAt + hour);
	expect(world.callsUntil(startAt)).toEqual(before);
});

test('six hours of several people and models lie behind, in the order of time and each with its own ids', () => {
	const {calls} = openedAt(startAt);
	expect(calls[0]?.at).toBeGreaterThanOrEqual(startAt - 6 * hour);
	expect(calls[0]?.at).toBeLessThan(startAt - 5.5 * hour);
	expect(calls.map(({at}) => at)).toEqual(calls.map(({at}) => at).sort((a, b) => a - b));
	expect(new Set(calls.map(({person}) => person.arn)).size).toBe(4);
	expect(new Set(calls.map(({profile}) => profile))).toEqual(
		new Set([...Object.values(models), applicationProfile.arn]),
	);
	for (const id of ['requestId', 'eventId', 'messageId'] as const) {
		expect(new Set(calls.map(call => call[id])).size).toBe(calls.length);
	}
	expect(calls.some(({outcome}) => outcome === 'ThrottlingException')).toBe(true);
	expect(calls.some(({agentId, profile}) => agentId !== undefined && profile === models.haiku)).toBe(true);
});

test('Claude Code reads its prompt from the cache, writes a little more of it each time, and grows until it compacts', () => {
	const {calls} = openedAt(startAt);
	const replies = calls.filter(({thread, outcome}) => thread.kind === 'claude-code' && outcome === 'ok');
	for (const {usage} of replies) {
		expect(usage.input).toBeGreaterThanOrEqual(3);
		expect(usage.input).toBeLessThanOrEqual(20);
		expect(usage.cacheRead).toBeGreaterThanOrEqual(20_000);
		expect(usage.cacheRead).toBeLessThanOrEqual(150_000);
		expect(usage.cacheWrite5m + usage.cacheWrite1h).toBeGreaterThanOrEqual(500);
		expect(usage.cacheWrite5m + usage.cacheWrite1h).toBeLessThanOrEqual(6000);
		expect(usage.output).toBeGreaterThanOrEqual(50);
		expect(usage.output).toBeLessThanOrEqual(2500);
	}
	const hourly = replies.filter(({usage}) => usage.cacheWrite1h > 0).length;
	expect(hourly).toBeGreaterThan(0);
	expect(hourly).toBeLessThan(replies.length / 4);
});

describe('whoever opens it', () => {
	test.each(seeds)('sees a reply of theirs and a record arrive within five seconds (seed %i)', seed => {
		const calls = createWorld({seed, startAt}).callsUntil(startAt + 5 * second);
		const isSoon = between(startAt, startAt + 5 * second);
		const mine = calls.filter(({thread, outcome}) => thread.isLocal && outcome === 'ok');
		expect(mine.some(({endAt}) => isSoon(endAt))).toBe(true);
		expect(calls.some(({deliveredAt}) => isSoon(deliveredAt))).toBe(true);
	});

	test('sees CloudWatch move within five seconds, too', () => {
		const isSoon = between(startAt, startAt + 5 * second);
		expect(openedAt(startAt + 5 * second).calls.some(({publishedAt}) => isSoon(publishedAt))).toBe(true);
	});

	test.each(seeds)('sees alice refused in a burst within twenty seconds (seed %i)', seed => {
		const calls = createWorld({seed, startAt}).callsUntil(startAt + 25 * second);
		const refused = calls.filter(({outcome, at}) => outcome === 'AccessDenied' && at > startAt);
		const times = refused.map(({at}) => at);
		expect(refused.length).toBeGreaterThanOrEqual(12);
		expect(refused.length).toBeLessThanOrEqual(28);
		expect(Math.min(...times)).toBeGreaterThanOrEqual(startAt + 15 * second);
		expect(Math.max(...times)).toBeLessThan(startAt + 20 * second);
		expect(refused.every(({person, profile}) => person === alice && profile === models.fable)).toBe(true);
		// The transcript tells it within a second, CloudTrail follows.
		for (const {at, endAt, deliveredAt} of refused) {
			expect(endAt - at).toBeLessThan(second);
			expect(deliveredAt - at).toBeGreaterThanOrEqual(2 * second);
			expect(deliveredAt - at).toBeLessThanOrEqual(40 * second);
		}
	});

	test('sees the burst again every few minutes', () => {
		const {calls} = openedAt(startAt + 30 * minute);
		const live = calls.filter(({outcome, at}) => outcome === 'AccessDenied' && at > startAt);
		const starts = live.filter(({at}, index) => at - (live[index - 1]?.at ?? 0) > minute).map(({at}) => at);
		expect(starts).toHaveLength(8);
		expect(live).toHaveLength(4 * 12 + 4 * 24);
	});
});

test('live records come late, a few very late; history has arrived', () => {
	const {calls} = openedAt(startAt + 2 * hour);
	const live = calls.filter(({at}) => at > startAt);
	const delays = live.map(({at, deliveredAt}) => deliveredAt - at);
	expect(Math.min(...delays)).toBeGreaterThanOrEqual(2 * second);
	expect(delays.filter(delay => delay > 40 * second).length).toBeGreaterThan(0);
	expect(delays.filter(delay => delay > 40 * second).length).toBeLessThan(live.length / 15);
	for (const {endAt, publishedAt} of live) {
		expect(publishedAt - endAt).toBeGreaterThanOrEqual(3 * second);
		expect(publishedAt - endAt).toBeLessThanOrEqual(10 * second);
	}
	const past = calls.filter(({at}) => at <= startAt - minute);
	expect(past.every(({deliveredAt, publishedAt}) => Math.max(deliveredAt, publishedAt) <= startAt)).toBe(true);
});

describe('a day and more in, what is older than 26 hours', () => {
	const end = startAt + 40 * hour;

	test('is gone for good, so that the world stays small', () => {
		const world = createWorld({seed: 7, startAt});
		for (let hours = 20; hours <= 80; hours += 10) {
			const calls = world.callsUntil(startAt + hours * hour);
			expect(calls[0]?.at).toBeGreaterThan(startAt + (hours - 26) * hour);
			expect(calls.length).toBeLessThan(20_000);
		}
		expect(world.callsUntil(startAt)).toEqual([]);
	});

	test('leaves at that very moment, whatever the steps', () => {
		const [whole, stepwise] = [createWorld({seed: 7, startAt}), createWorld({seed: 7, startAt})];
		// Most of these seconds bring no new call, but some make the oldest one too old.
		for (let now = end - 10 * minute; now <= end; now += second) {
			expect(stepwise.callsUntil(now)[0]?.at).toBeGreaterThan(now - 26 * hour);
		}
		expect(stepwise.callsUntil(end)).toEqual(whole.callsUntil(end));
	});
});

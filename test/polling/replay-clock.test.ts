import {expect, test} from 'vitest';
import {createReplayClock} from '../../source/polling/replay-clock.ts';
import {createFakeClock} from '../support/fake-clock.ts';

const replay = (speed: number) => {
	const base = createFakeClock(5_000_000);
	return {base, clock: createReplayClock(base, {startAt: 1000, endAt: 61_000, speed})};
};

test.each([
	['begins with its recording', 1, 0, 1000],
	['goes on at its pace', 1, 500, 1500],
	['runs as many times as fast', 10, 500, 6000],
	['knows no part of a millisecond', 0.3, 1, 1000],
	['stands still at its end', 10, 6000, 61_000],
	['stands still from then on', 10, 60_000, 61_000],
])('the time of a replay %s', (_, speed, elapsedMs, now) => {
	const {base, clock} = replay(speed);
	base.jump(base.now() + elapsedMs);
	expect(clock.now()).toBe(now);
});

test.each([
	['as much shorter', 10, 0, 5000, 500],
	['not shorter than a tenth of a second', 10, 0, 500, 100],
	['as long as they are once it has ended', 10, 6000, 5000, 5000],
])('waits are %s', async (_, speed, elapsedMs, ms, expected) => {
	const {base, clock} = replay(speed);
	base.jump(base.now() + elapsedMs);
	const [from, ended] = [base.now(), [] as number[]];
	clock.after(ms, () => ended.push(base.now() - from));
	await base.advance(10_000);
	expect(ended).toEqual([expected]);
});

test('a wait can be cancelled', () => {
	const {base, clock} = replay(2);
	clock.after(500, () => undefined)();
	expect(base.pending()).toBe(0);
});

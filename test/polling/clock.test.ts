import {describe, expect, test} from 'vitest';
import {coalesce, wait} from '../../source/polling/clock.ts';
import {createFakeClock} from '../support/fake-clock.ts';

describe('waiting', () => {
	test('ends after so many ms', async () => {
		const clock = createFakeClock(0);
		const ended: number[] = [];
		const waiting = wait(clock, 500).then(() => ended.push(clock.now()));
		await clock.advance(499);
		expect(ended).toEqual([]);
		await clock.advance(1);
		await waiting;
		expect(ended).toEqual([500]);
	});

	test('ends with the reason of its signal as soon as that aborts, and leaves no timer', async () => {
		const clock = createFakeClock(0);
		const abort = new AbortController();
		const waiting = wait(clock, 500, abort.signal);
		abort.abort(new Error('stopped'));
		await expect(waiting).rejects.toThrow('stopped');
		expect(clock.pending()).toBe(0);
	});

	test('does not begin where the signal has aborted before', async () => {
		const clock = createFakeClock(0);
		await expect(wait(clock, 500, AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
		expect(clock.pending()).toBe(0);
	});

	test('is over when the signal aborts afterwards', async () => {
		const clock = createFakeClock(0);
		const abort = new AbortController();
		const waiting = wait(clock, 5, abort.signal);
		await clock.advance(5);
		abort.abort();
		await expect(waiting).resolves.toBeUndefined();
	});
});

describe('a callback that is coalesced', () => {
	const setUp = () => {
		const clock = createFakeClock(0);
		const calls: number[] = [];
		return {clock, calls, notify: coalesce(clock, 100, () => calls.push(clock.now()))};
	};

	test('runs at once when it has been quiet, and once more for all that came within the interval', async () => {
		const {clock, calls, notify} = setUp();
		notify();
		expect(calls).toEqual([0]);
		notify();
		await clock.advance(50);
		notify();
		await clock.advance(500);
		expect(calls).toEqual([0, 100]);
		notify();
		expect(calls).toEqual([0, 100, 550]);
	});

	test('keeps the interval also after what came late', async () => {
		const {clock, calls, notify} = setUp();
		notify();
		notify();
		await clock.advance(120);
		notify();
		await clock.advance(500);
		expect(calls).toEqual([0, 100, 200]);
	});
});

import type {Clock} from './clock.ts';

/**
 * The time of a recording: it begins with it, runs so many times as fast, and stands still at its end. Waits are as much
 * shorter.
 */
export const createReplayClock = (
	base: Clock,
	{startAt, endAt, speed}: {readonly startAt: number; readonly endAt: number; readonly speed: number},
): Clock => {
	const beganAt = base.now();
	return {
		now: () => Math.min(endAt, Math.round(startAt + (base.now() - beganAt) * speed)),
		after: (ms, callback) => base.after(ms / speed, callback),
	};
};

import type {Clock} from './clock.ts';

/** A screen that is drawn anew more often than this shows nothing more. */
const leastMs = 100;

/**
 * The time of a recording: it begins with it, runs so many times as fast, and stands still at its end. Waits are as much
 * shorter, down to a tenth of a second, and as they are once it has ended.
 */
export const createReplayClock = (
	base: Clock,
	{startAt, endAt, speed}: {readonly startAt: number; readonly endAt: number; readonly speed: number},
): Clock => {
	const beganAt = base.now();
	const now = () => Math.min(endAt, Math.round(startAt + (base.now() - beganAt) * speed));
	return {
		now,
		after: (ms, callback) => base.after(now() >= endAt ? ms : Math.max(ms / speed, leastMs), callback),
	};
};

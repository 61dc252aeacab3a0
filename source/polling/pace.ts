import type {Clock} from './clock.ts';

/** How soon a change is to be told: at once, along with others of about that time, or not for its own sake. */
export type Urgency = 'now' | 'soon' | 'unasked';

/** Tells that something has changed, the sooner the more urgent it is. */
export type Pace = (notify: () => void) => (urgency: Exclude<Urgency, 'unasked'>) => void;

/**
 * Two paces over one notification: what is urgent waits only for `urgentMs` since the last one, all else for
 * `everyMs`. Both are told at once after a pause of that length, and the sooner takes the later along.
 */
export const createPace =
	(clock: Clock, {urgentMs, everyMs}: {readonly urgentMs: number; readonly everyMs: number}): Pace =>
	notify => {
		let last = Number.NEGATIVE_INFINITY;
		let planned: {readonly at: number; readonly cancel: () => void} | undefined;
		const run = () => {
			planned?.cancel();
			planned = undefined;
			last = clock.now();
			notify();
		};
		return urgency => {
			const now = clock.now();
			// A clock that was set back does not put off what is new.
			const sinceLast = now < last ? Number.POSITIVE_INFINITY : now - last;
			const waitMs = (urgency === 'now' ? urgentMs : everyMs) - sinceLast;
			if (waitMs <= 0) {
				run();
				return;
			}
			if (planned !== undefined && planned.at <= now + waitMs) return;
			planned?.cancel();
			planned = {at: now + waitMs, cancel: clock.after(waitMs, run)};
		};
	};

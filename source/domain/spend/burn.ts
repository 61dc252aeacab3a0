import {nextLocalDay} from '../common/calendar.ts';
import {itemsBack} from '../common/timeline.ts';
import type {PicoUsd} from '../money/money.ts';
import type {Ledger} from './ledger.ts';

const minuteMs = 60_000;
const windowMs = 15 * minuteMs;
/** A longer silence is a pause; only so much of it counts as work. */
const pauseMs = 5 * minuteMs;
/** Nobody works on what was asked this morning: replies further back than this are no sign of the present pace. */
const lookBackMs = 12 * 60 * minuteMs;

/**
 * Pico-dollars per hour over the last 15 minutes of work with Bedrock, pauses cut out; undefined when nothing was
 * answered in the last 15 minutes. In the first minutes of a day's work it is too low rather than too high.
 */
export const burnPerHour = ({entries}: Ledger, now: number): PicoUsd | undefined => {
	let sum: PicoUsd | undefined;
	let workedMs = 0;
	let before = now;
	for (const {at, posting} of itemsBack(entries, now)) {
		if (at <= now - lookBackMs) break;
		if (posting.turn.provider !== 'bedrock' || posting.turn.unlogged) continue;
		if (sum === undefined && now - at >= windowMs) return undefined;
		sum ??= 0n;
		workedMs += Math.min(pauseMs, before - at);
		if (workedMs >= windowMs) break;
		before = at;
		if (posting.quote.state === 'priced') sum += posting.quote.amount;
	}
	return sum === undefined ? undefined : (sum * 60n) / 15n;
};

/** When Bedrock last answered here, epoch ms; undefined where it never did. */
export const lastReplyAt = ({entries}: Ledger, now: number): number | undefined => {
	for (const {at, posting} of itemsBack(entries, now)) if (posting.turn.provider === 'bedrock') return at;
	return undefined;
};

/** Where the local day ends if its remaining hours go on like this; unknown without a burn. */
export const projectDay = (spentToday: PicoUsd, burn: PicoUsd | undefined, now: number): PicoUsd | undefined => {
	if (burn === undefined) return undefined;
	return spentToday + (burn * BigInt(Math.max(0, nextLocalDay(now) - now))) / BigInt(60 * minuteMs);
};

import {type PicoUsd, usdNumber} from '../money/money.ts';

/**
 * A daily allowance of money that fills up evenly and can be saved only for a while, so that no 24 hours cost more than
 * the allowance. All times are epoch ms.
 */
export type Allowance = {
	/** Takes the price of one request. What is owed delays the next round, it refuses nothing. */
	take(price: PicoUsd, at: number): void;
	/** 1 while there is plenty, up to 4 when it runs low: how much longer to wait between questions. */
	stretch(at: number): number;
	/** How long until nothing is owed, ms. */
	owedMs(at: number): number;
};

const dayMs = 86_400_000;
/** The part that can be spent at once; the rest comes in over the day. */
const saved = 0.2;
const slowest = 4;

/** An allowance in pico-dollars per day; without one, everything is affordable. */
export const createAllowance = (perDay: PicoUsd | undefined, startAt: number): Allowance => {
	if (perDay === undefined) return {take: () => undefined, stretch: () => 1, owedMs: () => 0};
	const total = usdNumber(perDay);
	const capacity = total * saved;
	const perMs = (total * (1 - saved)) / dayMs;
	let level = capacity;
	let filledAt = startAt;
	const fill = (at: number) => {
		level = Math.min(capacity, level + Math.max(0, at - filledAt) * perMs);
		filledAt = at;
	};
	return {
		take(price, at) {
			fill(at);
			level -= usdNumber(price);
		},
		stretch(at) {
			fill(at);
			const half = capacity / 2;
			if (level >= half || half === 0) return 1;
			return 1 + (slowest - 1) * (1 - Math.max(0, level) / half);
		},
		owedMs(at) {
			fill(at);
			return level >= 0 ? 0 : Math.min(dayMs, -level / perMs);
		},
	};
};

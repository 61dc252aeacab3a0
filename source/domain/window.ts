import type {Limits} from './budget.ts';
import {localDay, localMonth} from './calendar.ts';

/**
 * From when on replies are counted and kept, epoch ms. The spend window is the local day unless a start is given;
 * history reaches back further where a budget or the day's projection needs it.
 */
export const windowAt = (
	now: number,
	{limits, since}: {readonly limits: Limits; readonly since?: number | undefined},
): {readonly spendSince: number; readonly historySince: number} => {
	const spendSince = since ?? localDay(now);
	const ofBudget = limits.month === undefined ? localDay(now) : localMonth(now);
	return {spendSince, historySince: Math.min(spendSince, ofBudget)};
};

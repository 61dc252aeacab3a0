import type {Settings} from '../../source/state/state.ts';

/** A person's settings as they are without any option, with a spend window that begins then (epoch ms). */
export const settingsSince = (spendSince: number, others: Partial<Settings> = {}): Settings => ({
	spendSince,
	historySince: spendSince,
	feedMs: 3_600_000,
	askedRegions: [],
	limits: {},
	watchCap: 100_000_000_000n,
	refreshMs: 60_000,
	...others,
});

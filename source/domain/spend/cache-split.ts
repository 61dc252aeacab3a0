import {type Measure, sumBetween} from '../common/timeline.ts';
import type {CacheSplit} from './account-spend.ts';
import type {Entry, Ledger} from './ledger.ts';

/** How the person's account writes its caches, where they said so. */
export type CacheLifetime = '5m' | '1h';

type Writes = {all: number; hour: number};

const addWrites = (sum: Map<string | undefined, Writes>, model: string | undefined, {all, hour}: Writes) => {
	const known = sum.get(model) ?? {all: 0, hour: 0};
	sum.set(model, {all: known.all + all, hour: known.hour + hour});
};

const writesByModel: Measure<Entry, Map<string | undefined, Writes>> = {
	create: () => new Map(),
	add(sum, {posting: {model, turn}}) {
		const {cacheWrite5m, cacheWrite1h} = turn.usage;
		addWrites(sum, model, {all: cacheWrite5m + cacheWrite1h, hour: cacheWrite1h});
	},
	merge(sum, part) {
		for (const [model, writes] of part) addWrites(sum, model, writes);
	},
};

const certain: Readonly<Record<CacheLifetime, CacheSplit>> = {
	'5m': {isCertain: true, hourShare: () => 0},
	'1h': {isCertain: true, hourShare: () => 1},
};

/**
 * How the account's cache writes divide: as the setting says; else as this machine's replies of the same model did,
 * which is a likely figure within a range; else 5 minutes, Claude Code's default.
 */
export const cacheSplit = (setting: CacheLifetime | undefined, {entries}: Ledger): CacheSplit => {
	if (setting !== undefined) return certain[setting];
	const writes = sumBetween(entries, writesByModel, Number.NEGATIVE_INFINITY);
	return {
		isCertain: false,
		hourShare(model) {
			const {all, hour} = writes.get(model) ?? {all: 0, hour: 0};
			return all === 0 ? 0 : hour / all;
		},
	};
};

import type {CacheSplit} from './account-spend.ts';
import type {Ledger} from './ledger.ts';

/** How the person's account writes its caches, where they said so. */
export type CacheLifetime = '5m' | '1h';

const compute = (ledger: Ledger): CacheSplit => {
	const writes = new Map<string | undefined, {all: number; hour: number}>();
	for (const {model, turn} of ledger.values()) {
		const {cacheWrite5m, cacheWrite1h} = turn.usage;
		const known = writes.get(model) ?? {all: 0, hour: 0};
		writes.set(model, {all: known.all + cacheWrite5m + cacheWrite1h, hour: known.hour + cacheWrite1h});
	}
	return {
		isCertain: false,
		hourShare(model) {
			const {all, hour} = writes.get(model) ?? {all: 0, hour: 0};
			return all === 0 ? 0 : hour / all;
		},
	};
};

const certain: Readonly<Record<CacheLifetime, CacheSplit>> = {
	'5m': {isCertain: true, hourShare: () => 0},
	'1h': {isCertain: true, hourShare: () => 1},
};

const remembered = new WeakMap<Ledger, CacheSplit>();

/**
 * How the account's cache writes divide: as the setting says; else as this machine's replies of the same model did,
 * which is a likely figure within a range; else 5 minutes, Claude Code's default.
 */
export const cacheSplit = (setting: CacheLifetime | undefined, ledger: Ledger): CacheSplit => {
	if (setting !== undefined) return certain[setting];
	const known = remembered.get(ledger) ?? compute(ledger);
	remembered.set(ledger, known);
	return known;
};

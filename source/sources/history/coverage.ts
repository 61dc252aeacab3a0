import type {DatabaseSync} from 'node:sqlite';
import {parseJson, record} from '../../domain/common/json.ts';

/** Every reply between these two moments (epoch ms) has been read, whether its transcript is still there or not. */
export type Coverage = {readonly since: number; readonly until: number};

const nameOf = (root: string) => `covered ${root}`;

/** What is known of a folder of projects; undefined where nothing is. */
export const coverageOf = (database: DatabaseSync, root: string): Coverage | undefined => {
	const written = database.prepare('SELECT value FROM facts WHERE name = ?').get(nameOf(root))?.value;
	const known = record(parseJson(String(written)));
	const {since, until} = known ?? {};
	return typeof since === 'number' && typeof until === 'number' ? {since, until} : undefined;
};

/** One stretch of time where they meet; else the later one, because nobody knows what lies between. */
export const joinCoverage = (known: Coverage | undefined, read: Coverage): Coverage =>
	known !== undefined && known.until >= read.since && known.since <= read.until
		? {since: Math.min(known.since, read.since), until: Math.max(known.until, read.until)}
		: read;

/** Writing that time has passed is worth it only now and then. */
const leastMs = 10 * 60_000;

/** Whether it says enough more than what is known to be written. */
export const isCoverageNews = (known: Coverage | undefined, next: Coverage): boolean =>
	known === undefined || next.since !== known.since || next.until - known.until >= leastMs;

export const writeCoverage = (database: DatabaseSync, root: string, coverage: Coverage): void => {
	database.prepare('INSERT OR REPLACE INTO facts VALUES (?, ?)').run(nameOf(root), JSON.stringify(coverage));
};

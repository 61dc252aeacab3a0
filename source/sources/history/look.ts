import {statSync} from 'node:fs';
import type {DatabaseSync} from 'node:sqlite';

/** What is kept on this machine. */
export type Kept = {
	/** The time of the oldest reply, epoch ms; undefined where none is kept. */
	readonly since?: number | undefined;
	/** Replies, each counted once in however many sessions it stands. */
	readonly replies: number;
	/** On disk. */
	readonly bytes: number;
};

const sizeOf = (path: string): number => statSync(path, {throwIfNoEntry: false})?.size ?? 0;

/** Counts what is kept. Throws what SQLite throws. */
export const lookInto = (database: DatabaseSync, path: string): Kept => {
	const {replies} = database.prepare('SELECT count(DISTINCT id) AS replies FROM replies').get() ?? {};
	const {since} = database.prepare('SELECT min(first_at) AS since FROM contexts').get() ?? {};
	return {
		...(typeof since === 'number' && {since}),
		replies: Number(replies),
		bytes: sizeOf(path) + sizeOf(`${path}-wal`),
	};
};

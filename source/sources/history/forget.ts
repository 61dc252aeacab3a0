import type {DatabaseSync} from 'node:sqlite';
import {newGeneration} from './schema.ts';
import {attempt, transact} from './sqlite.ts';

const forgetAll = (database: DatabaseSync) => {
	for (const table of ['replies', 'contexts', 'events', 'facts']) database.exec(`DELETE FROM ${table}`);
};

const forgetOlder = (database: DatabaseSync, before: number) => {
	const run = (sql: string) => database.prepare(sql).run({before});
	// Without a session's first replies its cost-state would look like more than was written down.
	run(`DELETE FROM events WHERE kind = 'costs' AND session IN (SELECT session FROM contexts WHERE first_at < $before)`);
	run('DELETE FROM events WHERE at < $before');
	run('DELETE FROM replies WHERE at < $before');
	run(`DELETE FROM contexts WHERE last_at < $before`);
	run(`UPDATE contexts SET first_at = max(first_at, $before)`);
	run(`UPDATE facts SET value = json_set(value, '$.since', max(json_extract(value, '$.since'), $before))
		WHERE name LIKE 'covered %'`);
};

/**
 * Forgets the replies from before then (epoch ms), or all, and all that was read with them; says how many. Running
 * programs notice. What transcripts still hold is read from them again. Throws what SQLite throws.
 */
export const forgetBefore = (database: DatabaseSync, before: number | undefined): number => {
	// What is forgotten is not to be found in the file any more.
	database.exec('PRAGMA secure_delete = ON');
	const counted = database.prepare('SELECT count(DISTINCT id) AS replies FROM replies WHERE at < ?');
	const forgotten = transact(database, () => {
		const {replies} = counted.get(before ?? Number.MAX_SAFE_INTEGER) ?? {};
		if (before === undefined) forgetAll(database);
		else forgetOlder(database, before);
		// A file is read again as a whole, so that its replies are all known.
		database.exec('DELETE FROM files');
		newGeneration(database);
		return Number(replies);
	});
	// Another program that reads at this moment keeps the file as large as it is.
	attempt(() => database.exec('VACUUM'));
	attempt(() => database.exec('PRAGMA wal_checkpoint(TRUNCATE)'));
	return forgotten;
};

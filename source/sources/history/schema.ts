import {randomUUID} from 'node:crypto';
import type {DatabaseSync} from 'node:sqlite';
import {HistoryFault} from './fault.ts';
import {pragma, transact} from './sqlite.ts';

/** Says in the file's header whose database it is (`bedt`). https://sqlite.org/pragma.html#pragma_application_id */
const applicationId = 0x62656474;

/**
 * What makes each version of the schema out of the one before. Never changed once released: a new version is a new row.
 *
 * `contexts` are what many replies have in common, so that a reply's own row is small; `''` stands for what is not known.
 * A reply that several sessions hold, as forks do, has a row in each. Who answered follows from its ids, and what it cost
 * from the price book: neither is stored.
 */
export const migrations: readonly string[] = [
	`CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
	CREATE TABLE contexts (
		id INTEGER PRIMARY KEY,
		root TEXT NOT NULL, session TEXT NOT NULL, folder TEXT NOT NULL,
		version TEXT NOT NULL, model TEXT NOT NULL, profile TEXT NOT NULL,
		agent TEXT NOT NULL, agent_type TEXT NOT NULL,
		first_at INTEGER NOT NULL, last_at INTEGER NOT NULL,
		UNIQUE (session, root, folder, version, model, profile, agent, agent_type)
	) STRICT;
	CREATE TABLE replies (
		context INTEGER NOT NULL, id TEXT NOT NULL, at INTEGER NOT NULL, request TEXT,
		input INTEGER NOT NULL, output INTEGER NOT NULL, cache_read INTEGER NOT NULL,
		cache_write_5m INTEGER NOT NULL, cache_write_1h INTEGER NOT NULL,
		marks INTEGER NOT NULL, terms TEXT,
		PRIMARY KEY (context, id)
	) STRICT, WITHOUT ROWID;
	CREATE TABLE events (
		kind TEXT NOT NULL, root TEXT NOT NULL, session TEXT NOT NULL, at INTEGER NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL,
		PRIMARY KEY (root, session, kind, id)
	) STRICT, WITHOUT ROWID;
	CREATE TABLE files (
		path TEXT PRIMARY KEY, root TEXT NOT NULL, stamp TEXT NOT NULL, inode TEXT NOT NULL,
		size INTEGER NOT NULL, offset INTEGER NOT NULL, guard TEXT NOT NULL, rest TEXT NOT NULL,
		is_skipping INTEGER NOT NULL, corrupt_lines INTEGER NOT NULL
	) STRICT, WITHOUT ROWID;`,
];

const isEmpty = (database: DatabaseSync): boolean =>
	database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get()?.tables === 0;

/** What identifies the content: it changes when something is forgotten. */
export const newGeneration = (database: DatabaseSync): void => {
	database.prepare("INSERT OR REPLACE INTO facts VALUES ('generation', ?)").run(randomUUID());
};

/** See `newGeneration`. */
export const generationOf = (database: DatabaseSync): string =>
	String(database.prepare("SELECT value FROM facts WHERE name = 'generation'").get()?.value);

const versionOf = (database: DatabaseSync, path: string, newest: number): number => {
	const [id, version] = [pragma(database, 'application_id'), pragma(database, 'user_version')];
	const isNew = id === 0 && version === 0 && isEmpty(database);
	if (!isNew && id !== applicationId) throw new HistoryFault('foreign', path);
	if (version > newest) throw new HistoryFault('newer', path);
	return version;
};

/**
 * Brings a database to the version of this program, all steps or none; a foreign or newer one is not touched. Several
 * programs may do so at once. Throws HistoryFault, and what SQLite throws.
 */
export const migrate = (database: DatabaseSync, path: string, steps: readonly string[] = migrations): void => {
	const newest = steps.length;
	if (versionOf(database, path, newest) === newest) return;
	transact(database, () => {
		const version = versionOf(database, path, newest);
		if (version === newest) return;
		for (const step of steps.slice(version)) database.exec(step);
		if (version === 0) newGeneration(database);
		database.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${newest}`);
	});
};

/** Throws HistoryFault unless it is this program's own and of a version that it knows. */
export const requireReadable = (database: DatabaseSync, path: string): void => {
	// What has an older form is brought up to date by whoever may write.
	const newest = migrations.length;
	if (versionOf(database, path, newest) !== newest) throw new HistoryFault('read-only', path);
};

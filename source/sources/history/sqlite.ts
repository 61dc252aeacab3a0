import type {DatabaseSync} from 'node:sqlite';

/**
 * Node's own SQLite; undefined where this Node was built without it. Up to Node 24 loading it warns that it is
 * experimental, which is nothing the person could act on.
 */
export const loadSqlite = (): typeof import('node:sqlite') | undefined => {
	const {emitWarning} = process;
	// Loading is synchronous: no other warning can come in between.
	process.emitWarning = () => undefined;
	try {
		return process.getBuiltinModule('node:sqlite');
	} catch {
		return undefined;
	} finally {
		process.emitWarning = emitWarning;
	}
};

/** Does all of it or nothing, with no other program writing in between. Throws what SQLite throws. */
export const transact = <T>(database: DatabaseSync, action: () => T): T => {
	database.exec('BEGIN IMMEDIATE');
	try {
		const result = action();
		database.exec('COMMIT');
		return result;
	} catch (error) {
		// Where the disk is full or the file damaged, SQLite has rolled back by itself.
		if (database.isTransaction !== false) attempt(() => database.exec('ROLLBACK'));
		throw error;
	}
};

/** What fails here has failed for a reason that is already known. */
export const attempt = (action: () => void): void => {
	try {
		action();
	} catch {
		// Said by whoever calls.
	}
};

/** The number that a `PRAGMA` answers with. */
export const pragma = (database: DatabaseSync, name: string): number => {
	const answer = database.prepare(`PRAGMA ${name}`).get();
	return Number(Object.values(answer ?? {})[0]);
};

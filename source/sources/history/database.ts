import {existsSync} from 'node:fs';
import type {DatabaseSync} from 'node:sqlite';
import {pathToFileURL} from 'node:url';
import {historyPath, identityOf, prepareFile, setAside} from './database-file.ts';
import {faultOf, HistoryFault} from './fault.ts';
import {migrate, requireReadable} from './schema.ts';
import {attempt, loadSqlite} from './sqlite.ts';

/** The history as it is open now. */
export type OpenDatabase = {
	readonly database: DatabaseSync;
	readonly path: string;
	/** Tells the file from another one that later has its name. */
	readonly identity: string | undefined;
	readonly isReadOnly: boolean;
	/** Where a damaged one was moved to, to make room for this one. */
	readonly asideAt?: string | undefined;
};

type OpenOptions = {
	/** bedtop's own folder. */
	readonly directory: string;
	/** Epoch ms, for the name of what is set aside. */
	readonly now: number;
	readonly load?: typeof loadSqlite;
};

/** Every write is over within milliseconds: whoever holds the file for longer than this is no bedtop at work. */
const patienceMs = 250;

/** A log that a long write has left behind does not stay large. */
const mostLogBytes = 4 << 20;

const openAt = (sqlite: typeof import('node:sqlite'), path: string, isReadOnly: boolean): DatabaseSync => {
	// SQLite wants to write beside the file even to read it, unless told that nobody else writes.
	const isFrozen = isReadOnly && !existsSync(`${path}-wal`);
	const address = isFrozen ? new URL(`${pathToFileURL(path).href}?immutable=1`) : path;
	const database = new sqlite.DatabaseSync(address, {timeout: patienceMs, readOnly: isReadOnly});
	try {
		if (isReadOnly) requireReadable(database, path);
		else {
			migrate(database, path);
			database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
			database.exec(`PRAGMA journal_size_limit = ${mostLogBytes}`);
		}
		return database;
	} catch (error) {
		attempt(() => database.close());
		throw error;
	}
};

/** Sets a damaged database aside, unless whoever else noticed has done so already. Throws the file system's error. */
export const makeRoom = (path: string, identity: string | undefined, now: number): string | undefined =>
	identity !== undefined && identityOf(path) === identity ? setAside(path, now) : undefined;

/**
 * Opens the kept history, and begins one where there is none. A damaged one is set aside under another name. Throws
 * HistoryFault.
 */
export const openDatabase = ({directory, now, load = loadSqlite}: OpenOptions): OpenDatabase => {
	const sqlite = load();
	const path = historyPath(directory);
	if (sqlite === undefined) throw new HistoryFault('no-sqlite', path);
	const open = (): OpenDatabase => {
		const {isReadOnly} = prepareFile(directory, path);
		const identity = identityOf(path);
		return {database: openAt(sqlite, path, isReadOnly), path, identity, isReadOnly};
	};
	const before = identityOf(path);
	try {
		return open();
	} catch (error) {
		const fault = faultOf(error, path);
		if (fault.kind !== 'damaged') throw fault;
		try {
			const asideAt = makeRoom(path, before, now);
			return {...open(), asideAt};
		} catch {
			throw fault;
		}
	}
};

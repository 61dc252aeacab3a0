import type {DatabaseSync, SQLInputValue, StatementSync} from 'node:sqlite';
import {type Entries, noEntries} from '../transcripts/entries.ts';
import type {Recalled} from '../transcripts/memory.ts';
import type {Tail} from '../transcripts/tail.ts';
import {addEvent} from './event-rows.ts';
import {HistoryFault} from './fault.ts';
import {type Context, contextColumns, type ReplyRow, turnOf} from './reply-row.ts';

/** Rows after which everything else may go on. */
const rowsAtOnce = 4000;

const breathe = () => new Promise(resolve => setImmediate(resolve));

/** Rows as lists, which Node 22 makes only of objects. */
const rowsOf = (statement: StatementSync): ((...values: readonly SQLInputValue[]) => readonly unknown[][]) => {
	const hasArrays = typeof statement.setReturnArrays === 'function';
	if (hasArrays) statement.setReturnArrays(true);
	return (...values) => {
		const rows: unknown = statement.all(...values);
		return hasArrays ? (rows as unknown[][]) : (rows as object[]).map(row => Object.values(row));
	};
};

type KnownContext = {readonly id: number; readonly lastAt: number; readonly context: Context};

const contextsOf = (database: DatabaseSync, roots: readonly string[]): readonly KnownContext[] => {
	const names = contextColumns.join(', ');
	const rows = rowsOf(database.prepare(`SELECT id, last_at, ${names} FROM contexts`))();
	const isAsked = new Set(roots);
	return rows
		.map(([id, lastAt, ...values]) => ({
			...{id: id as number, lastAt: lastAt as number},
			context: Object.fromEntries(contextColumns.map((name, index) => [name, values[index]])) as Context,
		}))
		.filter(({context}) => isAsked.has(context.root));
};

type Asked = {readonly roots: readonly string[]; readonly since: number; readonly touched: readonly string[]};

/** A file is named after its session, and what is below a folder of that name is the session's as well. */
const sessionsIn = (paths: readonly string[]): Set<string> =>
	new Set(paths.flatMap(path => path.split(/[/\\]/).map(part => part.replace(/\.jsonl$/, ''))));

const sessionsWanted = (database: DatabaseSync, contexts: readonly KnownContext[], asked: Asked): Set<string> => {
	const wanted = sessionsIn(asked.touched);
	for (const {lastAt, context} of contexts) if (lastAt >= asked.since) wanted.add(context.session);
	const told = rowsOf(database.prepare('SELECT DISTINCT session FROM events WHERE at >= ?'))(asked.since);
	for (const [session] of told) wanted.add(session as string);
	return wanted;
};

const recallReplies = async (
	database: DatabaseSync,
	contexts: readonly KnownContext[],
	{turns}: Entries,
	path: string,
): Promise<void> => {
	const columns = 'id, at, request, input, output, cache_read, cache_write_5m, cache_write_1h, marks, terms';
	const rows = rowsOf(database.prepare(`SELECT ${columns} FROM replies WHERE context = ?`));
	let pauseAt = rowsAtOnce;
	for (const {id, context} of contexts) {
		for (const row of rows(id)) turns.push(turnOf(row as unknown as ReplyRow, context, path));
		if (turns.length < pauseAt) continue;
		pauseAt = turns.length + rowsAtOnce;
		await breathe();
	}
	// The order in which things were read decides the order of rows.
	turns.sort((a, b) => a.at - b.at);
};

const recallEvents = (
	database: DatabaseSync,
	wanted: ReadonlySet<string>,
	asked: Asked,
	entries: Entries,
	path: string,
) => {
	const rows = rowsOf(database.prepare('SELECT root, session, kind, body FROM events ORDER BY at'));
	for (const [root, session, kind, body] of rows() as string[][]) {
		const isWanted = asked.roots.includes(root ?? '') && wanted.has(session ?? '');
		if (isWanted) addEvent(entries, {kind: kind ?? '', body: body ?? ''}, path);
	}
};

const rests: ReadonlySet<unknown> = new Set<Tail['rest']>(['none', 'fresh', 'tried']);

const tailOf = ([stamp, inode, size, offset, guard, rest, isSkipping]: readonly unknown[], path: string): Tail => {
	if (!rests.has(rest)) throw new HistoryFault('damaged', path);
	return {
		...{stamp: stamp as string, inode: Number(inode), size: size as number, offset: offset as number},
		...{guard: guard as string, rest: rest as Tail['rest'], isSkipping: isSkipping === 1},
	};
};

const recallFiles = (database: DatabaseSync, roots: readonly string[], at: string): Recalled['files'] => {
	const columns = 'root, path, corrupt_lines, stamp, inode, size, offset, guard, rest, is_skipping';
	const rows = rowsOf(database.prepare(`SELECT ${columns} FROM files`))();
	return new Map(
		rows
			.filter(([root]) => roots.includes(root as string))
			.map(([, path, corruptLines, ...tail]) => [
				path as string,
				{tail: tailOf(tail, at), corruptLines: corruptLines as number},
			]),
	);
};

/** What is kept of the sessions that matter. Throws HistoryFault, and what SQLite throws. */
export const recallFrom = async (database: DatabaseSync, asked: Asked, path: string): Promise<Recalled> => {
	const entries = noEntries();
	const contexts = contextsOf(database, asked.roots);
	const wanted = sessionsWanted(database, contexts, asked);
	await recallReplies(
		database,
		contexts.filter(({context}) => wanted.has(context.session)),
		entries,
		path,
	);
	recallEvents(database, wanted, asked, entries, path);
	return {entries, files: recallFiles(database, asked.roots, path)};
};

import type {DatabaseSync} from 'node:sqlite';
import {betterTurn, type Turn} from '../../domain/replies/turn.ts';
import type {FileReading} from '../transcripts/memory.ts';
import {type EventRow, eventRows} from './event-rows.ts';
import {HistoryFault} from './fault.ts';
import {type Context, contextColumns, contextOf, type ReplyRow, rowOf, turnOf} from './reply-row.ts';
import {generationOf} from './schema.ts';
import {transact} from './sqlite.ts';

/** Few enough to be written within a frame. */
const rowsAtOnce = 400;

/** Lets everything else go on between two writes. */
const breathe = () => new Promise(resolve => setImmediate(resolve));

type Reply = {readonly context: Context; readonly contextKey: string; readonly turn: Turn};

/** What SQLite cannot hold as it is would come back as another reply. */
const isKeepable = (turn: Turn): boolean => {
	const {id, requestId = '', at, sessionId, cwd = '', version = '', model, requestedModel = '', usage} = turn;
	const {agentId = '', agentType = ''} = turn;
	const texts = [id, requestId, sessionId, cwd, version, model, requestedModel, agentId, agentType];
	return [at, ...Object.values(usage)].every(Number.isSafeInteger) && texts.every(it => it.isWellFormed());
};

const keyOf = (context: Context): string => contextColumns.map(name => context[name]).join('\0');

/** The best line of each reply. */
const repliesOf = (files: readonly FileReading[]): readonly Reply[] => {
	const best = new Map<string, Reply>();
	for (const {root, entries} of files) {
		for (const turn of entries.turns.filter(isKeepable)) {
			const context = contextOf(turn, root);
			const contextKey = keyOf(context);
			const key = `${contextKey}\0${turn.id}`;
			const known = best.get(key)?.turn;
			if (known === undefined || betterTurn(known, turn) === turn) best.set(key, {context, contextKey, turn});
		}
	}
	return [...best.values()];
};

const marks = (count: number) => Array.from({length: count}, () => '?').join(', ');
const columns = contextColumns.join(', ');

const prepare = (database: DatabaseSync) => ({
	addContext: database.prepare(
		`INSERT INTO contexts (${columns}, first_at, last_at) VALUES (${marks(contextColumns.length)}, ?, ?)
		ON CONFLICT DO UPDATE SET first_at = min(first_at, excluded.first_at), last_at = max(last_at, excluded.last_at)
		RETURNING id`,
	),
	addReply: database.prepare(`INSERT OR IGNORE INTO replies VALUES (${marks(11)})`),
	reply: database.prepare('SELECT * FROM replies WHERE context = ? AND id = ?'),
	replaceReply: database.prepare(`INSERT OR REPLACE INTO replies VALUES (${marks(11)})`),
	addEvent: database.prepare(
		'INSERT OR REPLACE INTO events (root, kind, session, at, id, body) VALUES (?, ?, ?, ?, ?, ?)',
	),
	addFile: database.prepare(`INSERT OR REPLACE INTO files VALUES (${marks(10)})`),
});

type Statements = ReturnType<typeof prepare>;

const writeReplies = (statements: Statements, replies: readonly Reply[], path: string) => {
	for (const [, ofContext] of Map.groupBy(replies, ({contextKey}) => contextKey)) {
		const [first] = ofContext;
		if (first === undefined) continue;
		const times = ofContext.map(({turn}) => turn.at);
		const values = contextColumns.map(name => first.context[name]);
		const id = Number(statements.addContext.get(...values, Math.min(...times), Math.max(...times))?.id);
		for (const {turn, context} of ofContext) {
			if (statements.addReply.run(id, ...rowOf(turn)).changes === 1) continue;
			const [, ...row] = Object.values(statements.reply.get(id, turn.id) ?? {});
			const known = turnOf(row as unknown as ReplyRow, context, path);
			if (betterTurn(known, turn) === turn) statements.replaceReply.run(id, ...rowOf(turn));
		}
	}
};

const writeEvents = ({addEvent}: Statements, root: string, events: readonly EventRow[]) => {
	for (const {kind, session, at, id, body} of events) addEvent.run(root, kind, session, at, id, body);
};

const writeFile = ({addFile}: Statements, {path, root, tail, corruptLines}: FileReading) => {
	const {stamp, inode, size, offset, guard, rest, isSkipping} = tail;
	addFile.run(path, root, stamp, String(inode), size, offset, guard, rest, Number(isSkipping), corruptLines);
};

/**
 * Adds what was read: first the replies, a few at a time, at last how far the files were read. Whatever ends the program
 * in between, the next one reads on from where all is known, and a reply that comes twice is one. Throws HistoryFault
 * (`replaced` when the database no longer holds what it held), and what SQLite throws.
 */
export const writeReadings = async (
	database: DatabaseSync,
	files: readonly FileReading[],
	{path, generation}: {readonly path: string; readonly generation: string},
): Promise<void> => {
	const statements = prepare(database);
	const write = (action: () => void) =>
		transact(database, () => {
			if (generationOf(database) !== generation) throw new HistoryFault('replaced', path);
			action();
		});
	const replies = repliesOf(files);
	const events = files.flatMap(({root, entries}) => eventRows(entries).map(row => ({root, row})));
	for (let from = 0; from < replies.length; from += rowsAtOnce) {
		write(() => writeReplies(statements, replies.slice(from, from + rowsAtOnce), path));
		await breathe();
	}
	const isWhole = ({entries}: FileReading) => entries.turns.every(isKeepable);
	write(() => {
		for (const {root, row} of events) writeEvents(statements, root, [row]);
		for (const file of files.filter(isWhole)) writeFile(statements, file);
	});
};

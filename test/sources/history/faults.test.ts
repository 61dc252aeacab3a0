import {execFileSync} from 'node:child_process';
import {
	appendFileSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	statSync,
	symlinkSync,
	truncateSync,
	writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {beforeEach, describe, expect, test} from 'vitest';
import {openDatabase} from '../../../source/sources/history/database.ts';
import {explainFault} from '../../../source/sources/history/fault.ts';
import {createHistory} from '../../../source/sources/history/history.ts';
import {loadSqlite} from '../../../source/sources/history/sqlite.ts';
import {createTranscripts} from '../../../source/sources/transcripts/transcripts.ts';
import {explainOf, replyLine, runOnce, temporaryFolders, writeTranscript} from '../../support/kept-history.ts';

const folders = temporaryFolders();
let transcript = '';
beforeEach(() => {
	transcript = writeTranscript(folders.claude, 'a/s1.jsonl', replyLine('msg_bdrk_1'));
});

const inDatabase = (sql: string, path = folders.database) => {
	const database = new DatabaseSync(path);
	database.exec(sql);
	database.close();
};
const sentence = (fault: unknown) => explainFault(fault, folders.database).message;
const asideFiles = () =>
	readdirSync(folders.state).filter(name => name.includes('.damaged-') && name.endsWith('.sqlite'));

test('it is for its owner only, in a folder of its own', async () => {
	await runOnce(folders);
	expect([statSync(folders.state).mode & 0o777, statSync(folders.database).mode & 0o777]).toEqual([0o700, 0o600]);
});

test('nothing that was asked or answered is in it', async () => {
	const said = {content: [{type: 'text', text: 'the secret reply'}]};
	const line = JSON.parse(replyLine('msg_bdrk_2'));
	appendFileSync(transcript, `${JSON.stringify({...line, message: {...line.message, ...said}})}\n`);
	appendFileSync(transcript, `${JSON.stringify({type: 'user', message: {content: 'the secret "usage"'}})}\n`);
	expect((await runOnce(folders)).kept?.replies).toBe(2);
	expect(readFileSync(folders.database).includes('secret')).toBe(false);
});

describe('what cannot be used is said in a sentence, left as it is, and does without', () => {
	const rows: [string, () => void, RegExp][] = [
		[
			'another program’s database',
			() => inDatabase('CREATE TABLE theirs (a); PRAGMA application_id = 7'),
			/another program/,
		],
		['one without an id', () => inDatabase('CREATE TABLE theirs (a)'), /another program/],
		[
			'a later version’s',
			() => {
				openDatabase({directory: folders.state, now: 0}).database.close();
				inDatabase('PRAGMA user_version = 999');
			},
			/later version/,
		],
		['a folder', () => mkdirSync(folders.database), /no plain file/],
		['a pipe', () => execFileSync('mkfifo', [folders.database]), /no plain file/],
		[
			'a link',
			() => {
				writeFileSync(join(folders.state, 'elsewhere'), '');
				symlinkSync(join(folders.state, 'elsewhere'), folders.database);
			},
			/no plain file/,
		],
		['a pipe beside it', () => execFileSync('mkfifo', [`${folders.database}-wal`]), /no plain file/],
	];
	test.each(rows)('%s', async (_, prepare, words) => {
		mkdirSync(folders.state, {recursive: true});
		prepare();
		const before = statSync(folders.database, {throwIfNoEntry: false})?.size;
		const {ids, fault, asideAt} = await runOnce(folders);
		expect([ids, asideAt]).toEqual([['msg_bdrk_1'], undefined]);
		expect(sentence(fault)).toMatch(words);
		expect(asideFiles()).toEqual([]);
		if (before !== undefined) expect(statSync(folders.database).size).toBe(before);
	});

	test('a file where the folder should be', async () => {
		writeFileSync(folders.state, '');
		const {ids, fault} = await runOnce(folders);
		expect([ids, /no plain file|cannot be opened/.test(sentence(fault))]).toEqual([['msg_bdrk_1'], true]);
	});

	test('a Node without SQLite', async () => {
		const open: typeof openDatabase = options => openDatabase({...options, load: () => undefined});
		const history = createHistory({directory: folders.state, now: () => 0, open});
		const files = createTranscripts({directories: [folders.claude], memory: history});
		expect((await files.read({touchedSince: 0})).turns).toHaveLength(1);
		expect([await files.keep(), explainOf(history)]).toEqual([true, 'This Node has no SQLite, so no history is kept.']);
	});
});

describe('a damaged one is set aside under another name, and all is read again', () => {
	const rows: [string, () => void][] = [
		[
			'no database at all',
			() => writeFileSync(folders.database, 'something else, and long enough to be read as a header'.repeat(20)),
		],
		['cut off', () => truncateSync(folders.database, 5000)],
		['a table that is missing', () => inDatabase('DROP TABLE replies')],
		['a count that is none', () => inDatabase('UPDATE replies SET input = -1')],
		['a count beyond all numbers', () => inDatabase('UPDATE replies SET input = 9223372036854775807')],
		['terms that are no JSON', () => inDatabase("UPDATE replies SET terms = '{'")],
		['a file that was read in no known way', () => inDatabase("UPDATE files SET rest = 'x'")],
	];
	test.each(rows)('%s', async (_, damage) => {
		await runOnce(folders);
		damage();
		const second = await runOnce(folders);
		expect([second.ids, second.kept?.replies, second.isStillKnown]).toEqual([['msg_bdrk_1'], 1, true]);
		expect(asideFiles()).toHaveLength(1);
		expect(second.asideAt).toBe(join(folders.state, asideFiles()[0] ?? ''));
		const third = await runOnce(folders);
		expect([third.bytes, third.ids, third.asideAt]).toEqual([0, ['msg_bdrk_1'], undefined]);
	});

	test('also when it happens while the program runs', async () => {
		const history = createHistory({directory: folders.state, now: () => 0});
		const files = createTranscripts({directories: [folders.claude], memory: history});
		await files.read({touchedSince: 0});
		await files.keep();
		inDatabase('DROP TABLE replies');
		appendFileSync(transcript, `${replyLine('msg_bdrk_2')}\n`);
		await files.read({touchedSince: 0});
		expect(await files.keep()).toBe(false);
		const again = createTranscripts({directories: [folders.claude], memory: history});
		await again.read({touchedSince: 0});
		expect([await again.keep(), history.look().replies, asideFiles().length]).toEqual([true, 2, 1]);
		history.close();
	});
});

test('an id or a folder without a plain text is read again rather than kept as another', async () => {
	writeTranscript(folders.claude, 'a/s2.jsonl', replyLine('msg_bdrk_\ud800'));
	await runOnce(folders);
	const {ids} = await runOnce(folders);
	expect(ids).toHaveLength(2);
});

test('loading SQLite says nothing to the person', () => {
	const said: unknown[] = [];
	const {emitWarning} = process;
	process.emitWarning = ((warning: unknown) => said.push(warning)) as never;
	try {
		expect([loadSqlite() === undefined, said, existsSync(folders.database)]).toEqual([false, [], false]);
	} finally {
		process.emitWarning = emitWarning;
	}
});

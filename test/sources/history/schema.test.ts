import {DatabaseSync} from 'node:sqlite';
import {expect, test} from 'vitest';
import {migrate, migrations} from '../../../source/sources/history/schema.ts';
import {pragma} from '../../../source/sources/history/sqlite.ts';
import {replyLine, runOnce, temporaryFolders, writeTranscript} from '../../support/kept-history.ts';

const folders = temporaryFolders();

/** A database of an older version, with a reply in it, as a later program finds it. */
const olderDatabase = async () => {
	writeTranscript(folders.claude, 'a/s1.jsonl', replyLine('msg_bdrk_1'));
	await runOnce(folders);
	return new DatabaseSync(folders.database);
};
const next = "ALTER TABLE replies ADD COLUMN region TEXT NOT NULL DEFAULT 'unknown'";
const rows = (database: DatabaseSync) => database.prepare('SELECT * FROM replies').all();

test('an older schema becomes the newer one, with all that was kept', async () => {
	const database = await olderDatabase();
	const version = pragma(database, 'user_version');
	expect(version).toBe(migrations.length);
	migrate(database, folders.database, [...migrations, next]);
	expect(pragma(database, 'user_version')).toBe(version + 1);
	expect(rows(database)).toEqual([expect.objectContaining({id: 'msg_bdrk_1', region: 'unknown'})]);
	// Once is enough.
	migrate(database, folders.database, [...migrations, next]);
	expect(() => migrate(database, folders.database)).toThrow(expect.objectContaining({kind: 'newer'}));
	database.close();
	expect((await runOnce(folders)).fault).toMatchObject({kind: 'newer'});
});

test('a step that fails leaves everything as it was', async () => {
	const database = await olderDatabase();
	expect(() => migrate(database, folders.database, [...migrations, `${next}; CREATE TABLE replies (a)`])).toThrow();
	expect([pragma(database, 'user_version'), 'region' in (rows(database)[0] ?? {})]).toEqual([migrations.length, false]);
	database.close();
	expect((await runOnce(folders)).ids).toEqual(['msg_bdrk_1']);
});

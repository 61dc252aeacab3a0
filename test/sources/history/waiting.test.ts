import {appendFileSync, mkdirSync, rmSync} from 'node:fs';
import {DatabaseSync} from 'node:sqlite';
import {beforeEach, describe, expect, test} from 'vitest';
import {openDatabase} from '../../../source/sources/history/database.ts';
import {createHistory} from '../../../source/sources/history/history.ts';
import {createTranscripts} from '../../../source/sources/transcripts/transcripts.ts';
import {explainOf, replyLine, runOnce, temporaryFolders, writeTranscript} from '../../support/kept-history.ts';

const folders = temporaryFolders();
let transcript = '';
beforeEach(() => {
	transcript = writeTranscript(folders.claude, 'a/s1.jsonl', replyLine('msg_bdrk_1'));
});

describe('what passes is waited for', () => {
	let now = 0;
	const run = () => {
		const history = createHistory({directory: folders.state, now: () => now});
		return {history, files: createTranscripts({directories: [folders.claude], memory: history})};
	};
	beforeEach(() => {
		now = 0;
	});

	test('a lock: nothing is lost once it is gone', async () => {
		await runOnce(folders);
		const {history, files} = run();
		await files.read({touchedSince: 0});
		await files.keep();
		const other = new DatabaseSync(folders.database);
		other.exec('BEGIN IMMEDIATE');
		appendFileSync(transcript, `${replyLine('msg_bdrk_2')}\n`);
		await files.read({touchedSince: 0});
		expect([await files.keep(), explainOf(history)]).toEqual([
			true,
			'Another program holds the kept history; it is tried again.',
		]);
		other.exec('ROLLBACK');
		other.close();
		now += 60_000;
		expect([await files.keep(), history.look().replies]).toEqual([true, 2]);
		history.close();
		expect((await runOnce(folders)).bytes).toBe(0);
	});

	test('a history that was forgotten or deleted meanwhile: all is read again', async () => {
		const {history, files} = run();
		await files.read({touchedSince: 0});
		await files.keep();
		for (const ending of ['', '-wal', '-shm']) rmSync(folders.database + ending, {force: true});
		appendFileSync(transcript, `${replyLine('msg_bdrk_2')}\n`);
		await files.read({touchedSince: 0});
		expect(await files.keep()).toBe(false);
		const again = createTranscripts({directories: [folders.claude], memory: history});
		await again.read({touchedSince: 0});
		expect([await again.keep(), history.look().replies]).toEqual([true, 2]);
		history.close();
	});

	test('a file that stood in its way', async () => {
		mkdirSync(folders.database, {recursive: true});
		const {history, files} = run();
		await files.read({touchedSince: 0});
		expect([await files.keep(), explainOf(history)]).toEqual([true, expect.stringContaining('no plain file')]);
		rmSync(folders.database, {recursive: true});
		now += 60_000;
		expect(await files.keep()).toBe(false);
		history.close();
	});

	test('a full disk, until there is room', async () => {
		await runOnce(folders);
		let pages = 1;
		let now = 0;
		const open: typeof openDatabase = options => {
			const opened = openDatabase(options);
			opened.database.exec(`PRAGMA max_page_count = ${pages}`);
			return opened;
		};
		const history = createHistory({directory: folders.state, now: () => now, open});
		const files = createTranscripts({directories: [folders.claude], memory: history});
		await files.read({touchedSince: 0});
		const many = Array.from({length: 300}, (_, index) => `${replyLine(`msg_bdrk_more_${index}`)}\n`);
		appendFileSync(transcript, many.join(''));
		expect((await files.read({touchedSince: 0})).turns).toHaveLength(300);
		expect([await files.keep(), explainOf(history)]).toEqual([true, expect.stringContaining('The disk is full')]);
		pages = 100_000;
		now = 60_000;
		history.close();
		expect([await files.keep(), history.look().replies]).toEqual([true, 301]);
		history.close();
	});
});

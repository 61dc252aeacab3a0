import {appendFileSync, rmSync} from 'node:fs';
import {DatabaseSync} from 'node:sqlite';
import {expect, test} from 'vitest';
import {openDatabase} from '../../../source/sources/history/database.ts';
import {forgetBefore} from '../../../source/sources/history/forget.ts';
import {createHistory} from '../../../source/sources/history/history.ts';
import {createTranscripts} from '../../../source/sources/transcripts/transcripts.ts';
import {replyLine, runOnce, temporaryFolders, writeTranscript} from '../../support/kept-history.ts';

const folders = temporaryFolders();
const forget = (before?: string) => {
	const {database} = openDatabase({directory: folders.state, now: 0});
	const forgotten = forgetBefore(database, before === undefined ? undefined : Date.parse(before));
	database.close();
	return forgotten;
};
const early = replyLine('msg_bdrk_early', {at: '2026-11-20T09:00:00.000Z'});
const costLine = JSON.stringify({
	...{type: 'cost-state', sessionId: 's1', timestamp: '2026-11-23T09:00:03.000Z'},
	modelUsage: {'us.anthropic.claude-opus-5-5': {inputTokens: 11, outputTokens: 22}},
});

test('only what is older than a day is forgotten, and what would be wrong without it', async () => {
	const path = writeTranscript(folders.claude, 'a/s1.jsonl', early, replyLine('msg_bdrk_late'), costLine);
	await runOnce(folders);
	rmSync(path);
	expect(forget('2026-11-21T00:00:00.000Z')).toBe(1);
	const {ids, costs, kept} = await runOnce(folders);
	expect([ids, costs, kept?.replies]).toEqual([['msg_bdrk_late'], [], 1]);
	expect(kept?.since).toBe(Date.parse('2026-11-21T00:00:00.000Z'));
});

test('all is forgotten, and nothing of it is left in the file', async () => {
	const path = writeTranscript(folders.claude, 'a/s1.jsonl', early, replyLine('msg_bdrk_late'), costLine);
	await runOnce(folders);
	rmSync(path);
	expect(forget()).toBe(2);
	const database = new DatabaseSync(folders.database);
	const tables = ['replies', 'contexts', 'events', 'files'].map(
		table => database.prepare(`SELECT count(*) AS rows FROM ${table}`).get()?.rows,
	);
	database.close();
	expect(tables).toEqual([0, 0, 0, 0]);
	expect((await runOnce(folders)).ids).toEqual([]);
});

test('what transcripts still hold is read again, also by a program that runs meanwhile', async () => {
	const path = writeTranscript(folders.claude, 'a/s1.jsonl', early, replyLine('msg_bdrk_late'));
	const history = createHistory({directory: folders.state, now: () => 0});
	const files = createTranscripts({directories: [folders.claude], memory: history});
	await files.read({touchedSince: 0});
	await files.keep();
	expect(forget()).toBe(2);
	appendFileSync(path, `${replyLine('msg_bdrk_new')}\n`);
	await files.read({touchedSince: 0});
	expect(await files.keep()).toBe(false);
	const again = createTranscripts({directories: [folders.claude], memory: history});
	await again.read({touchedSince: 0});
	expect([await again.keep(), history.look().replies]).toEqual([true, 3]);
	history.close();
});

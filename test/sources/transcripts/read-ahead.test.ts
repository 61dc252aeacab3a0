import {appendFileSync, rmSync, utimesSync} from 'node:fs';
import {expect, test} from 'vitest';
import {createHistory} from '../../../source/sources/history/history.ts';
import {createTranscripts} from '../../../source/sources/transcripts/transcripts.ts';
import {replyLine, runOnce, temporaryFolders, writeTranscript} from '../../support/kept-history.ts';

const folders = temporaryFolders();
const today = Date.parse('2026-11-23T00:00:00.000Z');
const rest = (path: string) => utimesSync(path, today / 1000 - 90_000, today / 1000 - 90_000);
const open = () => {
	const history = createHistory({directory: folders.state, now: () => today});
	return {history, files: createTranscripts({directories: [folders.claude], memory: history})};
};
const old = (id: string) => replyLine(id, {sessionId: id, at: '2026-11-20T09:00:00.000Z'});

test('what nothing asks for is kept all the same, and shown only once it is asked for', async () => {
	const path = writeTranscript(folders.claude, 'a/old.jsonl', old('msg_bdrk_old'));
	rest(path);
	writeTranscript(folders.claude, 'a/s1.jsonl', replyLine('msg_bdrk_new'));
	const {history, files} = open();
	const {turns} = await files.read({touchedSince: today});
	expect(turns.map(({id}) => id)).toEqual(['msg_bdrk_new']);
	expect([await files.readAhead(), await files.keep(), history.look().replies]).toEqual([true, true, 2]);
	expect((await files.read({touchedSince: today})).turns).toEqual([]);
	history.close();
	rmSync(path);
	expect((await runOnce(folders)).ids).toEqual(['msg_bdrk_new', 'msg_bdrk_old']);
});

test('it is a little at a time, and only once in all runs', async () => {
	const filler = JSON.stringify({type: 'user', message: {content: 'x'.repeat(3 << 20)}});
	for (const name of ['1', '2', '3'])
		rest(writeTranscript(folders.claude, `a/${name}.jsonl`, filler, old(`msg_bdrk_${name}`)));
	const first = open();
	await first.files.read({touchedSince: today});
	expect([await first.files.readAhead(), await first.files.readAhead()]).toEqual([false, true]);
	await first.files.keep();
	first.history.close();
	const second = open();
	await second.files.read({touchedSince: today});
	expect(await second.files.readAhead()).toBe(true);
	await second.files.keep();
	expect(second.history.look().replies).toBe(3);
	second.history.close();
});

test('a session that goes on is read whole, so that nothing of it is missing', async () => {
	const path = writeTranscript(folders.claude, 'a/old.jsonl', old('msg_bdrk_1'));
	rest(path);
	const before = open();
	await before.files.read({touchedSince: today});
	await before.files.readAhead();
	await before.files.keep();
	before.history.close();
	const {history, files} = open();
	expect((await files.read({touchedSince: today})).turns).toEqual([]);
	appendFileSync(path, `${replyLine('msg_bdrk_2', {sessionId: 'msg_bdrk_1'})}\n`);
	const {turns} = await files.read({touchedSince: today});
	expect(turns.map(({id}) => id)).toEqual(['msg_bdrk_1', 'msg_bdrk_2']);
	await files.keep();
	expect(history.look().replies).toBe(2);
	history.close();
});

import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {appendFileSync, chmodSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {setTimeout as sleep} from 'node:timers/promises';
import {afterEach, expect, test} from 'vitest';
import {replyLine, runOnce, temporaryFolders, writeTranscript} from '../../support/kept-history.ts';

const folders = temporaryFolders();
const worker = join(import.meta.dirname, '../../support/history-worker.ts');
const nobody = 65_534;
let children: ChildProcess[] = [];
afterEach(() => {
	for (const child of children) child.kill('SIGKILL');
	children = [];
});

const start = (times: readonly string[] = [], asNobody = false) => {
	const user = asNobody && process.getuid?.() === 0 ? {uid: nobody, gid: nobody} : {};
	const child = spawn(process.execPath, [worker, folders.claude, folders.state, ...times], {
		...user,
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	children.push(child);
	return child;
};
const kill = async (child: ChildProcess) => {
	const isOver = once(child, 'exit');
	child.kill('SIGKILL');
	await isOver;
};
const outputOf = async (child: ChildProcess) => {
	let output = '';
	child.stdout?.on('data', chunk => {
		output += chunk;
	});
	await once(child, 'close');
	return output;
};
const append = (path: string, from: number, count: number) => {
	const lines = Array.from({length: count}, (_, index) =>
		replyLine(`msg_bdrk_${from + index}`, {output: from + index}),
	);
	appendFileSync(path, `${lines.join('\n')}\n`);
};

/** Replies, tokens of output, and what SQLite itself thinks of the file. */
const keptInFile = () => {
	const database = new DatabaseSync(folders.database);
	const sums = database.prepare('SELECT count(*) AS replies, sum(output) AS tokens FROM replies').get();
	const check = database.prepare('PRAGMA integrity_check').get();
	database.close();
	return {...sums, ...check};
};

test('two at once, each killed while it writes: nothing is lost and nothing is there twice', async () => {
	const path = writeTranscript(folders.claude, 'a/s1.jsonl', replyLine('msg_bdrk_0', {output: 0}));
	let count = 1;
	for (let round = 0; round < 5; round++) {
		const pair = [start(), start()];
		await Promise.all(pair.map(child => once(child.stdout ?? child, 'data')));
		for (const child of pair) {
			for (let part = 0; part < 10; part++) {
				append(path, count, 60);
				count += 60;
				await sleep(5);
			}
			await kill(child);
		}
	}
	const {ids} = await runOnce(folders);
	expect(ids).toHaveLength(count);
	const isRight = {replies: count, tokens: ((count - 1) * count) / 2, integrity_check: 'ok'};
	expect(keptInFile()).toEqual(isRight);
	const last = await runOnce(folders);
	expect([last.bytes, last.ids.length, last.turns.length]).toEqual([0, count, count]);
}, 120_000);

test('a folder that cannot be written to: what is kept is read, and a sentence says the rest', async () => {
	const path = writeTranscript(folders.claude, 'a/s1.jsonl', replyLine('msg_bdrk_1'));
	await runOnce(folders);
	append(path, 2, 1);
	chmodSync(dirname(folders.claude), 0o755);
	chmodSync(folders.database, 0o444);
	chmodSync(folders.state, 0o555);
	const output = await outputOf(start(['once'], true));
	chmodSync(folders.state, 0o755);
	expect(output).toContain('["msg_bdrk_1","msg_bdrk_2"]');
	expect(output).toContain(`The kept history cannot be written to: ${folders.database}`);
}, 30_000);

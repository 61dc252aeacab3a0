import {execFileSync, spawnSync} from 'node:child_process';
import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {writeStatusFile} from '../../source/app/status/status-file.ts';
import {median} from './start.ts';

const root = join(import.meta.dirname, '../..');

const timeOf = (args: readonly string[], env: Record<string, string>): number => {
	const startedAt = performance.now();
	execFileSync(process.execPath, [...args], {env: {...process.env, ...env}, stdio: 'ignore'});
	return performance.now() - startedAt;
};

const keep = (directory: string) => {
	const now = Date.now();
	const none = {calls: 0, unpricedCalls: 0, unpricedTokens: 0, lowerBound: false};
	const spent = {...none, amount: 4_120_000_000_000n, low: 4_120_000_000_000n, high: 4_120_000_000_000n, calls: 40};
	writeStatusFile(
		directory,
		{verdict: 'bedrock', spent, isUnread: false, window: 'today', burn: 2_100_000_000_000n},
		{pid: process.pid, at: now},
	);
};

/** `bedtop status` against Node doing nothing, in turn: from the state file, and from the transcripts of an idle day. */
export const benchStatus = (folder: string, env: Record<string, string>, runs = 25) => {
	const withFile = {...env, XDG_STATE_HOME: join(folder, 'state')};
	const without = {...env, XDG_STATE_HOME: join(folder, 'nothing')};
	mkdirSync(withFile.XDG_STATE_HOME, {recursive: true});
	const command = [join(root, 'dist/cli.js'), 'status'];
	const rounds: {bare: number; file: number; transcripts: number}[] = [];
	for (let run = -2; run < runs; run++) {
		keep(join(withFile.XDG_STATE_HOME, 'bedtop'));
		const bare = timeOf(['-e', '0'], env);
		const file = timeOf(command, withFile);
		const transcripts = timeOf(command, without);
		if (run >= 0) rounds.push({bare, file, transcripts});
	}
	const line = (of: Record<string, string>) =>
		spawnSync(process.execPath, command, {env: {...process.env, ...of}, encoding: 'utf8'}).stdout.trim();
	return {
		lines: [line(withFile), line(without)],
		bareMs: median(rounds.map(({bare}) => bare)),
		fileRatio: median(rounds.map(({bare, file}) => file / bare)),
		transcriptsRatio: median(rounds.map(({bare, transcripts}) => transcripts / bare)),
	};
};

import {appendFileSync, mkdirSync, rmSync, utimesSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {cpuTicks, rssMb, ticksPerSecond} from './quiet.ts';
import {endPty, openPty} from './start.ts';

const root = join(import.meta.dirname, '../..');
const old = new Date('2026-01-15T12:00:00Z');

const replyLine = (id: string) =>
	`${JSON.stringify({
		type: 'assistant',
		uuid: id,
		sessionId: 'session-0',
		timestamp: new Date().toISOString(),
		version: '2.1.330',
		cwd: '/home/dev/shop',
		requestId: id,
		requestedModel: 'us.anthropic.claude-opus-5-5',
		message: {
			model: 'claude-opus-5-5',
			id: `msg_bdrk_${id}`,
			role: 'assistant',
			usage: {input_tokens: 10, output_tokens: 90_000},
		},
	})}\n`;

/** Transcripts of last winter, 50 in a folder. */
const generate = (projects: string, files: number) => {
	for (let file = 0; file < files; file++) {
		const folder = join(projects, `-home-dev-project-${Math.floor(file / 50)}`);
		if (file % 50 === 0) mkdirSync(folder, {recursive: true});
		const path = join(folder, `session-${file}.jsonl`);
		writeFileSync(path, replyLine(`old-${file}`));
		utimesSync(path, old, old);
		if (file % 50 === 49) utimesSync(folder, old, old);
	}
};

const percentile = (values: readonly number[], share: number): number =>
	values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;

/** CPU, memory and the time from a line to its pixels while a line a second is appended beside so many old files. */
export const benchOldFiles = async (folder: string, env: Record<string, string>, files: number, seconds = 30) => {
	const claude = join(folder, `old-${files}`);
	const projects = join(claude, 'projects');
	generate(projects, files);
	const live = join(projects, '-home-dev-shop');
	mkdirSync(live, {recursive: true});
	const path = join(live, 'session-0.jsonl');
	writeFileSync(path, replyLine('first'));
	let text = '';
	let onOutput: (() => void) | undefined;
	const command = `${process.execPath} ${join(root, 'dist/cli.js')} --no-aws`;
	const child = openPty(command, {...env, CLAUDE_CONFIG_DIR: claude}, output => {
		text = output;
		onOutput?.();
	});
	await sleep(8000);
	const pid = Number(/PID:(\d+):/.exec(text)?.[1]);
	const startTicks = cpuTicks(pid);
	const waits: number[] = [];
	for (let second = 0; second < seconds; second++) {
		const writtenAt = performance.now();
		onOutput = () => {
			waits.push(performance.now() - writtenAt);
			onOutput = undefined;
		};
		appendFileSync(path, replyLine(`new-${second}`));
		await sleep(1000 + second);
	}
	const cpuPercent = (100 * (cpuTicks(pid) - startTicks)) / ticksPerSecond() / seconds;
	const result = {cpuPercent, rssMb: rssMb(pid), p50: percentile(waits, 0.5), p99: percentile(waits, 0.99)};
	endPty(child);
	rmSync(claude, {recursive: true});
	return result;
};

import {execFileSync} from 'node:child_process';
import {closeSync, mkdirSync, openSync, writeSync} from 'node:fs';
import {join} from 'node:path';
import {median} from './start.ts';

const root = join(import.meta.dirname, '../..');
const filler = 'x'.repeat(1400);

const usageLine = (file: number, line: number, at: string) =>
	JSON.stringify({
		type: 'assistant',
		uuid: `uuid-${file}-${line}`,
		sessionId: `session-${file}`,
		timestamp: at,
		version: '2.1.330',
		cwd: `/home/dev/project-${file % 20}`,
		requestId: `req-${file}-${line}`,
		requestedModel: 'us.anthropic.claude-opus-5-5',
		message: {
			model: 'claude-opus-5-5',
			id: `msg_bdrk_01${file}x${line}`,
			type: 'message',
			role: 'assistant',
			content: [{type: 'text', text: filler.slice(0, 300)}],
			stop_reason: 'end_turn',
			usage: {
				input_tokens: 10,
				output_tokens: 300,
				cache_read_input_tokens: 50_000,
				cache_creation_input_tokens: 2000,
				cache_creation: {ephemeral_5m_input_tokens: 2000, ephemeral_1h_input_tokens: 0},
			},
		},
	});

const promptLine = (file: number, line: number) =>
	JSON.stringify({
		type: 'user',
		uuid: `user-${file}-${line}`,
		sessionId: `session-${file}`,
		message: {content: filler},
	});

/** 200 files, 40,000 replies and as many prompts: about 90 MB. */
const generate = (claude: string): number => {
	const at = new Date().toISOString();
	let bytes = 0;
	for (let file = 0; file < 200; file++) {
		const folder = join(claude, 'projects', `-home-dev-project-${file % 20}`);
		mkdirSync(folder, {recursive: true});
		const handle = openSync(join(folder, `session-${file}.jsonl`), 'w');
		for (let line = 0; line < 200; line++) {
			bytes += writeSync(handle, `${promptLine(file, line)}\n${usageLine(file, line, at)}\n`);
		}
		closeSync(handle);
	}
	return bytes;
};

const time = (command: string, args: readonly string[], env: Record<string, string>): number => {
	const startedAt = performance.now();
	execFileSync(command, args, {env: {...process.env, ...env}, stdio: ['ignore', 'ignore', 'inherit'], maxBuffer: 1e9});
	return performance.now() - startedAt;
};

/** Whole-process time to read 90 MB of today's transcripts, against ccusage where that is installed (or named). */
export const benchTranscripts = (folder: string, env: Record<string, string>, runs = 7) => {
	const claude = join(folder, 'claude');
	const bytes = generate(claude);
	const ccusage = process.env.BEDTOP_CCUSAGE ?? 'ccusage';
	const hasCcusage = (() => {
		try {
			execFileSync(ccusage, ['--version'], {stdio: 'ignore'});
			return true;
		} catch {
			return false;
		}
	})();
	const own = ['--json', '--no-aws', '--claude-dir', claude];
	const pairs: {app: number; ccusage: number}[] = [];
	for (let run = -1; run < runs; run++) {
		const app = time(process.execPath, [join(root, 'dist/cli.js'), ...own], env);
		const other = hasCcusage
			? time(ccusage, ['daily', '--json', '--offline'], {...env, CLAUDE_CONFIG_DIR: claude})
			: Number.NaN;
		if (run >= 0) pairs.push({app, ccusage: other});
	}
	return {
		megabytes: bytes / 1e6,
		appMs: median(pairs.map(pair => pair.app)),
		ccusageMs: hasCcusage ? median(pairs.map(pair => pair.ccusage)) : undefined,
		ratio: hasCcusage ? median(pairs.map(pair => pair.app / pair.ccusage)) : undefined,
	};
};

import {type ChildProcess, spawn} from 'node:child_process';
import {appendFileSync, mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {bin} from '../support/cli.ts';

let home: string;
let file: string;
let child: ChildProcess | undefined;
beforeEach(() => {
	home = mkdtempSync(join(tmpdir(), 'bedtop-stream-'));
	mkdirSync(join(home, '.claude', 'projects', 'shop'), {recursive: true});
	file = join(home, '.claude', 'projects', 'shop', 's1.jsonl');
});
afterEach(() => {
	child?.kill('SIGKILL');
	rmSync(home, {recursive: true, force: true});
});

const reply = (id: string) =>
	`${JSON.stringify({
		type: 'assistant',
		sessionId: 's1',
		timestamp: new Date().toISOString(),
		cwd: '/home/dev/shop',
		requestedModel: 'us.anthropic.claude-opus-5-5',
		message: {id, model: 'claude-opus-5-5', stop_reason: 'end_turn', usage: {input_tokens: 10, output_tokens: 20}},
	})}\n`;

test('--jsonl prints one whole object per change, the first when something is known, and none while nothing happens', async () => {
	appendFileSync(file, reply('msg_bdrk_1'));
	child = spawn(process.execPath, [bin, '--jsonl', '--no-aws'], {
		env: {...process.env, HOME: home},
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	let output = '';
	child.stdout?.setEncoding('utf8').on('data', (text: string) => {
		output += text;
	});
	const objects = () =>
		output
			.split('\n')
			.slice(0, -1)
			.map(line => JSON.parse(line));
	const calls = () => objects().map(({spend}) => spend.local.calls);
	await expect.poll(() => calls().at(-1), {timeout: 15_000}).toBe(1);
	expect(calls()[0]).toBe(1);
	expect(objects()[0]).toMatchObject({schema: 1, demo: false, routing: {verdict: 'bedrock'}});
	appendFileSync(file, reply('msg_bdrk_2'));
	await expect.poll(() => calls().at(-1), {timeout: 15_000}).toBe(2);
	// The folder's settings are looked up once its first reply is known; then the sweeps find nothing.
	const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));
	await pause(6000);
	const before = objects().length;
	await pause(6000);
	expect(objects()).toHaveLength(before);
	child.kill('SIGTERM');
	await new Promise(resolve => child?.once('exit', resolve));
	expect(child.exitCode).toBe(143);
}, 40_000);

test('a reader that leaves ends it without a word', async () => {
	child = spawn('sh', ['-c', `"$0" "$1" --demo --jsonl | head -1`, process.execPath, bin], {
		env: {...process.env, HOME: home},
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const [out, err]: [string[], string[]] = [[], []];
	child.stdout?.setEncoding('utf8').on('data', (text: string) => out.push(text));
	child.stderr?.setEncoding('utf8').on('data', (text: string) => err.push(text));
	await new Promise(resolve => child?.once('close', resolve));
	expect(JSON.parse(out.join(''))).toMatchObject({demo: true});
	expect(err.join('')).toBe('');
}, 40_000);

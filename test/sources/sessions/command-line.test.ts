import {spawn} from 'node:child_process';
import {mkdir, mkdtemp, realpath, rm, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {readModelArgument, readSettingsArgument} from '../../../source/sources/sessions/command-line.ts';

let proc = '';
beforeEach(async () => {
	proc = await mkdtemp(join(tmpdir(), 'bedtop-proc-'));
	await mkdir(join(proc, '7'));
});
afterEach(() => rm(proc, {recursive: true, force: true}));

const read = async (words: readonly string[], cwd: string | undefined = '/work/shop') => {
	await writeFile(join(proc, '7', 'cmdline'), words.map(word => `${word}\0`).join(''));
	if (cwd !== '') await symlink(cwd, join(proc, '7', 'cwd'));
	return readSettingsArgument(7, proc);
};

test.each([
	['a path', ['claude', '--settings', '/etc/x.json'], {file: '/etc/x.json'}],
	['a path after an equals sign', ['claude', '--settings=/etc/x.json'], {file: '/etc/x.json'}],
	['a relative path', ['claude', '-p', 'hi', '--settings', '../x.json'], {file: '/work/x.json'}],
	['JSON', ['claude', '--settings', '{"env":{"A":"1"}}'], {json: {env: {A: '1'}}}],
	['JSON after an equals sign', ['claude', '--settings= {"a":"b=c"} '], {json: {a: 'b=c'}}],
	['broken JSON, which is taken for a path', ['claude', '--settings', '{x'], {file: '/work/shop/{x'}],
	['the last of two', ['claude', '--settings', '/a', '--settings=/b'], {file: '/b'}],
	['no such option', ['claude', '--model', 'opus'], undefined],
	['another option', ['claude', '--setting-sources', 'user'], undefined],
	['nothing behind it', ['claude', '--settings'], undefined],
	['an empty value', ['claude', '--settings='], undefined],
	['a word of the prompt', ['claude', '-p', '--', '--settings', '/x'], undefined],
	['no words', [], undefined],
])('%s', async (_what, words, expected) => {
	expect(await read(words)).toEqual(expected);
});

test('a relative path means nothing without the folder', async () => {
	expect(await read(['claude', '--settings', 'x.json'], '')).toBeUndefined();
	expect(await read(['claude', '--settings', '/x.json'], '')).toEqual({file: '/x.json'});
});

test('a process that is gone, or a system without /proc, has none', async () => {
	expect(await readSettingsArgument(8, proc)).toBeUndefined();
	expect(await readSettingsArgument(8, join(proc, 'none'))).toBeUndefined();
});

test.runIf(process.platform === 'linux')('a real process shows it', async () => {
	const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', 'x', '--settings', 'a.json'], {
		cwd: proc,
	});
	try {
		const expected = {file: join(await realpath(proc), 'a.json')};
		await expect.poll(() => readSettingsArgument(child.pid ?? 0)).toEqual(expected);
	} finally {
		child.kill('SIGKILL');
	}
});

test.each([
	['a profile', ['claude', '--model', 'global.anthropic.claude-opus-5-5'], 'global.anthropic.claude-opus-5-5'],
	[
		'one after an equals sign',
		['claude', '-p', 'hi', '--model=us.anthropic.claude-fable-5[1m]'],
		'us.anthropic.claude-fable-5',
	],
	[
		'an ARN',
		['claude', '--model', 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3d4e5f6'],
		'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3d4e5f6',
	],
	[
		'the last of two',
		['claude', '--model', 'opus', '--model', 'us.anthropic.claude-opus-5-5'],
		'us.anthropic.claude-opus-5-5',
	],
	['no alias', ['claude', '--model', 'opus'], undefined],
	['no name without a scope', ['claude', '--model', 'claude-opus-5-5'], undefined],
	['nothing of a prompt', ['claude', '-p', '--', '--model', 'us.anthropic.claude-opus-5-5'], undefined],
	['nothing that could reach a terminal', ['claude', '--model', 'us.anthropic.claude\u001b[31m'], undefined],
	['no other option', ['claude', '--fallback-model', 'us.anthropic.claude-opus-5-5'], undefined],
	['nothing without a value', ['claude', '--model'], undefined],
])('the model on a command line: %s', async (_, words, expected) => {
	await writeFile(join(proc, '7', 'cmdline'), words.map(word => `${word}\0`).join(''));
	expect(await readModelArgument(7, proc)).toBe(expected);
});

test('the model of a process that is gone is not known', async () => {
	expect(await readModelArgument(8, proc)).toBeUndefined();
});

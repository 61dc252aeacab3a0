import {chmod, mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {readConfiguration} from '../../../source/sources/sessions/settings.ts';
import {worded} from '../../support/worded.ts';

let home = '';
beforeEach(async () => {
	home = await mkdtemp(join(tmpdir(), 'bedtop-settings-file-'));
	await mkdir(join(home, 'shop', 'web'), {recursive: true});
});
afterEach(() => rm(home, {recursive: true, force: true}));

const bedrock = 'CLAUDE_CODE_USE_BEDROCK';
const write = async (name: string, content: string) => {
	await mkdir(dirname(join(home, name)), {recursive: true});
	await writeFile(join(home, name), content);
};
const settings = (name: string, env: object) => write(name, JSON.stringify({env}));
const read = (
	shell: Readonly<Record<string, string>> = {},
	extra: Partial<Parameters<typeof readConfiguration>[0]> = {},
) =>
	readConfiguration({
		claudeDirectory: join(home, '.claude'),
		cwd: join(home, 'shop', 'web'),
		shell: new Map(Object.entries(shell)),
		home,
		platform: 'linux',
		managedDirectory: join(home, 'managed'),
		...extra,
	});

const readWords = async (...given: Parameters<typeof read>) => worded(await read(...given));

describe('a file that cannot be used', () => {
	test.each([
		['a comment', '{\n  // no\n  "env": {"CLAUDE_CODE_USE_BEDROCK": "1"}\n}', ' (line 2, column 3)', 'valid JSON'],
		['a trailing comma', '{"env": {"CLAUDE_CODE_USE_BEDROCK": "1"},}', ' (line 1, column 42)', 'valid JSON'],
		['nothing in it', '', '', 'valid JSON'],
		['a list', '[{"CLAUDE_CODE_USE_BEDROCK": "1"}]', '', 'a JSON object'],
	])('is dropped whole and named: %s', async (_what, content, place, not) => {
		await write('shop/web/.claude/settings.json', content);
		expect(await readWords()).toMatchObject({
			provider: 'first-party',
			findings: [`~/shop/web/.claude/settings.json is not ${not}${place}: Claude Code ignores the whole file`],
		});
	});

	test('never shows what it holds', async () => {
		await write('.claude/settings.json', '{"env": {"AWS_SECRET_ACCESS_KEY": hunter2}}');
		expect(JSON.stringify(await read())).not.toContain('hunter2');
	});

	test.each([
		['env', {env: 'x'}],
		['env', {env: [1]}],
		['model', {env: {[bedrock]: '1'}, model: 7}],
		['modelOverrides', {env: {[bedrock]: '1'}, modelOverrides: {a: 1}}],
		['awsAuthRefresh', {env: {[bedrock]: '1'}, awsAuthRefresh: 1}],
		['awsCredentialExport', {env: {[bedrock]: '1'}, awsCredentialExport: true}],
	])('is dropped whole where %s has the wrong type: %o', async (key, content) => {
		await write('.claude/settings.json', JSON.stringify(content));
		expect(await readWords()).toMatchObject({
			provider: 'first-party',
			findings: [`${key} in ~/.claude/settings.json has the wrong type: Claude Code ignores the whole file`],
		});
	});

	test('of an administrator loses only the key', async () => {
		await write('managed/managed-settings.json', JSON.stringify({env: {[bedrock]: '1'}, model: 7}));
		expect(await readWords()).toMatchObject({
			provider: 'bedrock',
			model: undefined,
			findings: ['model in ~/managed/managed-settings.json has the wrong type: Claude Code ignores it'],
		});
	});

	test.each(['managed/managed-settings.json', '.claude.json'])('keeps Claude Code from starting: %s', async file => {
		await write(file, '{');
		const {findings} = await readWords();
		expect(findings).toEqual([`~/${file} is not valid JSON (line 1, column 2): Claude Code refuses to start`]);
	});

	test('may begin with a byte order mark', async () => {
		await write('.claude/settings.json', `\uFEFF${JSON.stringify({env: {[bedrock]: '1'}})}`);
		expect(await read()).toMatchObject({provider: 'bedrock', findings: []});
	});

	test('may hold values that are no text, which Claude Code turns into text', async () => {
		await settings('.claude/settings.json', {[bedrock]: 1, AWS_REGION: {}, AWS_PROFILE: null});
		expect(await read()).toMatchObject({provider: 'bedrock', region: 'us-east-1', auth: {profile: 'null'}});
	});

	test.skipIf(process.platform === 'win32')('may be closed to the reader', async () => {
		await settings('.claude/settings.json', {[bedrock]: '1'});
		await chmod(home, 0o755);
		await chmod(join(home, '.claude', 'settings.json'), 0);
		const isRoot = process.getuid?.() === 0;
		if (isRoot) process.seteuid?.(65_534);
		const {findings} = await readWords().finally(() => isRoot && process.seteuid?.(0));
		expect(findings).toEqual(['cannot read ~/.claude/settings.json (permission denied)']);
	});
});

test('no secret comes out, wherever it stands', async () => {
	const secrets = {
		AWS_BEARER_TOKEN_BEDROCK: 'hunter2',
		HTTPS_PROXY: 'http://me:hunter2@proxy',
		ANTHROPIC_BEDROCK_BASE_URL: 'https://me:hunter2@gw.example.com/hunter2',
		AWS_SECRET_ACCESS_KEY: 'hunter2',
	};
	const commands = {awsAuthRefresh: 'echo hunter2', awsCredentialExport: 'echo hunter2'};
	await write('.claude/settings.json', JSON.stringify({env: {...secrets, [bedrock]: '1'}, ...commands}));
	const configuration = await read(secrets);
	expect(JSON.stringify(configuration)).not.toContain('hunter2');
	expect(worded(configuration)).toMatchObject({
		baseUrl: 'https://gw.example.com',
		auth: {
			bearer: true,
			export: true,
			refresh: true,
			from: 'AWS_BEARER_TOKEN_BEDROCK in ~/.claude/settings.json; awsCredentialExport in ~/.claude/settings.json; awsAuthRefresh in ~/.claude/settings.json',
		},
	});
});

test('models and overrides of the settings are read', async () => {
	const content = {env: {[bedrock]: '1'}, model: 'opus', modelOverrides: {'claude-opus-5-5': 'arn:aws:x'}};
	await write('shop/web/.claude/settings.json', JSON.stringify(content));
	const configuration = await readWords();
	expect(configuration).toMatchObject({model: 'opus', modelFrom: 'model in ~/shop/web/.claude/settings.json'});
	expect([...(configuration.modelOverrides ?? [])]).toEqual([['claude-opus-5-5', 'arn:aws:x']]);
});

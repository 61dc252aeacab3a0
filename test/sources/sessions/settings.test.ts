import {mkdir, mkdtemp, rm, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {readConfiguration} from '../../../source/sources/sessions/settings.ts';
import {worded} from '../../support/worded.ts';

let home = '';
beforeEach(async () => {
	home = await mkdtemp(join(tmpdir(), 'bedtop-settings-'));
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

/** The files that can say so, from the strongest to the weakest, and how they are shown. */
const files = [
	['managed/managed-settings.d/20-last.json', '~/managed/managed-settings.d/20-last.json'],
	['managed/managed-settings.d/10-first.json', '~/managed/managed-settings.d/10-first.json'],
	['managed/managed-settings.json', '~/managed/managed-settings.json'],
	['shop/.claude/settings.local.json', '~/shop/.claude/settings.local.json'],
	['shop/web/.claude/settings.local.json', '~/shop/web/.claude/settings.local.json'],
	['shop/web/.claude/settings.json', '~/shop/web/.claude/settings.json'],
	['.claude/settings.json', '~/.claude/settings.json'],
	['.claude.json', '~/.claude.json'],
] as const;

describe('with a repository at ~/shop and a session in ~/shop/web', () => {
	beforeEach(() => mkdir(join(home, 'shop', '.git'), {recursive: true}));

	test('nothing set is the first party, in the default region', async () => {
		expect(await readWords()).toEqual({
			provider: 'first-party',
			providerFrom: 'no provider switch is set',
			region: 'us-east-1',
			regionFrom: "Claude Code's default",
			regionPrefix: 'us',
			model: undefined,
			findings: [],
		});
	});

	test('the shell decides where no file does', async () => {
		expect(await readWords({[bedrock]: '1'})).toMatchObject({
			provider: 'bedrock',
			providerFrom: `${bedrock}=1 in the shell`,
		});
	});

	test.each(files.map(([file, shown], rank) => [shown, file, rank] as const))(
		'%s beats all below it and the shell',
		async (shown, file, rank) => {
			await settings(file, {[bedrock]: 'yes'});
			for (const [lower] of files.slice(rank + 1)) await settings(lower, {[bedrock]: '0'});
			expect(await readWords({[bedrock]: '0'})).toMatchObject({
				provider: 'bedrock',
				providerFrom: `${bedrock}=yes in ${shown}`,
			});
		},
	);

	test.each(files.map(([file, shown]) => [shown, file] as const))(
		'an empty value in %s cancels the shell',
		async (shown, file) => {
			await settings(file, {[bedrock]: ''});
			expect(await readWords({[bedrock]: '1'})).toMatchObject({
				provider: 'first-party',
				providerFrom: `${bedrock}="" in ${shown} cancels ${bedrock}=1 in the shell`,
			});
		},
	);

	test.each([
		['the project settings of a parent', 'shop/.claude/settings.json'],
		['local settings above the repository', '.claude/settings.local.json'],
		['a hidden managed fragment', 'managed/managed-settings.d/.10.json'],
		['a managed fragment with another ending', 'managed/managed-settings.d/10.json.bak'],
		['a state file in the configuration folder', '.claude/.claude.json'],
	])('%s is not read', async (_what, file) => {
		await settings(file, {[bedrock]: '1'});
		expect((await read()).provider).toBe('first-party');
	});

	test('on Windows local settings count in the start folder only', async () => {
		await settings('shop/.claude/settings.local.json', {[bedrock]: '1'});
		expect((await read({}, {platform: 'win32'})).provider).toBe('first-party');
		await settings('shop/web/.claude/settings.local.json', {[bedrock]: '1'});
		expect((await read({}, {platform: 'win32'})).provider).toBe('bedrock');
	});
});

test('a repository at the home folder does not count', async () => {
	await mkdir(join(home, '.git'));
	await settings('.claude/settings.local.json', {[bedrock]: '1'});
	expect((await read()).provider).toBe('first-party');
});

test('without a folder, only what holds everywhere is read', async () => {
	await settings('.claude/settings.json', {[bedrock]: '1', AWS_REGION: 'eu-west-1'});
	const configuration = await readConfiguration({
		claudeDirectory: join(home, '.claude'),
		shell: new Map(),
		home,
		platform: 'linux',
		managedDirectory: join(home, 'managed'),
	});
	expect(configuration).toMatchObject({provider: 'bedrock', region: 'eu-west-1', regionPrefix: 'eu'});
});

test('a session in the home folder reads its settings once', async () => {
	await write('.claude/settings.json', '{');
	expect((await read({}, {cwd: home})).findings).toHaveLength(1);
});

test('files are read anew each time', async () => {
	await settings('.claude/settings.json', {[bedrock]: '1'});
	expect((await read()).provider).toBe('bedrock');
	await settings('.claude/settings.json', {[bedrock]: ''});
	expect((await read()).provider).toBe('first-party');
});

describe('the region of the AWS profile', () => {
	const credentials = '[default]\naws_secret_access_key = x\nregion = eu-west-1\n[work]\naws_access_key_id=y\n';
	const config =
		'# mine\r\n[default]\r\nregion=us-west-2\r\n\r\n[profile work]\r\nsso_region = us-east-1\r\n' +
		's3 =\r\n  region = us-east-2\r\nregion = ap-south-1 # Mumbai\r\n[work]\r\nregion = sa-east-1\r\n[sso-session x]\r\nregion = x\r\n';

	test.each([
		['default profile, credentials file first', {}, 'eu-west-1', 'profile default in ~/.aws/credentials'],
		['named profile, only in the config file', {AWS_PROFILE: 'work'}, 'ap-south-1', 'profile work in ~/.aws/config'],
		['unknown profile', {AWS_PROFILE: 'nobody'}, 'us-east-1', "Claude Code's default"],
		[
			'a variable beats the profile',
			{AWS_DEFAULT_REGION: 'eu-north-1'},
			'eu-north-1',
			'AWS_DEFAULT_REGION=eu-north-1 in the shell',
		],
		[
			'another credentials file',
			{AWS_SHARED_CREDENTIALS_FILE: '~/none'},
			'us-west-2',
			'profile default in ~/.aws/config',
		],
		[
			'another config file',
			{AWS_PROFILE: 'work', AWS_CONFIG_FILE: '~/mine.ini'},
			'eu-south-1',
			'profile work in ~/mine.ini',
		],
	])('%s', async (_what, shell, region, regionFrom) => {
		await write('.aws/credentials', credentials);
		await write('.aws/config', config);
		await write('mine.ini', '[profile "work"]\nregion = eu-south-1\n');
		expect(await readWords(shell)).toMatchObject({region, regionFrom});
	});

	test('a folder chooses no file that is opened, and the person hears that it tried', async () => {
		await write('.aws/config', config);
		await write('mine.ini', '[default]\nregion = eu-south-1\n');
		await settings('shop/web/.claude/settings.json', {AWS_CONFIG_FILE: join(home, 'mine.ini')});
		expect(await readWords()).toMatchObject({
			regionFrom: 'profile default in ~/.aws/config',
			findings: [expect.stringMatching(/^AWS_CONFIG_FILE=.* in ~\/shop\/web\/.*settings\.json is not opened here/)],
		});
		await settings('.claude/settings.json', {AWS_CONFIG_FILE: join(home, 'mine.ini')});
		expect(await read()).toMatchObject({region: 'eu-south-1', findings: []});
	});

	test('a settings file that leads to a device is named, and the others count', async () => {
		await mkdir(join(home, 'shop/web/.claude'), {recursive: true});
		await symlink('/dev/zero', join(home, 'shop/web/.claude/settings.json'));
		await settings('.claude/settings.json', {[bedrock]: '1'});
		expect(await readWords()).toMatchObject({
			provider: 'bedrock',
			findings: ['cannot read ~/shop/web/.claude/settings.json (not a plain file)'],
		});
	});

	test('follows a profile that the settings choose', async () => {
		await write('.aws/config', config);
		await settings('.claude/settings.json', {AWS_PROFILE: 'work'});
		expect(await read({AWS_PROFILE: 'nobody'})).toMatchObject({region: 'ap-south-1', regionPrefix: 'apac'});
	});

	test('counts as unset when it is not shaped like one', async () => {
		await write('.aws/config', '[default]\nregion = https://example.com\n');
		expect(await readWords()).toMatchObject({
			region: 'us-east-1',
			findings: [expect.stringContaining('not shaped like')],
		});
	});
});

describe('--settings', () => {
	test('counts below the administrator and above all else', async () => {
		const settingsArgument = {json: {env: {[bedrock]: 'on'}}};
		await settings('shop/web/.claude/settings.local.json', {[bedrock]: '0'});
		expect(await readWords({}, {settingsArgument})).toMatchObject({
			provider: 'bedrock',
			providerFrom: `${bedrock}=on in --settings`,
		});
		await settings('managed/managed-settings.json', {[bedrock]: '0'});
		expect((await read({}, {settingsArgument})).provider).toBe('first-party');
	});

	test('may name a file', async () => {
		await settings('mine.json', {[bedrock]: '1'});
		expect(await readWords({}, {settingsArgument: {file: join(home, 'mine.json')}})).toMatchObject({
			providerFrom: `${bedrock}=1 in --settings ~/mine.json`,
		});
	});
});

import {mkdir, mkdtemp, realpath, rm, symlink} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {claudeEnvironment} from '../../../source/sources/auth-status/claude-program.ts';

let home = '';
beforeEach(async () => {
	home = await realpath(await mkdtemp(join(tmpdir(), 'bedtop-program-')));
	await mkdir(join(home, 'shop', 'bin'), {recursive: true});
	await symlink(join(home, 'shop', 'bin'), join(home, 'tools'));
});
afterEach(() => rm(home, {recursive: true, force: true}));

const environment = (shell: Readonly<Record<string, string>>, folder = join(home, 'shop')) =>
	claudeEnvironment({shell: new Map(Object.entries(shell)), folders: [folder], home});

describe.skipIf(process.platform === 'win32')('the path that claude is looked for on', () => {
	test.each([
		['a folder of the system', '/usr/bin', '/usr/bin'],
		['a folder of the person', '~/.local/bin', '~/.local/bin'],
		['one relative to wherever a session is', './node_modules/.bin:node_modules/.bin:/bin', '/bin'],
		['none, which means the same', ':/bin:', '/bin'],
		['the folder of a session', '~/shop:~/shop/bin:/bin', '/bin'],
		['a link into it', '~/tools:/bin', '/bin'],
		['one whose name only begins alike', '~/shop-tools', '~/shop-tools'],
		['nothing that can be trusted', '.:~/shop/bin', undefined],
		['nothing', '', undefined],
	])('%s', async (_what, path, safe) => {
		const env = await environment({PATH: path.replaceAll('~', home)});
		expect(env?.PATH).toBe(safe?.replaceAll('~', home));
	});

	test('a session in the home folder does not make the own programs foreign', async () => {
		expect(await environment({PATH: join(home, 'bin')}, home)).toEqual({PATH: join(home, 'bin')});
	});
});

test('claude sees where its settings are, no key and no token, and nothing else that could change what it runs', async () => {
	const shell = {
		...{HOME: '/home/dev', LC_ALL: 'C', CLAUDE_CONFIG_DIR: '/home/dev/.claude', AWS_REGION: 'eu-west-1'},
		...{AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'x', AWS_SESSION_TOKEN: 'x', GITHUB_TOKEN: 'x'},
		...{AWS_BEARER_TOKEN_BEDROCK: 'x', HTTPS_PROXY: 'http://a:b@p', ANTHROPIC_API_KEY: 'x', NODE_OPTIONS: '-r x'},
	};
	expect(await environment({...shell, PATH: '/bin'})).toEqual({
		...{HOME: '/home/dev', LC_ALL: 'C', CLAUDE_CONFIG_DIR: '/home/dev/.claude', AWS_REGION: 'eu-west-1', PATH: '/bin'},
	});
});

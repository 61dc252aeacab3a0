import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {readProfileRegion} from '../../../source/sources/sessions/profile-region.ts';

let home = '';
beforeEach(async () => {
	home = await mkdtemp(join(tmpdir(), 'bedtop-home-'));
	await mkdir(join(home, '.aws'));
});
afterEach(() => rm(home, {recursive: true, force: true}));

const write = (name: 'config' | 'credentials', text: string) => writeFile(join(home, '.aws', name), text);
const regionOf = async (profile: string) => (await readProfileRegion({profile, home}))?.region;

describe('the region of a profile in the config file', () => {
	test.each([
		['a section of its name', '[profile work]\nregion = eu-west-1', 'work', 'eu-west-1'],
		['blanks and Windows line ends', '[profile work]\r\n region=eu-west-1 \r\n', 'work', 'eu-west-1'],
		['a name in quotes', '[profile "work"]\nregion = eu-west-1', 'work', 'eu-west-1'],
		['the last of two', '[profile work]\nregion = a\nregion = b', 'work', 'b'],
		['comments', '# x\n[profile work] ; y\n;region = a\nregion = b # c', 'work', 'b'],
		['a sign within a value', '[profile work]\nregion = a#b', 'work', 'a#b'],
		['the default section', '[default]\nregion = a', 'default', 'a'],
		[
			'the default profile before the default section',
			'[default]\nregion = a\n[profile default]\nregion = b',
			'default',
			'b',
		],
		['a bare name, which is no profile', '[work]\nregion = a', 'work', undefined],
		['another profile', '[profile other]\nregion = a', 'work', undefined],
		['another type of section', '[sso-session work]\nregion = a', 'work', undefined],
		['a line before any section', 'region = a\n[profile work]', 'work', undefined],
		['a setting below another', '[profile work]\ns3 =\n  region = a', 'work', undefined],
		['a setting after those', '[profile work]\ns3 =\n  x = a\nregion = b', 'work', 'b'],
		['a name that only ends in region', '[profile work]\nsso_region = a', 'work', undefined],
		['no value', '[profile work]\nregion =', 'work', undefined],
		['nothing', '', 'work', undefined],
	])('%s', async (_, text, profile, expected) => {
		await write('config', text);
		expect(await regionOf(profile)).toBe(expected);
	});
});

test('the credentials file is asked first, by bare names', async () => {
	await write('config', '[profile work]\nregion = from-config');
	await write('credentials', '[profile work]\nregion = wrong\n[work]\naws_secret_access_key = x=y\nregion = mine');
	expect(await readProfileRegion({profile: 'work', home})).toEqual({
		...{region: 'mine', file: join(home, '.aws', 'credentials')},
	});
	await write('credentials', '[work]\naws_secret_access_key = x');
	expect(await regionOf('work')).toBe('from-config');
});

test('other files may be named, from the home or from the folder of the session', async () => {
	await writeFile(join(home, 'one'), '[work]\nregion = a');
	await writeFile(join(home, 'two'), '[profile work]\nregion = b');
	const read = (files: object) => readProfileRegion({profile: 'work', home: '/nowhere', cwd: home, ...files});
	expect(await read({credentialsFile: 'one'})).toEqual({region: 'a', file: join(home, 'one')});
	expect(await read({configFile: join(home, 'two')})).toEqual({region: 'b', file: join(home, 'two')});
	const tilde = await readProfileRegion({profile: 'work', home, cwd: '/nowhere', configFile: '~/two'});
	expect(tilde).toEqual({region: 'b', file: join(home, 'two')});
});

test('no files have no region', async () => expect(await regionOf('default')).toBeUndefined());

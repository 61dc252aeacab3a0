import {execFileSync} from 'node:child_process';
import {mkdtemp, rm, symlink, truncate, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {openPlainFile, readPlainText} from '../../../source/sources/files/plain-file.ts';
import {readPlainTextSync} from '../../../source/sources/files/plain-file-sync.ts';

let folder = '';
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'bedtop-plain-'));
});
afterEach(() => rm(folder, {recursive: true, force: true}));
const at = (name: string) => join(folder, name);

const readSync = async (path: string) => readPlainTextSync(path);
const openOnly = async (path: string) => {
	const handle = await openPlainFile(path);
	await handle.close();
	return 'text';
};

describe.skipIf(process.platform === 'win32').each([
	['read', readPlainText],
	['read at once', readSync],
	['opened', openOnly],
])('what others wrote, %s', (_how, read) => {
	test('a file, and a link to one', async () => {
		await writeFile(at('file'), 'text');
		await symlink(at('file'), at('link'));
		expect([await read(at('file')), await read(at('link'))]).toEqual(['text', 'text']);
	});

	test.each([
		['a device', () => '/dev/zero'],
		['a link to a device', () => symlink('/dev/zero', at('it'))],
		['a pipe without a writer', () => void execFileSync('mkfifo', [at('it')])],
	])('%s is refused at once', async (_what, make) => {
		const path = (await make()) ?? at('it');
		await expect(read(path)).rejects.toMatchObject({code: 'ENOTFILE'});
	});

	test('a folder is refused as one', () => expect(read(folder)).rejects.toMatchObject({code: 'EISDIR'}));

	test('what is not there is not there', () => expect(read(at('none'))).rejects.toMatchObject({code: 'ENOENT'}));
});

test.each([
	['read', readPlainText],
	['read at once', readSync],
])('a file beyond any that is expected is not %s', async (_how, read) => {
	await writeFile(at('huge'), '');
	await truncate(at('huge'), 17 << 20);
	await expect(read(at('huge'))).rejects.toMatchObject({code: 'EFBIG'});
});

test.skipIf(process.platform !== 'linux')(
	'files of the kernel, which say that they are empty, are read whole',
	async () => {
		expect(await readPlainText('/proc/self/status')).toMatch(/^Name:/);
	},
);

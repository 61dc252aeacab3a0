import {mkdtemp, readdir, readFile, rm, stat, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {createDiskCache} from '../../../source/sources/files/disk-cache.ts';

let root = '';
beforeAll(async () => {
	root = await mkdtemp(join(tmpdir(), 'bedtop-cache-'));
});
afterAll(() => rm(root, {recursive: true, force: true}));

test('what was kept comes back, for its owner alone, and the last value counts', async () => {
	const folder = join(root, 'a', 'b');
	const cache = createDiskCache(folder);
	await cache.write('bill', {amount: '5'});
	await cache.write('bill', {amount: '6'});
	expect(await createDiskCache(folder).read('bill')).toEqual({amount: '6'});
	expect(await readdir(folder)).toEqual(['bill.json']);
	const modes = [folder, join(folder, 'bill.json')].map(async path => (await stat(path)).mode & 0o777);
	expect(await Promise.all(modes)).toEqual([0o700, 0o600]);
});

test('what is missing or damaged was not kept', async () => {
	await writeFile(join(root, 'damaged.json'), '{"amount": ');
	const cache = createDiskCache(root);
	expect([await cache.read('missing'), await cache.read('damaged')]).toEqual([undefined, undefined]);
});

test('a folder that cannot be made loses the value and nothing else', async () => {
	const file = join(root, 'file');
	await writeFile(file, 'not a folder');
	await createDiskCache(file).write('bill', 5);
	expect(await readFile(file, 'utf8')).toBe('not a folder');
});

test('without a folder nothing is kept', async () => {
	const cache = createDiskCache(undefined);
	await cache.write('bill', 5);
	expect(await cache.read('bill')).toBeUndefined();
});

import {appendFile, mkdir, mkdtemp, rename, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {watchTrees} from '../../../source/sources/files/watch.ts';

let home = '';
let stop = () => {};
beforeEach(async () => {
	home = await mkdtemp(join(tmpdir(), 'bedtop-watch-'));
});
afterEach(async () => {
	stop();
	await rm(home, {recursive: true, force: true});
});

const onChange = vi.fn();

/** Appends until the watch tells of it more often than the folders above could. */
const expectWatched = async (path: string) => {
	onChange.mockClear();
	await vi.waitFor(async () => {
		await appendFile(path, '\n');
		expect(onChange.mock.calls.length).toBeGreaterThan(3);
	});
};

test('a folder that is deleted and made again is watched again', async () => {
	await mkdir(join(home, 'projects', 'a'), {recursive: true});
	stop = watchTrees({roots: [join(home, 'projects')], onChange});
	await expectWatched(join(home, 'projects', 'a', 's.jsonl'));
	await rm(join(home, 'projects'), {recursive: true});
	await mkdir(join(home, 'projects', 'a'), {recursive: true});
	await expectWatched(join(home, 'projects', 'a', 's.jsonl'));
});

test('a folder moved into place is watched with all below it', async () => {
	await mkdir(join(home, 'projects'), {recursive: true});
	await mkdir(join(home, 'made', 'b', 'c'), {recursive: true});
	stop = watchTrees({roots: [join(home, 'projects')], onChange});
	await rename(join(home, 'made'), join(home, 'projects', 'a'));
	await expectWatched(join(home, 'projects', 'a', 'b', 'c', 's.jsonl'));
});

test('the newest folder is watched when there are more than the limit', async () => {
	const folders = ['a', 'b', 'c', 'd'].map(name => join(home, 'projects', name));
	for (const folder of folders) await mkdir(folder, {recursive: true});
	stop = watchTrees({roots: [join(home, 'projects')], onChange, limit: 4});
	const newest = join(home, 'projects', 'e');
	await mkdir(newest);
	await writeFile(join(newest, 's.jsonl'), '');
	await expectWatched(join(newest, 's.jsonl'));
});

test('nothing to watch is fine', () => {
	stop = watchTrees({roots: [join(home, 'missing', 'projects')], onChange, limit: 0});
	expect(stop).not.toThrow();
});

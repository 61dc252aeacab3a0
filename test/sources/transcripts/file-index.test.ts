import {chmod, mkdir, mkdtemp, rename, rm, symlink, utimes, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join, relative} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {createFileIndex, type FoundFile} from '../../../source/sources/transcripts/file-index.ts';

let root = '';
beforeEach(async () => {
	root = await mkdtemp(join(tmpdir(), 'bedtop-projects-'));
});
afterEach(() => rm(root, {recursive: true, force: true}));

const touch = async (...paths: readonly string[]) => {
	for (const path of paths) {
		await mkdir(dirname(join(root, path)), {recursive: true});
		await writeFile(join(root, path), '{}\n');
	}
};
const hourMs = 3_600_000;
const open = (...folders: readonly string[]) => {
	const gone: string[] = [];
	const index = createFileIndex({
		roots: (folders.length === 0 ? ['projects'] : folders).map(folder => join(root, folder)),
		onGone: path => gone.push(relative(root, path)),
	});
	return {index, gone};
};
const pathsOf = (found: readonly FoundFile[]) => found.map(({path}) => relative(root, path));
const find = async (...folders: readonly string[]) => {
	const {index} = open(...folders);
	const found = await index.sweep(Date.now(), true);
	return {paths: pathsOf(found), sizes: found.map(({stats}) => stats.size), unreadable: index.unreadable()};
};
const age = (path: string, hours: number) => {
	const at = Date.now() / 1000 - hours * 3600;
	return utimes(join(root, path), at, at);
};

test('every transcript at any depth, in the order of their paths, and nothing else', async () => {
	await touch('projects/b/2.jsonl', 'projects/a/s1/subagents/agent.jsonl', 'projects/a/1.jsonl', 'projects/a/notes.md');
	await mkdir(join(root, 'projects', 'folder.jsonl'));
	expect(await find()).toEqual({
		paths: ['projects/a/1.jsonl', 'projects/a/s1/subagents/agent.jsonl', 'projects/b/2.jsonl'],
		...{sizes: [3, 3, 3], unreadable: []},
	});
});

test('a link to a folder is followed from the projects folder, one to a transcript from anywhere', async () => {
	await touch('elsewhere/1.jsonl', 'far/deep/2.jsonl', 'projects/a/own.jsonl');
	await symlink(join(root, 'elsewhere'), join(root, 'projects', 'linked'));
	await symlink(join(root, 'far'), join(root, 'projects', 'a', 'deep'));
	await symlink(join(root, 'far', 'deep', '2.jsonl'), join(root, 'projects', 'a', 'two.jsonl'));
	expect((await find()).paths).toEqual([
		...['projects/a/own.jsonl', 'projects/a/two.jsonl', 'projects/linked/1.jsonl'],
	]);
});

test('no folder is read twice: what is linked to itself or to its neighbour keeps its own path', async () => {
	await touch('projects/z/1.jsonl');
	await symlink(join(root, 'projects'), join(root, 'projects', 'loop'));
	await symlink(join(root, 'projects', 'z'), join(root, 'projects', 'a'));
	expect((await find()).paths).toEqual(['projects/z/1.jsonl']);
});

test('folders that were read for another root are left out', async () => {
	await touch('projects/a/1.jsonl');
	await symlink(join(root, 'projects'), join(root, 'again'));
	expect((await find('projects', 'again')).paths).toEqual(['projects/a/1.jsonl']);
	expect((await find('again')).paths).toEqual(['again/a/1.jsonl']);
});

test('what is not there is no problem, what cannot be read is one', async () => {
	expect(await find('missing')).toEqual({paths: [], sizes: [], unreadable: []});
	await touch('projects/a/1.jsonl');
	await symlink(join(root, 'nowhere'), join(root, 'projects', 'broken.jsonl'));
	const endless = 'x'.repeat(300);
	await symlink(`/${endless}`, join(root, 'projects', 'endless'));
	expect(await find()).toMatchObject({
		paths: ['projects/a/1.jsonl'],
		unreadable: [{path: join(root, 'projects', 'endless'), code: 'ENAMETOOLONG'}],
	});
	expect((await find(endless)).unreadable).toEqual([{path: join(root, endless), code: 'ENAMETOOLONG'}]);
});

test('what is old is looked at in turns, what is new and what is named at once', async () => {
	const old = Array.from({length: 120}, (_, index) => `projects/old/${index}.jsonl`);
	await touch(...old, 'projects/new/1.jsonl');
	for (const path of [...old, 'projects/old', 'projects']) await age(path, 100);
	const {index} = open();
	const now = Date.now();
	expect(await index.sweep(now, true)).toHaveLength(121);
	const turn = pathsOf(await index.sweep(now, false));
	expect(turn).toContain('projects/new/1.jsonl');
	expect(turn.length).toBeLessThan(10);
	const seen = new Set(turn);
	for (let round = 0; round < 60; round++) for (const path of pathsOf(await index.sweep(now, false))) seen.add(path);
	expect(seen.size).toBe(121);
	expect(pathsOf(await index.look([join(root, 'projects/old/7.jsonl')]))).toEqual(['projects/old/7.jsonl']);
});

test('new files and folders are found, moved and deleted ones forgotten', async () => {
	await touch('projects/a/1.jsonl', 'projects/b/2.jsonl');
	const {index, gone} = open();
	const now = Date.now();
	await index.sweep(now, true);
	await touch('projects/a/s/subagents/3.jsonl', 'projects/c/4.jsonl');
	expect(pathsOf(await index.sweep(now + 5000, false))).toEqual([
		...['projects/a/1.jsonl', 'projects/a/s/subagents/3.jsonl', 'projects/b/2.jsonl', 'projects/c/4.jsonl'],
	]);
	await rename(join(root, 'projects/a'), join(root, 'projects/d'));
	await rm(join(root, 'projects/b/2.jsonl'));
	expect(pathsOf(await index.sweep(now + 10_000, false))).toEqual([
		...['projects/c/4.jsonl', 'projects/d/1.jsonl', 'projects/d/s/subagents/3.jsonl'],
	]);
	expect(gone.sort()).toEqual(['projects/a/1.jsonl', 'projects/a/s/subagents/3.jsonl', 'projects/b/2.jsonl']);
	await rm(join(root, 'projects'), {recursive: true});
	expect(await index.sweep(now + 15_000, false)).toEqual([]);
	expect(gone).toHaveLength(6);
	await touch('projects/a/1.jsonl');
	expect(pathsOf(await index.sweep(now + 20_000, false))).toEqual(['projects/a/1.jsonl']);
});

test('a new folder is found by its name, and by the way that a link leads to it', async () => {
	await touch('real/a/1.jsonl');
	await symlink(join(root, 'real'), join(root, 'projects'));
	const {index} = open();
	await index.sweep(Date.now(), true);
	await touch('real/b/deep/2.jsonl', 'real/a/3.jsonl');
	expect(pathsOf(await index.look([join(root, 'projects/b')]))).toEqual(['projects/b/deep/2.jsonl']);
	expect(pathsOf(await index.look([join(root, 'real/a/3.jsonl')]))).toEqual(['projects/a/3.jsonl']);
	await rm(join(root, 'real/a/3.jsonl'));
	expect(await index.look([join(root, 'projects/a/3.jsonl'), join(root, 'projects/a/notes.md')])).toEqual([]);
	expect(pathsOf(await index.sweep(Date.now() + hourMs, false))).toEqual([
		...['projects/a/1.jsonl', 'projects/b/deep/2.jsonl'],
	]);
});

test('a folder that may be read again is read again', async () => {
	await touch('projects/a/1.jsonl', 'projects/b/2.jsonl');
	await chmod(root, 0o755);
	await chmod(join(root, 'projects/a'), 0);
	const {index} = open();
	const isRoot = process.getuid?.() === 0;
	if (isRoot) process.seteuid?.(65_534);
	const found = await index.sweep(Date.now(), true).finally(() => isRoot && process.seteuid?.(0));
	expect(pathsOf(found)).toEqual(['projects/b/2.jsonl']);
	expect(index.unreadable()).toEqual([{path: join(root, 'projects/a'), code: 'EACCES'}]);
	await chmod(join(root, 'projects/a'), 0o700);
	expect(pathsOf(await index.sweep(Date.now(), false))).toEqual(['projects/a/1.jsonl', 'projects/b/2.jsonl']);
	expect(index.unreadable()).toEqual([]);
});

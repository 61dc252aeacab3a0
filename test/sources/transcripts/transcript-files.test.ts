import {mkdir, mkdtemp, rm, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join, relative} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import type {FileProblem} from '../../../source/domain/common/problem.ts';
import {findTranscripts} from '../../../source/sources/transcripts/transcript-files.ts';

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
const find = async (folder = 'projects', seen = new Set<string>()) => {
	const unreadable: FileProblem[] = [];
	const found = await findTranscripts(join(root, folder), seen, unreadable);
	return {paths: found.map(({path}) => relative(root, path)), sizes: found.map(({stats}) => stats.size), unreadable};
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
	const seen = new Set<string>();
	expect((await find('projects', seen)).paths).toHaveLength(1);
	expect((await find('again', seen)).paths).toEqual([]);
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

import type {Dirent, Stats} from 'node:fs';
import {readdir, realpath, stat} from 'node:fs/promises';
import {join} from 'node:path';
import type {FileProblem} from '../../domain/common/problem.ts';
import {codeOf, isGone} from '../files/file-error.ts';

/** A transcript and how it stood at the sweep. */
export type FoundFile = {readonly path: string; readonly stats: Stats};

/**
 * Every `*.jsonl` below a projects folder, subagents at any depth. Links to folders are followed from the projects
 * folder only, after the real ones, and no folder is visited twice: a loop ends and a path stays the same every time.
 */
export const findTranscripts = async (
	projects: string,
	seen: Set<string>,
	unreadable: FileProblem[],
): Promise<FoundFile[]> => {
	const found: FoundFile[] = [];
	const attempt = async (path: string, action: () => Promise<void>) => {
		try {
			await action();
		} catch (error) {
			if (!isGone(error)) unreadable.push({path, code: codeOf(error)});
		}
	};
	const look = (path: string) =>
		attempt(path, async () => {
			const stats = await stat(path);
			if (stats.isFile()) found.push({path, stats});
		});
	const visitEntry = async (directory: string, real: string, entry: Dirent) => {
		const path = join(directory, entry.name);
		if (entry.isDirectory()) await visit(path, join(real, entry.name));
		else if (entry.name.endsWith('.jsonl')) await look(path);
	};
	const visit = (directory: string, real: string): Promise<void> =>
		attempt(directory, async () => {
			if (seen.has(real)) return;
			seen.add(real);
			const entries = await readdir(directory, {withFileTypes: true});
			await Promise.all(entries.map(entry => visitEntry(directory, real, entry)));
		});
	const follow = (path: string) =>
		attempt(path, async () => {
			if ((await stat(path)).isDirectory()) await visit(path, await realpath(path));
		});
	await attempt(projects, async () => {
		await visit(projects, await realpath(projects));
		const entries = await readdir(projects, {withFileTypes: true});
		const links = entries.filter(entry => entry.isSymbolicLink()).map(entry => entry.name);
		for (const name of links.sort()) await follow(join(projects, name));
	});
	return found.sort((a, b) => (a.path < b.path ? -1 : 1));
};

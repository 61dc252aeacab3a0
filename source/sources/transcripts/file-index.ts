import type {Dirent, Stats} from 'node:fs';
import {readdir, realpath, stat} from 'node:fs/promises';
import {basename, dirname, join, sep} from 'node:path';
import type {FileProblem} from '../../domain/common/problem.ts';
import {codeOf, isGone} from '../files/file-error.ts';

/** A transcript and how it stood when it was looked at. */
export type FoundFile = {readonly path: string; readonly stats: Stats};

/** What is known of a folder since it was listed. */
type Folder = {
	readonly real: string;
	readonly stamp: string;
	readonly touchedAt: number;
	readonly folders: readonly string[];
	readonly files: readonly string[];
};

type FileIndexOptions = {
	/** Folders of projects; each is looked at with everything below it. */
	readonly roots: readonly string[];
	/** A file that was found before is no longer there. */
	readonly onGone: (path: string) => void;
};

export type FileIndex = {
	/**
	 * Looks for what has changed by `now` (epoch ms): at what was written lately, and at a part of what is old. `all` looks
	 * at everything. Answers what was looked at, changed or not.
	 */
	sweep(now: number, all: boolean): Promise<readonly FoundFile[]>;
	/** Looks at what somebody has named, and at nothing else. */
	look(paths: Iterable<string>): Promise<readonly FoundFile[]>;
	/** Files and folders that are there and could not be looked at. */
	unreadable(): readonly FileProblem[];
};

/** What was written to lately is likely to be written to again. */
const warmMs = 48 * 3_600_000;
/** What is older is looked at in every so manyth sweep. */
const coldRounds = 60;
/** A folder that has just changed may change again in the same tick of its file system's clock. */
const settledMs = 2000;

const isTranscript = (name: string) => name.endsWith('.jsonl');
const byPath = (a: FoundFile, b: FoundFile) => (a.path < b.path ? -1 : 1);

/**
 * Every `*.jsonl` below the folders of projects, subagents at any depth. Links to folders are followed right below such a
 * folder only, after the real ones, and no folder is visited twice: a loop ends and a path stays the same every time. A
 * folder is listed again when its time has changed, so that ten thousand old files cost next to nothing.
 */
export const createFileIndex = ({roots, onGone}: FileIndexOptions): FileIndex => {
	const folders = new Map<string, Folder>();
	const files = new Map<string, number>();
	const byReal = new Map<string, string>();
	const problems = new Map<string, string>();
	let looked = new Map<string, FoundFile>();
	let visited = new Set<string>();
	let now = 0;
	let round = 0;

	const forgetFile = (path: string) => {
		if (files.delete(path)) onGone(path);
	};
	const forget = (path: string) => {
		const inside = join(path, sep);
		const isInside = (other: string) => other === path || other.startsWith(inside);
		for (const [other, {real}] of folders) {
			if (!isInside(other)) continue;
			folders.delete(other);
			if (byReal.get(real) === other) byReal.delete(real);
		}
		for (const other of [...files.keys()].filter(isInside)) forgetFile(other);
	};
	const attempt = async (path: string, action: () => Promise<void>) => {
		problems.delete(path);
		try {
			await action();
		} catch (error) {
			if (isGone(error)) forget(path);
			else problems.set(path, codeOf(error));
		}
	};

	const lookAtFile = (path: string) =>
		attempt(path, async () => {
			if (looked.has(path)) return;
			const stats = await stat(path);
			if (!stats.isFile()) return forgetFile(path);
			files.set(path, stats.mtimeMs);
			looked.set(path, {path, stats});
		});

	const list = async (path: string, real: string, stats: Stats) => {
		const entries = await readdir(path, {withFileTypes: true});
		const before = folders.get(path);
		const isSettled = stats.mtimeMs < now - settledMs;
		const isFolder = (entry: Dirent) => entry.isDirectory();
		const inside = entries.filter(isFolder).map(({name}) => name);
		const outside = roots.includes(path) ? entries.filter(entry => entry.isSymbolicLink()).map(({name}) => name) : [];
		const names = entries.filter(entry => !isFolder(entry) && isTranscript(entry.name)).map(({name}) => name);
		folders.set(path, {
			...{real, files: names, folders: [...inside, ...outside]},
			stamp: isSettled ? stampOfFolder(stats) : '',
			touchedAt: stats.mtimeMs,
		});
		byReal.set(real, path);
		const present = new Set([...inside, ...outside, ...names]);
		for (const name of [...(before?.folders ?? []), ...(before?.files ?? [])]) {
			if (!present.has(name)) forget(join(path, name));
		}
		await Promise.all([
			...names.filter(name => !files.has(join(path, name))).map(name => lookAtFile(join(path, name))),
			...inside.filter(name => !folders.has(join(path, name))).map(name => visit(join(path, name), join(real, name))),
		]);
		for (const name of outside.sort()) await follow(join(path, name));
	};

	/** Lists a folder unless it is known as it stands, or by another path. */
	const visit = async (path: string, real: string): Promise<void> => {
		const other = byReal.get(real);
		const isElsewhere = other !== undefined && other !== path && folders.has(other);
		if (visited.has(real) || isElsewhere) return;
		visited.add(real);
		await attempt(path, async () => {
			const stats = await stat(path);
			if (!stats.isDirectory()) return forget(path);
			const known = folders.get(path);
			const isKnown = known?.real === real && known.stamp === stampOfFolder(stats);
			if (!isKnown) await list(path, real, stats);
		});
	};

	/** A link may lead to a folder, or to anything else. */
	const follow = (path: string) =>
		attempt(path, async () => {
			if ((await stat(path)).isDirectory()) await visit(path, await realpath(path));
		});
	const visitRoot = (root: string) => attempt(root, async () => visit(root, await realpath(root)));
	const visitAgain = (path: string) => {
		const folder = folders.get(path);
		return folder === undefined ? Promise.resolve() : visit(path, folder.real);
	};

	const relist = async (path: string) => {
		const folder = folders.get(path);
		if (folder === undefined) return;
		folders.set(path, {...folder, stamp: ''});
		visited.delete(folder.real);
		await visit(path, folder.real);
	};
	const lookAt = (path: string) =>
		attempt(path, async () => {
			if (roots.includes(path)) return visitRoot(path);
			if (folders.has(path)) return visitAgain(path);
			const above = dirname(path);
			// A watcher may name a folder by another way to it.
			const parent = folders.has(above) ? above : byReal.get(await realpath(above));
			if (parent === undefined) return;
			const stats = await stat(path);
			if (stats.isDirectory()) await relist(parent);
			else if (isTranscript(path)) await lookAtFile(join(parent, basename(path)));
		});

	const begin = () => {
		looked = new Map();
		visited = new Set();
	};
	return {
		async sweep(at, all) {
			begin();
			now = at;
			round += 1;
			const isFirst = folders.size === 0;
			const problemsBefore = [...problems.keys()];
			for (const root of roots) await visitRoot(root);
			const isDue = (path: string, touchedAt: number, index: number) =>
				all || touchedAt > now - warmMs || problems.has(path) || (index + round) % coldRounds === 0;
			if (!isFirst) {
				const known = [...folders].filter(([path, {touchedAt}], index) => isDue(path, touchedAt, index));
				await Promise.all(known.map(([path]) => visitAgain(path)));
			}
			const due = [...files].filter(([path, touchedAt], index) => isDue(path, touchedAt, index));
			await Promise.all(due.map(([path]) => lookAtFile(path)));
			for (const path of problemsBefore) {
				const isLost = !(looked.has(path) || folders.has(path) || files.has(path) || roots.includes(path));
				if (isLost) await relist(dirname(path));
			}
			return [...looked.values()].sort(byPath);
		},
		async look(paths) {
			begin();
			for (const path of paths) await lookAt(path);
			return [...looked.values()].sort(byPath);
		},
		unreadable: () => [...problems].map(([path, code]) => ({path, code})),
	};
};

const stampOfFolder = ({dev, ino, mtimeMs, ctimeMs}: Stats): string => `${dev}:${ino}:${mtimeMs}:${ctimeMs}`;

import {type Dirent, type FSWatcher, watch} from 'node:fs';
import {readdir, stat} from 'node:fs/promises';
import {basename, dirname, join, sep} from 'node:path';

type WatchOptions = {
	/** Folders watched with everything below them; one that is missing is picked up when it appears. */
	readonly roots: readonly string[];
	/** Called for every event with what may have changed, many times in a burst: the caller coalesces. */
	readonly onChange: (path: string) => void;
	/** Folders watched at most, the newest first: Linux counts watches per user (fs.inotify.max_user_watches). */
	readonly limit?: number | undefined;
};

type Folder = {readonly path: string; readonly inode: number; readonly touchedAt: number};

/** The folder at a path (a link counts as what it leads to), or undefined when there is none. */
const folderAt = async (path: string): Promise<Folder | undefined> => {
	const stats = await stat(path).catch(() => undefined);
	return stats?.isDirectory() ? {path, inode: stats.ino, touchedAt: stats.mtimeMs} : undefined;
};

/** A folder and all below it. Links are followed right below a root only, so that a loop ends. */
const foldersIn = async (path: string, isRoot: boolean): Promise<Folder[]> => {
	const folder = await folderAt(path);
	const entries = await readdir(path, {withFileTypes: true}).catch(() => []);
	const isFollowed = (entry: Dirent) => entry.isDirectory() || (isRoot && entry.isSymbolicLink());
	const children = entries.filter(isFollowed).map(entry => foldersIn(join(path, entry.name), false));
	return folder === undefined ? [] : [folder, ...(await Promise.all(children)).flat()];
};

/**
 * Watches folder trees with one `fs.watch` per folder, because a recursive one is emulated on Linux by a watch per
 * file. A hint only: folders beyond the limit, full watch tables (ENOSPC, EMFILE) and network file systems stay
 * silent, so the caller sweeps now and then as well. The result stops watching.
 */
export const watchTrees = ({roots, onChange, limit = 512}: WatchOptions): (() => void) => {
	const watched = new Map<string, {readonly inode: number; readonly watcher: FSWatcher}>();
	const fixed = new Set(roots.flatMap(root => [root, dirname(root)]));
	let isStopped = false;

	const drop = (path: string) => {
		watched.get(path)?.watcher.close();
		watched.delete(path);
	};
	const dropTree = (path: string) => {
		for (const other of watched.keys()) {
			const isInside = other === path || other.startsWith(join(path, sep));
			if (isInside) drop(other);
		}
	};
	const makeRoom = () => {
		const oldest = [...watched.keys()].find(path => !fixed.has(path));
		const isFull = watched.size >= limit;
		if (isFull && oldest !== undefined) drop(oldest);
		return watched.size < limit;
	};
	const add = ({path, inode}: Folder, onEvent: (name: string | undefined) => void) => {
		const isKnown = watched.get(path)?.inode === inode;
		if (isStopped || isKnown) return;
		drop(path);
		if (!makeRoom()) return;
		try {
			const watcher = watch(path, {persistent: false}, (_event, name) => onEvent(name ?? undefined));
			watcher.on('error', () => drop(path));
			watched.set(path, {inode, watcher});
		} catch {
			// Gone again, or no watches left: the sweep sees what this would have.
		}
	};
	/** Watches a path and all below it if it is a folder, and forgets it if it no longer is one. */
	const refresh = async (path: string) => {
		const folders = await foldersIn(path, roots.includes(path));
		if (folders.length === 0) dropTree(path);
		const newestLast = folders.sort((a, b) => a.touchedAt - b.touchedAt).slice(-limit);
		for (const folder of newestLast) add(folder, name => onFolderEvent(folder.path, name));
		const hasNews = folders.length > 0 && !isStopped;
		if (hasNews) onChange(path);
	};
	const onFolderEvent = (path: string, name: string | undefined) => {
		if (isStopped) return;
		onChange(name === undefined ? path : join(path, name));
		const isFile = name !== undefined && /\.jsonl?$/.test(name);
		if (!isFile) void refresh(name === undefined ? path : join(path, name));
	};
	const watchRoot = async (root: string) => {
		const parent = await folderAt(dirname(root));
		if (parent !== undefined) {
			add(parent, name => {
				const concernsRoot = name === undefined || name === basename(root);
				if (concernsRoot) void refresh(root);
			});
		}
		await refresh(root);
	};

	for (const root of roots) void watchRoot(root);
	return () => {
		isStopped = true;
		for (const path of [...watched.keys()]) drop(path);
	};
};

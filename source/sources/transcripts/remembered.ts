import {realpath} from 'node:fs/promises';
import {sep} from 'node:path';
import {addEntries, type Entries, type Found, noEntries} from './entries.ts';
import type {FoundFile} from './file-index.ts';
import type {FileReading, Recalled, TranscriptMemory} from './memory.ts';
import type {Tail} from './tail.ts';

/** Nothing is known from before, and nothing is kept. */
const noMemory: TranscriptMemory = {
	recall: async () => undefined,
	keep: async () => true,
	cover: () => undefined,
	knownSince: () => undefined,
};

/** What readings of the files below these folders of projects add to what is remembered of them. */
export const createRemembered = (roots: readonly string[], memory: TranscriptMemory = noMemory) => {
	const corruptLines = new Map<string, number>();
	const unkept = new Map<string, {entries: Entries; tail: Tail}>();
	/** The same folder by whatever path it is reached. */
	const names = new Map<string, string>();
	const isKept = memory !== noMemory;

	const nameOf = async (root: string) => {
		const name = names.get(root) ?? (await realpath(root).catch(() => root));
		names.set(root, name);
		return name;
	};
	const rootOf = (path: string) => roots.find(root => path.startsWith(root + sep)) ?? '';

	return {
		/** What is known of these files, and of others that are there no more. */
		async recall(found: readonly FoundFile[], since: number): Promise<Recalled | undefined> {
			const touched = found.filter(({stats}) => stats.mtimeMs >= since).map(({path}) => path);
			const recalled = await memory.recall({roots: await Promise.all(roots.map(nameOf)), since, touched});
			for (const [path, file] of recalled?.files ?? []) corruptLines.set(path, file.corruptLines);
			return recalled;
		},
		/** Takes down what was found in a file, and how far it is read now. */
		note(path: string, tail: Tail, found: Pick<Found, 'entries' | 'corruptLines'>) {
			if (!isKept) return;
			const entries = unkept.get(path)?.entries ?? noEntries();
			addEntries(entries, found.entries);
			unkept.set(path, {entries, tail});
			corruptLines.set(path, (corruptLines.get(path) ?? 0) + found.corruptLines);
		},
		/** Keeps what has been noted. False when what was recalled no longer holds. */
		async keep(): Promise<boolean> {
			const files = [...unkept].map(([path, it]) => ({path, ...it}));
			unkept.clear();
			const readings: FileReading[] = [];
			for (const file of files) {
				const root = await nameOf(rootOf(file.path));
				readings.push({...file, root, corruptLines: corruptLines.get(file.path) ?? 0});
			}
			return memory.keep(readings);
		},
		/** Everything of that time has been read. Says since when all replies are known; undefined where nothing is kept. */
		async cover(read: {readonly since: number; readonly until: number}): Promise<number | undefined> {
			const known: (number | undefined)[] = [];
			for (const root of roots) {
				const name = await nameOf(root);
				memory.cover(name, read);
				known.push(memory.knownSince(name));
			}
			return known.reduce((a, b) => (a === undefined || b === undefined ? undefined : Math.max(a, b)));
		},
	};
};

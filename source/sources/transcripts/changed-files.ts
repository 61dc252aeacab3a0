import type {FileProblem} from '../../domain/common/problem.ts';
import {watchTrees} from '../files/watch.ts';
import {createFileIndex, type FoundFile} from './file-index.ts';

/** Watchers miss what network folders, their own limits and full tables hide. */
const sweepMs = 5000;

type ChangedFilesOptions = {
	/** Folders of projects. */
	readonly roots: readonly string[];
	/** Epoch ms. Without it every look is at every file. */
	readonly now: (() => number) | undefined;
	/** A file that was found before is no longer there. */
	readonly onGone: (path: string) => void;
};

export type ChangedFiles = {
	/** What may have changed since the last look: what a watcher has named, `again`, and now and then what it may miss. */
	look(again: Iterable<string>): Promise<readonly FoundFile[]>;
	/** The next look is at everything. */
	lookEverywhere(): void;
	/** Calls back on every change, uncoalesced; the result stops watching. */
	watch(onChange: () => void): () => void;
	/** Files and folders that are there and could not be looked at. */
	unreadable(): readonly FileProblem[];
};

/** The files worth reading: those that were named at once, and the others as often as they are worth it. */
export const createChangedFiles = ({roots, now, onGone}: ChangedFilesOptions): ChangedFiles => {
	const index = createFileIndex({roots, onGone});
	const named = new Set<string>();
	let sweptAt = Number.NEGATIVE_INFINITY;
	let isEverywhere = true;
	return {
		async look(again) {
			const at = now?.() ?? Number.POSITIVE_INFINITY;
			const isRecent = at >= sweptAt && at - sweptAt < sweepMs;
			const isSweep = isEverywhere || named.size === 0 || !isRecent;
			const isAll = isEverywhere || now === undefined;
			const paths = new Set([...named, ...again]);
			named.clear();
			if (!isSweep) return index.look(paths);
			[sweptAt, isEverywhere] = [at, false];
			const swept = await index.sweep(at, isAll);
			for (const {path} of swept) paths.delete(path);
			return [...swept, ...(await index.look(paths))];
		},
		lookEverywhere() {
			isEverywhere = true;
		},
		watch: onChange =>
			watchTrees({
				roots,
				onChange(path) {
					named.add(path);
					onChange();
				},
			}),
		unreadable: index.unreadable,
	};
};

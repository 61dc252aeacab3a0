import {stat} from 'node:fs/promises';
import {nothingFound} from './entries.ts';
import {createFileReader} from './file-reader.ts';
import type {createRemembered} from './remembered.ts';

/** So much is read at a time, which nobody feels: a gigabyte takes some twenty minutes. */
const bytesAtOnce = 4 << 20;

type ReadAheadOptions = {
	readonly remembered: ReturnType<typeof createRemembered>;
	/** Files that nothing needs now, by path. */
	readonly resting: ReadonlyMap<string, string>;
};

/**
 * Reads files that nothing needs now, a few at a time, only to keep what is in them: Claude Code deletes them one day.
 * Nothing of them is shown.
 */
export const createReadAhead = ({remembered, resting}: ReadAheadOptions) => {
	/** What each file was like when it was read. */
	const done = new Map<string, string>();
	let bytes = 0;
	const read = createFileReader(count => {
		bytes += count;
	});
	return {
		/** Says that an earlier run has read a file as it is now. */
		note(path: string, stamp: string) {
			done.set(path, stamp);
		},
		/** Reads some. True when none is left. */
		async read(signal?: AbortSignal): Promise<boolean> {
			bytes = 0;
			for (const [path, stamp] of resting) {
				if (done.get(path) === stamp) continue;
				if (bytes >= bytesAtOnce || signal?.aborted) return false;
				const found = nothingFound();
				try {
					const tail = await read({path, stats: await stat(path)}, {tail: undefined, found, signal});
					if (signal?.aborted) return false;
					remembered.note(path, tail, found);
				} catch {
					// What cannot be read is said when it is needed.
				}
				done.set(path, stamp);
			}
			return true;
		},
	};
};

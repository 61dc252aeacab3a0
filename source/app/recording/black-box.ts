import {mkdirSync, readdirSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import type {Clock} from '../../polling/clock.ts';
import {beginFile} from './private-file.ts';

const segmentMs = 10 * 60_000;
const keptMs = 60 * 60_000;

/** The files a black box keeps, oldest first by name. Throws the file system's error. */
export const blackBoxFiles = (directory: string): readonly string[] =>
	readdirSync(directory)
		.filter(name => /^bedtop-\d{13}-\d+\.jsonl$/.test(name))
		.sort();

type BlackBox = {
	readonly directory: string;
	readonly pid: number;
	readonly clock: Clock;
	/** All that is known, as a recording of its own; `startedAt` is epoch ms. */
	readonly beginning: (startedAt: number) => string;
};

/**
 * Keeps the last hour in a folder, in files of ten minutes that each begin with all that was known, so that each is a
 * recording of its own. Only files of its own are ever deleted. `append` adds a line; `again` begins a file of its own
 * after one could not be written any more. All throw the file system's error.
 */
export const createBlackBox = ({directory, pid, clock, beginning}: BlackBox) => {
	const forget = () => {
		for (const name of blackBoxFiles(directory)) {
			const endedAt = Number(name.split('-')[1]) + segmentMs;
			if (endedAt < clock.now() - keptMs) rmSync(join(directory, name), {force: true});
		}
	};
	const begin = () => {
		mkdirSync(directory, {recursive: true, mode: 0o700});
		// Room first: on a full disk the oldest hour is what there is to give.
		forget();
		const startedAt = clock.now();
		const path = join(directory, `bedtop-${String(startedAt).padStart(13, '0')}-${pid}.jsonl`);
		return {file: beginFile(path, beginning(startedAt), true), startedAt};
	};
	let segment = begin();
	const again = () => {
		const next = begin();
		segment.file.close();
		segment = next;
	};
	const append = (line: string) => {
		const isOver = clock.now() - segment.startedAt >= segmentMs || clock.now() < segment.startedAt;
		if (isOver) again();
		segment.file.append(line);
	};
	return {append, again};
};

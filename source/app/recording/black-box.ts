import {mkdirSync, readdirSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import type {Clock} from '../../polling/clock.ts';
import {appendToFile, beginFile} from './private-file.ts';

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
 * recording of its own. Only files of its own are ever deleted. The result appends a line; both throw the file system's
 * error.
 */
export const createBlackBox = ({directory, pid, clock, beginning}: BlackBox): ((line: string) => void) => {
	const forget = () => {
		for (const name of blackBoxFiles(directory)) {
			const endedAt = Number(name.split('-')[1]) + segmentMs;
			if (endedAt < clock.now() - keptMs) rmSync(join(directory, name), {force: true});
		}
	};
	const begin = () => {
		const startedAt = clock.now();
		const path = join(directory, `bedtop-${String(startedAt).padStart(13, '0')}-${pid}.jsonl`);
		beginFile(path, beginning(startedAt), true);
		forget();
		return {path, startedAt};
	};
	mkdirSync(directory, {recursive: true, mode: 0o700});
	let segment = begin();
	return line => {
		const isOver = clock.now() - segment.startedAt >= segmentMs || clock.now() < segment.startedAt;
		if (isOver) segment = begin();
		appendToFile(segment.path, line);
	};
};

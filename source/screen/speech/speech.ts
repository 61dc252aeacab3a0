import {wrapText} from '../text/wrap.ts';
import {urgentOf} from './spoken.ts';

/** What is being said, and since when (epoch ms). */
export type Speech = {readonly lines: readonly string[]; readonly at: number};

/** A screen reader reads all of it again at each change: what is not urgent waits so long. */
const repeatMs = 30_000;

/** What is to be said now: what was said before, unless something is newly wrong or proven, or it has been said long enough. */
export const paceSpeech = (before: Speech | undefined, lines: readonly string[], now: number): Speech => {
	const isDue = before === undefined || now - before.at >= repeatMs || now < before.at;
	return isDue || urgentOf(lines) !== urgentOf(before.lines) ? {lines, at: now} : before;
};

/** As many sentences as the screen has room for, from the first on: what would scroll off the top is what matters most. */
export const fitSpeech = (
	{lines}: Speech,
	{columns, rows}: {readonly columns: number; readonly rows: number},
): readonly string[] => lines.flatMap(line => wrapText(line, columns)).slice(0, rows);

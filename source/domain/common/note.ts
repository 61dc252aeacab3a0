import type {PicoUsd} from '../money/money.ts';
import type {FileProblem} from './problem.ts';

/** What could not be used, or is done otherwise, of a source that works as a whole. */
export type Note =
	| {readonly kind: 'skipped-lines'; readonly lines: number}
	/** In no sum: more tokens than any model reads, or dated later than now. */
	| {readonly kind: 'impossible-replies' | 'future-replies'; readonly replies: number}
	| ({readonly kind: 'unreadable'} & FileProblem)
	/** Transcripts from before then (epoch ms) are deleted after so many days, and nothing of them was kept. */
	| {readonly kind: 'deleted-before'; readonly at: number; readonly days: number}
	| {readonly kind: 'not-a-session'; readonly path: string}
	/** The kept history was damaged; it was moved there, and another one begun. */
	| {readonly kind: 'set-aside'; readonly path: string}
	/** So that watching stays below that in a day. */
	| {readonly kind: 'asked-less-often'; readonly perDay: PicoUsd};

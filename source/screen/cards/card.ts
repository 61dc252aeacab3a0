import type {Line} from '../text/line.ts';

/** All there is to say about one thing, as lines that are wrapped, not cut. */
export type Card = {
	readonly title: Line;
	readonly body: readonly Line[];
	/** What `y` puts on the clipboard, and what it is in words. */
	readonly copy?: {readonly text: string; readonly what: string} | undefined;
};

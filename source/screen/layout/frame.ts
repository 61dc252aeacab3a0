import type {PaneId} from '../panes/pane-table.ts';
import type {Line} from '../text/line.ts';

/** A part of the screen: where its first line begins, counted from 0 at the top left, and its lines from top to bottom. */
export type Region = {readonly row: number; readonly column: number; readonly lines: readonly Line[]};

/** A pane with its title, as wide as all of its lines where another one stands to its right. */
export type PaneRegion = Region & {readonly id: PaneId; readonly width: number};

/** One screen as data, named as a person sees it. What is absent has no room, or gives its room to something else. */
export type Frame = {
	/** All there is in a few rows: then nothing else is shown. */
	readonly ribbon?: Region | undefined;
	readonly header?: Region | undefined;
	readonly refusals?: Region | undefined;
	/** From top to bottom; panes of one row stand beside each other. */
	readonly panes: readonly (readonly PaneRegion[])[];
	/** Covers the panes. */
	readonly card?: Region | undefined;
	readonly footer?: Region | undefined;
};

/** The screen as lines from top to bottom; panes beside each other share theirs. */
export const linesOf = ({ribbon, header, refusals, panes, card, footer}: Frame): readonly Line[] => {
	const lines: Line[] = [];
	for (const region of [ribbon, header, refusals, ...panes.flat(), card, footer]) {
		if (region === undefined) continue;
		for (const [index, line] of region.lines.entries()) {
			const row = region.row + index;
			lines[row] = [...(lines[row] ?? []), ...line];
		}
	}
	return lines;
};

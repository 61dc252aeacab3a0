import type {Ui} from '../input/ui.ts';
import {fitLine, type Line, lineWidth, span, spread} from '../text/line.ts';
import {bodyOf} from './body.ts';
import type {PaneContent} from './pane.ts';
import {numberKey, type PaneId, paneTable} from './pane-table.ts';
import type {ContentOf} from './registry.ts';

/** How much room a pane has, its title included. */
export type PaneSize = {readonly id: PaneId; readonly width: number; readonly height: number};

export type PaneLook = {
	readonly ui: Ui;
	/** Said in the title where the screen has no header to say it in. */
	readonly badges: Line;
};

const titleLine = ({id, width}: PaneSize, {headline, clock, listing}: PaneContent, look: PaneLook): Line => {
	const isFocused = look.ui.focus === id;
	const isFiltered = listing.keys.length !== listing.outOf;
	const left: Line = [
		...(look.badges.length === 0 ? [] : [...look.badges, span(' ')]),
		span(`${numberKey(id)}${isFocused ? '▸' : ' '}`, isFocused ? 'accent' : 'dim'),
		span(`${paneTable[id].title} `, isFocused ? 'accent' : 'strong'),
		...(isFiltered ? [span(`${listing.keys.length} of ${listing.outOf} `, 'accent')] : []),
		...headline,
		span(' '),
	];
	return spread(left, [span(' '), ...clock], width, '─');
};

const dimmed = (line: Line): Line =>
	line.map(([text, style]) => [text, style === 'plain' || style === 'strong' || style === 'accent' ? 'dim' : style]);

/** A pane as exactly its height in lines. */
export const paneLines = (size: PaneSize, contentOf: ContentOf, look: PaneLook): readonly Line[] => {
	const {id, width, height} = size;
	const isFocused = look.ui.focus === id;
	const content = contentOf(id, isFocused ? width - 1 : width);
	const selection = isFocused ? {width, selected: look.ui.selected[id]} : undefined;
	const body = bodyOf(content, height - 1, selection);
	const lines = [titleLine(size, content, look), ...(content.isStale ? body.map(dimmed) : body)];
	const fitted = lines.slice(0, height).map(line => fitLine(line, width));
	return [...fitted, ...Array<Line>(height - fitted.length).fill([])];
};

/** A pane's line, filled up and with the rule that parts it from the pane to its right. */
export const withEdge = (line: Line, width: number): Line => [
	...line,
	span(' '.repeat(Math.max(0, width - lineWidth(line)))),
	span(' │ ', 'rule'),
];

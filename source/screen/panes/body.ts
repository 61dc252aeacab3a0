import {type Line, lineWidth, span} from '../text/line.ts';
import type {PaneContent} from './pane.ts';

const listed = ({notices, listing, footnotes = []}: PaneContent, room: number): readonly Line[] => {
	const count = listing.keys.length;
	const hasTitles = listing.hasTitles && room >= notices.length + 3;
	const space = Math.max(0, room - notices.length - Number(hasTitles));
	const isTight = room <= 3;
	const shown = count > space && !isTight ? Math.max(0, space - 1) : Math.min(count, space);
	const {titles, draw} = listing.fit(shown);
	const body = [...notices, ...(hasTitles ? [titles] : []), ...draw(0, shown)];
	if (shown === count) return [...body, ...footnotes].slice(0, room);
	const hidden = notices.length + Number(hasTitles) + count - room + 1;
	return isTight ? body.slice(0, room) : [...body.slice(0, room - 1), [span(`… ${hidden} more`, 'dim')]];
};

/** So many rows decide how wide columns are, so that moving on through thousands does not move the columns. */
const measured = 100;

const marker = '▸';

/** A row as wide as its pane, marked by a sign before it and reversed where the terminal can. */
const selectedLine = (line: Line, width: number): Line => [
	span(marker, 'accent'),
	span(line.map(([text]) => text).join(''), 'selected'),
	span(' '.repeat(Math.max(0, width - 1 - lineWidth(line))), 'selected'),
];

type Selection = {readonly width: number; readonly selected: string | undefined};

/** The row a selection is on: the one of that name, else the first. */
export const selectedIndex = (keys: readonly string[], selected: string | undefined): number =>
	Math.max(0, selected === undefined ? 0 : keys.indexOf(selected));

/** With the focus: a row is selected and kept in the middle, and what is hidden is counted in the last line. */
const scrolled = (content: PaneContent, room: number, {width, selected}: Selection): readonly Line[] => {
	const {notices, listing, footnotes = []} = content;
	const count = listing.keys.length;
	const indent = (line: Line): Line => [span(' '), ...line];
	const fits = notices.length + Number(listing.hasTitles) + count <= room;
	const said = fits || count === 0 ? notices : notices.slice(0, Math.floor(room / 2));
	const {titles, draw} = listing.fit(measured);
	const head = [...said, ...(listing.hasTitles && room >= said.length + 4 ? [titles] : [])].map(indent);
	const space = room - head.length;
	const isCut = count > space;
	const visible = isCut && space > 3 ? space - 1 : Math.min(space, count);
	const index = selectedIndex(listing.keys, selected);
	const from = Math.max(0, Math.min(index - Math.floor(visible / 2), count - visible));
	const rows = draw(from, from + visible).map((line, offset) =>
		from + offset === index ? selectedLine(line, width) : indent(line),
	);
	const rest = isCut && space > 3 ? [[span(` … ${from} above, ${count - from - visible} below`, 'dim')]] : [];
	return [...head, ...rows, ...rest, ...footnotes.map(indent)].slice(0, room);
};

/**
 * What fits below a pane's title: notices first, then rows, with the column titles only where two rows come under them.
 * With a selection, which takes one column, the content has to be one column narrower than the pane.
 */
export const bodyOf = (content: PaneContent, room: number, selection?: Selection): readonly Line[] =>
	selection === undefined ? listed(content, room) : scrolled(content, room, selection);

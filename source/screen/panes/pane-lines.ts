import type {Overview} from '../../state/overview.ts';
import type {RowFilter} from '../input/filter.ts';
import type {Ui} from '../input/ui.ts';
import {type Pane, type PaneId, paneIds} from '../layout/layout.ts';
import {fitLine, type Line, lineWidth, span, spread} from '../text/line.ts';
import {bodyOf} from './body.ts';
import {callsPane} from './calls.ts';
import {modelsPane} from './models.ts';
import type {PaneContent, PaneInput} from './pane.ts';
import {routingPane} from './routing.ts';
import {spendPane} from './spend.ts';

const panes: Readonly<Record<PaneId, (input: PaneInput) => PaneContent>> = {
	routing: routingPane,
	spend: spendPane,
	models: modelsPane,
	calls: callsPane,
};

export type ContentOf = (id: PaneId, width: number) => PaneContent;

/** The order of a pane's rows by their names, where it is kept steady. */
export type Orders = Readonly<Partial<Record<PaneId, readonly string[] | undefined>>>;

type Contents = {
	readonly overview: Overview;
	readonly home: string | undefined;
	readonly filter: RowFilter;
	readonly orders: Orders;
};

/** Each pane's content, worked out once per width. */
export const contentsOf = ({overview, home, filter, orders}: Contents): ContentOf => {
	const known = new Map<string, PaneContent>();
	return (id, width) => {
		const key = `${id} ${width}`;
		const content = known.get(key) ?? panes[id]({overview, width, home, filter, order: orders[id]});
		known.set(key, content);
		return content;
	};
};

export type PaneLook = {
	readonly ui: Ui;
	/** Said in the title where the screen has no header to say it in. */
	readonly badges: Line;
};

const titleLine = ({id, width}: Pane, {title, headline, clock, listing}: PaneContent, look: PaneLook): Line => {
	const isFocused = look.ui.focus === id;
	const number = paneIds.indexOf(id) + 1;
	const isSifted = listing.keys.length !== listing.outOf;
	const left: Line = [
		...(look.badges.length === 0 ? [] : [...look.badges, span(' ')]),
		span(isFocused ? `${number}▸` : `${number} `, isFocused ? 'accent' : 'dim'),
		span(`${title} `, isFocused ? 'accent' : 'strong'),
		...(isSifted ? [span(`${listing.keys.length} of ${listing.outOf} `, 'accent')] : []),
		...headline,
		span(' '),
	];
	return spread(left, [span(' '), ...clock], width, '─');
};

const dimmed = (line: Line): Line =>
	line.map(([text, style]) => [text, style === 'plain' || style === 'strong' || style === 'accent' ? 'dim' : style]);

/** A pane as exactly its height in lines. */
export const paneLines = (pane: Pane, contentOf: ContentOf, look: PaneLook): readonly Line[] => {
	const {id, width, height} = pane;
	const isFocused = look.ui.focus === id;
	const content = contentOf(id, isFocused ? width - 1 : width);
	const selection = isFocused ? {width, selected: look.ui.selected[id]} : undefined;
	const body = bodyOf(content, height - 1, selection);
	const lines = [titleLine(pane, content, look), ...(content.isStale ? body.map(dimmed) : body)];
	const fitted = lines.slice(0, height).map(line => fitLine(line, width));
	return [...fitted, ...Array<Line>(height - fitted.length).fill([])];
};

/** Panes of one row beside each other. */
export const sideBySide = (
	row: readonly {readonly width: number; readonly lines: readonly Line[]}[],
): readonly Line[] => {
	const [left, right] = row;
	if (left === undefined) return [];
	if (right === undefined) return left.lines;
	return left.lines.map((line, index) => [
		...line,
		span(' '.repeat(Math.max(0, left.width - lineWidth(line)))),
		span(' │ ', 'rule'),
		...(right.lines[index] ?? []),
	]);
};

import type {Overview} from '../../state/overview.ts';
import type {Card} from '../cards/card.ts';
import {footerHints} from '../input/keys.ts';
import type {Scene} from '../input/ui.ts';
import {type PaneLook, paneLines, withEdge} from '../panes/pane-lines.ts';
import {type Trouble, troubleLines} from '../panes/trouble.ts';
import {fitLine, type Line, span} from '../text/line.ts';
import {badgesLine} from './badges.ts';
import type {Frame, PaneRegion, Region} from './frame.ts';
import {footerLine, headerLine, promptLine} from './header.ts';
import {edgeColumns, type PanePlace} from './layout.ts';
import {type Plan, planScreen, type ScreenInput} from './plan.ts';
import {ribbonLines} from './ribbon.ts';

/** One screen, what keys can act on, and what `y` copies. */
export type Screen = {readonly frame: Frame; readonly scene: Scene; readonly copy: () => Card['copy']};

/** The card's lines that fit, from where it is scrolled to. */
const cardLines = (card: Card, room: number, scroll: number): readonly Line[] => {
	const space = Math.max(0, room - 1);
	const hidden = card.body.length - space - scroll;
	const isCut = hidden > 0 && space > 3;
	const body = card.body.slice(scroll, scroll + (isCut ? space - 1 : space));
	return [[...card.title, span('')], ...body, ...(isCut ? [[span(`… ${hidden + 1} more lines`, 'dim')]] : [])].slice(
		0,
		Math.max(0, room),
	);
};

const paneRegion = (place: PanePlace, lines: readonly Line[], isLast: boolean): PaneRegion => {
	const {id, row, column, width} = place;
	if (isLast) return {id, row, column, width, lines};
	return {id, row, column, width: width + edgeColumns, lines: lines.map(line => withEdge(line, width))};
};

/** Badges stand in the title of the first pane, where they have no other place. */
const paneRegions = ({layout, contentOf}: Plan, look: PaneLook): Frame['panes'] =>
	layout.rows.map((places, index) =>
		places.map((place, column) => {
			const isFirst = index === 0 && column === 0;
			const lines = paneLines(place, contentOf, isFirst ? look : {...look, badges: []});
			return paneRegion(place, lines, column === places.length - 1);
		}),
	);

/** A screen of one line shows what is looked at, behind what is wrong. */
const onlyLine = (line: Line = [], [trouble]: readonly Trouble[], columns: number): Line =>
	fitLine(trouble === undefined ? line : [...trouble.short, span(' '), ...line], columns);

/** The keys that apply, or what is typed, or what has just been said. */
const footOf = ({matches, situation}: Plan, {columns, ui: {draft}, keymap, toast}: ScreenInput): Line => {
	if (draft !== undefined) return promptLine(draft, matches(), columns);
	return toast === undefined ? footerLine(footerHints(keymap, situation), columns) : [span(toast, 'accent')];
};

const filled = (lines: readonly Line[], count: number): readonly Line[] => [
	...lines,
	...Array<Line>(Math.max(0, count - lines.length)).fill([]),
];

const frameOf = (overview: Overview, plan: Plan, input: ScreenInput): Frame => {
	const {layout, troubles, bodyRoom, card, scroll} = plan;
	const {columns, rows, ui, toast} = input;
	const at = (row: number, lines: readonly Line[]): Region => ({
		...{row, column: 0},
		lines: lines.map(line => fitLine(line, columns)),
	});
	if (layout.kind === 'ribbon') {
		const ribbon = ribbonLines(overview, {columns, rows, troubles, badges: plan.badges, toast});
		return {panes: [], ribbon: at(0, ribbon)};
	}
	const badges = badgesLine(plan.badges);
	const panes = card === undefined ? paneRegions(plan, {ui, badges: layout.hasHeader ? [] : badges}) : [];
	const covering = card && cardLines(card, bodyRoom, scroll);
	if (rows === 1) {
		const [line] = covering ?? panes[0]?.[0]?.lines ?? [];
		return {
			panes: [],
			ribbon: at(0, [onlyLine(ui.draft === undefined ? line : footOf(plan, input), troubles, columns)]),
		};
	}
	const refusalsRow = Number(layout.hasHeader);
	return {
		header: layout.hasHeader ? at(0, [headerLine(overview, {columns, badges})]) : undefined,
		refusals: at(refusalsRow, filled(troubleLines(troubles, layout.troubleRows, columns), layout.troubleRows)),
		panes,
		card: covering && at(refusalsRow + layout.troubleRows, filled(covering, bodyRoom)),
		footer: layout.hasFooter ? at(rows - 1, [footOf(plan, input)]) : undefined,
	};
};

/** Composes a screen of exactly `rows` lines (a ribbon may have fewer), none wider than `columns`. */
export const composeScreen = (overview: Overview, input: ScreenInput): Screen => {
	const plan = planScreen(overview, input);
	return {frame: frameOf(overview, plan, input), scene: plan.scene, copy: plan.copy};
};

import type {Overview} from '../../state/overview.ts';
import type {Card} from '../cards/card.ts';
import {footerHints} from '../input/keys.ts';
import type {Scene} from '../input/ui.ts';
import {type ContentOf, type PaneLook, paneLines, sideBySide} from '../panes/pane-lines.ts';
import {type Trouble, troubleLines} from '../panes/trouble.ts';
import {fitLine, type Line, span} from '../text/line.ts';
import {badgesLine} from './badges.ts';
import {footerLine, headerLine, promptLine} from './header.ts';
import type {Layout} from './layout.ts';
import {type Plan, planScreen, type ScreenInput} from './plan.ts';
import {ribbonLines} from './ribbon.ts';

/** One screen: exactly `rows` lines (a ribbon may be shorter), none wider than `columns`, and what keys can act on. */
export type Frame = {readonly lines: readonly Line[]; readonly scene: Scene; readonly copy: () => Card['copy']};

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

const panesOf = (layout: Layout, contentOf: ContentOf, look: PaneLook): readonly Line[] =>
	layout.rows.flatMap((row, index) =>
		sideBySide(
			row.map((pane, column) => {
				const isFirst = index === 0 && column === 0;
				return {width: pane.width, lines: paneLines(pane, contentOf, isFirst ? look : {...look, badges: []})};
			}),
		),
	);

/** A screen of one line shows what is looked at, behind what is wrong. */
const onlyLine = (line: Line = [], [trouble]: readonly Trouble[], columns: number): Line =>
	fitLine(trouble === undefined ? line : [...trouble.short, span(' '), ...line], columns);

/** The keys that apply, or what is typed, or what has just been said. */
const footOf = ({matches, situation}: Plan, {columns, ui: {draft}, keymap, toast}: ScreenInput): Line => {
	if (draft !== undefined) return promptLine(draft, matches(), columns);
	return toast === undefined ? footerLine(footerHints(keymap, situation), columns) : [span(toast, 'accent')];
};

const linesOf = (overview: Overview, plan: Plan, input: ScreenInput): readonly Line[] => {
	const {layout, contentOf, troubles, bodyRoom, card, scroll} = plan;
	const {columns, rows, ui, toast} = input;
	if (layout.kind === 'ribbon') return ribbonLines(overview, {columns, rows, troubles, badges: plan.badges, toast});
	const badges = badgesLine(plan.badges);
	const look = {ui, badges: layout.hasHeader ? [] : badges};
	const body = card === undefined ? panesOf(layout, contentOf, look) : cardLines(card, bodyRoom, scroll);
	if (rows === 1) return [onlyLine(ui.draft === undefined ? body[0] : footOf(plan, input), troubles, columns)];
	const filled = (lines: readonly Line[], count: number) => [
		...lines,
		...Array<Line>(Math.max(0, count - lines.length)).fill([]),
	];
	return [
		...(layout.hasHeader ? [headerLine(overview, {columns, badges})] : []),
		...filled(troubleLines(troubles, layout.troubleRows, columns), layout.troubleRows),
		...filled(body, bodyRoom),
		...(layout.hasFooter ? [footOf(plan, input)] : []),
	];
};

/** Composes a screen from what is known and what the person is looking at. */
export const composeScreen = (overview: Overview, input: ScreenInput): Frame => {
	const plan = planScreen(overview, input);
	const lines = linesOf(overview, plan, input).map(line => fitLine(line, input.columns));
	return {lines: lines.slice(0, input.rows), scene: plan.scene, copy: plan.copy};
};

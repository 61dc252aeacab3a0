import type {Overview} from '../domain/overview.ts';
import {refusalKey} from '../domain/refusals.ts';
import {badgesLine, badgesOf} from './badges.ts';
import type {Card} from './cards/card.ts';
import {cardOf} from './cards/card-of.ts';
import {footerLine, headerLine, promptLine} from './header.ts';
import type {Keymap, Situation} from './keymap.ts';
import {footerHints} from './keys.ts';
import {halves, isRibbon, type Layout, layOutScreen, type PaneId} from './layout.ts';
import {fitLine, type Line, span} from './line.ts';
import {type ContentOf, contentsOf, type Orders, type PaneLook, paneLines, sideBySide} from './pane-lines.ts';
import {selectedIndex} from './panes/body.ts';
import {lengthOf} from './panes/pane.ts';
import {ribbonLines} from './ribbon.ts';
import {openSieve, parseFilter} from './sieve.ts';
import type {Target} from './target.ts';
import {type Trouble, troubleLines, troubles, wantedRows} from './trouble.ts';
import {canGoBack, type Scene, type Ui} from './ui.ts';

export type ScreenInput = {
	readonly columns: number;
	readonly rows: number;
	readonly ui: Ui;
	readonly keymap: Keymap;
	readonly isDemo: boolean;
	readonly home?: string | undefined;
	/** What is true now, where the screen stands still. */
	readonly live?: Overview | undefined;
	/** Rows whose values are close to each other keep the order they had. */
	readonly orders?: Orders | undefined;
	/** Said once, in the place of the keys. */
	readonly toast?: string | undefined;
	readonly replay?: string | undefined;
};

/** One screen: exactly `rows` lines (a ribbon may be shorter), none wider than `columns`, and what keys can act on. */
export type Frame = {readonly lines: readonly Line[]; readonly scene: Scene; readonly copy: () => Card['copy']};

/** From this width on panes stand side by side, and there is room for footnotes. */
const wide = 100;
const tall = 40;

/** The lines each pane could fill, measured at the width at which it is then drawn, so that it is worked out only once. */
const measure = (contentOf: ContentOf, columns: number, rows: number) => {
	const [left, right] = halves(columns);
	// Footnotes make a pane grow only where the others do not miss those rows.
	const spare = rows >= tall ? 8 : 2;
	const isWide = columns >= wide;
	const top = (id: PaneId, width: number) => {
		const content = contentOf(id, isWide ? width : columns);
		return lengthOf(content) + (isWide ? Math.min(spare, content.footnotes?.length ?? 0) : 0);
	};
	return {
		routing: top('routing', left),
		spend: top('spend', right),
		models: lengthOf(contentOf('models', columns)),
		calls: lengthOf(contentOf('calls', columns)),
	};
};

/** What Enter opens: the selected row, without a focus the newest refusal. */
const targetOf = (ui: Ui, contentOf: ContentOf, width: number, all: readonly Trouble[]): Target | undefined => {
	const refusal = all.find(one => one.refusal !== undefined)?.refusal;
	if (ui.focus === undefined) return refusal && {kind: 'refusal', key: refusalKey(refusal)};
	const {listing} = contentOf(ui.focus, width);
	return listing.targetOf(selectedIndex(listing.keys, ui.selected[ui.focus]));
};

const matchWords = (ui: Ui, contentOf: ContentOf, width: number): string => {
	const pane = ui.focus ?? 'calls';
	const {listing} = contentOf(pane, width);
	return `${listing.keys.length} of ${listing.outOf} ${pane === 'routing' ? 'sessions' : pane}`;
};

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

const noContent = {routing: 0, spend: 0, models: 0, calls: 0};

/** What was opened may have left the window since. */
const goneCard: Card = {title: [span('Gone', 'strong')], body: [[span('This is no longer in the window.', 'dim')]]};

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

/** Composes a screen from what is known and what the person is looking at. */
export const composeScreen = (overview: Overview, input: ScreenInput): Frame => {
	const {columns, rows, ui, keymap, home, live = overview, orders = {}, toast} = input;
	const all = troubles(live);
	const allBadges = badgesOf({overview, live, ui, isDemo: input.isDemo, replay: input.replay});
	const sieve = {
		...openSieve,
		terms: parseFilter(ui.draft ?? ui.filter),
		isTroubleOnly: ui.isTroubleOnly,
		isMineOnly: ui.isMineOnly,
	};
	const contentOf = contentsOf({overview, home, sieve, orders});
	const wanted = wantedRows(all, columns);
	const isSliver = isRibbon(columns, rows);
	const layout = layOutScreen({
		...{columns, rows, troubleLines: wanted, hasPrompt: ui.draft !== undefined},
		// A card takes the room of all panes.
		focus: ui.card === undefined ? ui.focus : 'calls',
		isZoomed: ui.isZoomed || ui.card !== undefined,
		content: isSliver || ui.card !== undefined ? noContent : measure(contentOf, columns, rows),
	});
	const paneWidth = layout.rows.flat().find(({id}) => id === ui.focus)?.width ?? columns;
	const bodyRoom = layout.rows.reduce((sum, [pane]) => sum + (pane?.height ?? 0), 0);
	const target = targetOf(ui, contentOf, paneWidth - 1, all);
	const cardInput = {width: columns, height: Math.max(0, bodyRoom - 1), keymap, home};
	// Trouble is always of now: what it opens need not have happened yet where the screen stands still.
	const open = (what: Target | undefined) =>
		what && (cardOf(overview, what, cardInput) ?? cardOf(live, what, cardInput));
	const card = ui.card === undefined ? undefined : (open(ui.card) ?? goneCard);
	const lastScroll = card === undefined ? 0 : Math.max(0, card.body.length - Math.max(1, bodyRoom - 1));
	const scroll = Math.min(ui.scroll, lastScroll);
	const keys = ui.focus === undefined ? [] : contentOf(ui.focus, paneWidth - 1).listing.keys;
	const scene: Scene = {
		panes: layout.rows.flat().map(({id}) => id),
		keys,
		page: Math.max(1, bodyRoom - 3),
		lastScroll,
		target,
		isRibbon: layout.kind === 'ribbon',
	};
	const situation: Situation = {
		isCard: card !== undefined,
		canScroll: lastScroll > 0,
		canOpen: card === undefined && target !== undefined,
		canCopy: card?.copy !== undefined,
		canGoBack: canGoBack(ui),
		canMove: ui.focus === undefined ? scene.panes.length > 0 : keys.length > 1,
		isRibbon: layout.kind === 'ribbon',
	};
	const copy = () => (card ?? open(target))?.copy;
	if (layout.kind === 'ribbon') {
		return {lines: ribbonLines(overview, {columns, rows, troubles: all, badges: allBadges, toast}), scene, copy};
	}
	const badges = badgesLine(allBadges);
	const look = {ui, badges: layout.hasHeader ? [] : badges};
	const shownTrouble = troubleLines(all, layout.troubleRows, columns);
	const body = card === undefined ? panesOf(layout, contentOf, look) : cardLines(card, bodyRoom, scroll);
	const foot = () => {
		if (ui.draft !== undefined) return promptLine(ui.draft, matchWords(ui, contentOf, paneWidth - 1), columns);
		return toast === undefined ? footerLine(footerHints(keymap, situation), columns) : [span(toast, 'accent')];
	};
	const filled = [...body, ...Array<Line>(Math.max(0, bodyRoom - body.length)).fill([])];
	const lines = [
		...(layout.hasHeader ? [headerLine(overview, {columns, badges})] : []),
		...shownTrouble,
		...Array<Line>(layout.troubleRows - shownTrouble.length).fill([]),
		...filled,
		...(layout.hasFooter ? [foot()] : []),
	];
	if (rows === 1) return {lines: [onlyLine(ui.draft === undefined ? lines[0] : foot(), all, columns)], scene, copy};
	return {lines: lines.map(line => fitLine(line, columns)).slice(0, rows), scene, copy};
};

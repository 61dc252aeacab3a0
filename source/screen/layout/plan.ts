import {refusalKey} from '../../domain/refusals/refusals.ts';
import type {Overview} from '../../state/overview.ts';
import type {Card} from '../cards/card.ts';
import {cardOf} from '../cards/card-of.ts';
import {parseFilter} from '../input/filter.ts';
import type {Keymap, Situation} from '../input/keymap.ts';
import {canGoBack, type Scene, type Ui} from '../input/ui.ts';
import {selectedIndex} from '../panes/body.ts';
import {lengthOf} from '../panes/pane.ts';
import {type PaneId, paneIds, paneTable} from '../panes/pane-table.ts';
import {type ContentOf, contentsOf, type Orders} from '../panes/registry.ts';
import type {Target} from '../panes/target.ts';
import {type Trouble, troubles, wantedRows} from '../panes/trouble.ts';
import {span} from '../text/line.ts';
import {type Badges, badgesOf} from './badges.ts';
import {type Content, gridWidth, isRibbon, type Layout, layOutScreen} from './layout.ts';

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

/** From this width on panes stand side by side, and there is room for footnotes. */
const wide = 100;
const tall = 40;

/** The lines each pane could fill, measured at the width at which it is then drawn, so that it is worked out only once. */
const measure = (contentOf: ContentOf, columns: number, rows: number): Content => {
	// Footnotes make a pane grow only where the others do not miss those rows.
	const spare = rows >= tall ? 8 : 2;
	const linesOf = (id: PaneId): number => {
		const {width, isBeside} = gridWidth(id, columns);
		const isGrid = columns >= wide;
		const content = contentOf(id, isGrid ? width : columns);
		return lengthOf(content) + (isGrid && isBeside ? Math.min(spare, content.footnotes?.length ?? 0) : 0);
	};
	return Object.fromEntries(paneIds.map(id => [id, linesOf(id)]));
};

/** What Enter opens: the selected row, without a focus the newest refusal of the window. */
const targetOf = (ui: Ui, contentOf: ContentOf, width: number, {refusals}: Overview): Target | undefined => {
	const [refusal] = refusals;
	if (ui.focus === undefined) return refusal && {kind: 'refusal', key: refusalKey(refusal)};
	const {listing} = contentOf(ui.focus, width);
	return listing.targetOf(selectedIndex(listing.keys, ui.selected[ui.focus]));
};

/** How many rows the filter leaves, in words. */
const matchWords = (ui: Ui, contentOf: ContentOf, width: number): string => {
	const pane = ui.focus ?? 'calls';
	const {listing} = contentOf(pane, width);
	return `${listing.keys.length} of ${listing.outOf} ${paneTable[pane].rowNoun}`;
};

/** What was opened may have left the window since. */
const goneCard: Card = {title: [span('Gone', 'strong')], body: [[span('This is no longer in the window.', 'dim')]]};

/** What is where on the screen, and what keys can act on; nothing is drawn yet. */
export type Plan = {
	readonly layout: Layout;
	readonly contentOf: ContentOf;
	readonly troubles: readonly Trouble[];
	readonly badges: Badges;
	/** Rows for the panes, or for the card that covers them. */
	readonly bodyRoom: number;
	readonly card: Card | undefined;
	/** Lines of the card above the screen. */
	readonly scroll: number;
	readonly scene: Scene;
	readonly situation: Situation;
	/** How many rows the filter leaves. */
	readonly matches: () => string;
	readonly copy: () => Card['copy'];
};

/** Plans a screen from what is known and what the person is looking at. */
export const planScreen = (overview: Overview, input: ScreenInput): Plan => {
	const {columns, rows, ui, keymap, home, live = overview, orders = {}} = input;
	const all = troubles(live);
	const badges = badgesOf({overview, live, ui, isDemo: input.isDemo, replay: input.replay});
	const filter = {
		terms: parseFilter(ui.draft ?? ui.filter),
		isTroubleOnly: ui.isTroubleOnly,
		isMineOnly: ui.isMineOnly,
	};
	const contentOf = contentsOf({overview, home, filter, orders});
	const wanted = wantedRows(all, columns);
	const isSliver = isRibbon(columns, rows);
	const layout = layOutScreen({
		...{columns, rows, troubleLines: wanted, hasPrompt: ui.draft !== undefined},
		// A card takes the room of all panes.
		focus: ui.card === undefined ? ui.focus : 'calls',
		isZoomed: ui.isZoomed || ui.card !== undefined,
		content: isSliver || ui.card !== undefined ? {} : measure(contentOf, columns, rows),
	});
	const paneWidth = layout.rows.flat().find(({id}) => id === ui.focus)?.width ?? columns;
	const bodyRoom = layout.rows.reduce((sum, [pane]) => sum + (pane?.height ?? 0), 0);
	const target = targetOf(ui, contentOf, paneWidth - 1, live);
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
	return {
		...{layout, contentOf, troubles: all, badges, bodyRoom, card, scroll, scene, situation},
		matches: () => matchWords(ui, contentOf, paneWidth - 1),
		copy: () => (card ?? open(target))?.copy,
	};
};

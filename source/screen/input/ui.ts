import {selectedIndex} from '../panes/body.ts';
import {type PaneId, paneIds} from '../panes/pane-table.ts';
import type {Target} from '../panes/target.ts';
import type {Command} from './keymap.ts';

/** What the person is looking at; nothing of this is data. */
export type Ui = {
	readonly focus?: PaneId | undefined;
	readonly isZoomed: boolean;
	/** The selected row of each pane by its name; absent: the first, whichever that is. */
	readonly selected: Readonly<Partial<Record<PaneId, string>>>;
	readonly card?: Target | undefined;
	/** Lines of the card above the screen. */
	readonly scroll: number;
	/** The filter in force. */
	readonly filter: string;
	/** The filter while it is being typed. */
	readonly draft?: string | undefined;
	readonly isTroubleOnly: boolean;
	readonly isMineOnly: boolean;
	/** Since when the screen stands still, epoch ms. */
	readonly frozenAt?: number | undefined;
};

export const initialUi: Ui = {
	isZoomed: false,
	selected: {},
	scroll: 0,
	filter: '',
	isTroubleOnly: false,
	isMineOnly: false,
};

/** What the last frame showed, as far as keys depend on it. */
export type Scene = {
	/** The panes on screen, in their order. */
	readonly panes: readonly PaneId[];
	/** The rows of the focused pane by name. */
	readonly keys: readonly string[];
	/** How many rows or lines a page has. */
	readonly page: number;
	/** How far a card can be scrolled. */
	readonly lastScroll: number;
	/** What Enter opens: the selected row, else the newest refusal. */
	readonly target?: Target | undefined;
	readonly isRibbon: boolean;
};

const neighbour = (focus: PaneId | undefined, by: 1 | -1, shown: readonly PaneId[]): PaneId | undefined => {
	const ring = shown.length > 1 ? shown : paneIds;
	const from = focus === undefined ? (by === 1 ? -1 : 0) : ring.indexOf(focus);
	return ring[(from + by + ring.length) % ring.length];
};

const jump = (command: Command['type'], index: number, {keys, page}: Scene): number => {
	const steps: Partial<Record<Command['type'], number>> = {
		down: index + 1,
		up: index - 1,
		pageDown: index + page,
		pageUp: index - page,
		first: 0,
		last: keys.length - 1,
	};
	return Math.max(0, Math.min(keys.length - 1, steps[command] ?? index));
};

const move = (ui: Ui, command: Command['type'], scene: Scene): Ui => {
	if (ui.card !== undefined) {
		const {page, lastScroll} = scene;
		const steps: Partial<Record<Command['type'], number>> = {
			down: ui.scroll + 1,
			up: ui.scroll - 1,
			pageDown: ui.scroll + page,
			pageUp: ui.scroll - page,
			first: 0,
			last: lastScroll,
		};
		return {...ui, scroll: Math.max(0, Math.min(lastScroll, steps[command] ?? ui.scroll))};
	}
	// Without a focus the arrow goes where it would lead the eye: into the first pane.
	if (ui.focus === undefined) return {...ui, focus: scene.isRibbon ? 'calls' : scene.panes[0]};
	if (scene.keys.length === 0) return ui;
	const index = jump(command, selectedIndex(scene.keys, ui.selected[ui.focus]), scene);
	// The first row is not kept by name: whoever looks at the newest goes on seeing the newest.
	const key = index === 0 ? undefined : scene.keys[index];
	return {...ui, selected: {...ui.selected, [ui.focus]: key}};
};

const focus = (ui: Ui, pane: PaneId): Ui => {
	if (ui.card !== undefined) return {...ui, card: undefined, focus: pane, isZoomed: false};
	return ui.focus === pane ? {...ui, isZoomed: !ui.isZoomed} : {...ui, focus: pane};
};

/** Whether there is anything that Esc leads out of. */
export const canGoBack = ({card, isZoomed, focus, filter, isTroubleOnly, isMineOnly, frozenAt}: Ui): boolean =>
	card !== undefined ||
	isZoomed ||
	focus !== undefined ||
	filter !== '' ||
	isTroubleOnly ||
	isMineOnly ||
	frozenAt !== undefined;

/** One step back: out of a card, out of the zoom, out of the pane, then the filters, then the freeze. Never further. */
const back = (ui: Ui): Ui => {
	if (ui.card !== undefined) return {...ui, card: undefined, scroll: 0};
	if (ui.isZoomed) return {...ui, isZoomed: false};
	if (ui.focus !== undefined) return {...ui, focus: undefined, selected: {}};
	if (ui.filter !== '') return {...ui, filter: ''};
	if (ui.isTroubleOnly || ui.isMineOnly) return {...ui, isTroubleOnly: false, isMineOnly: false};
	return ui.frozenAt === undefined ? ui : {...ui, frozenAt: undefined};
};

const isHelp = ({card}: Ui) => card?.kind === 'help';

/** The next state after a command. `now` is epoch ms. What a command does to the world is the app's business. */
export const reduceUi = (ui: Ui, command: Command, scene: Scene, now: number): Ui => {
	switch (command.type) {
		case 'focus':
			return focus(ui, command.pane);
		case 'next':
		case 'previous': {
			const pane = neighbour(ui.focus, command.type === 'next' ? 1 : -1, ui.isZoomed ? paneIds : scene.panes);
			return ui.card === undefined ? {...ui, focus: pane} : ui;
		}
		case 'down':
		case 'up':
		case 'pageDown':
		case 'pageUp':
		case 'first':
		case 'last':
			return move(ui, command.type, scene);
		case 'open':
			return scene.target === undefined || ui.card !== undefined ? ui : {...ui, card: scene.target, scroll: 0};
		case 'help':
			return isHelp(ui) ? back(ui) : {...ui, card: {kind: 'help'}, scroll: 0};
		case 'back':
			return back(ui);
		case 'trouble':
			return {...ui, isTroubleOnly: !ui.isTroubleOnly};
		case 'mine':
			return {...ui, isMineOnly: !ui.isMineOnly};
		case 'filter':
			return {...ui, card: undefined, scroll: 0, draft: ui.filter};
		case 'window':
			// Another window is wanted of now, not of the moment that is kept.
			return {...ui, frozenAt: undefined};
		case 'freeze':
			return {...ui, frozenAt: ui.frozenAt === undefined ? now : undefined};
		default:
			return ui;
	}
};

/** A longer filter would find nothing that a shorter one does not. */
const longestFilter = 200;

/** A key while the filter is being typed: every character is text, Enter takes it on, Esc leaves the old one. */
export const typeFilter = (ui: Ui, key: string): Ui => {
	const draft = ui.draft ?? '';
	if (key === 'enter') return {...ui, filter: draft.trim(), draft: undefined};
	if (key === 'escape') return {...ui, draft: undefined};
	if (key === 'backspace') return {...ui, draft: [...draft].slice(0, -1).join('')};
	if (key === 'ctrl-u') return {...ui, draft: ''};
	if (key === 'ctrl-w') return {...ui, draft: draft.replace(/\S*\s*$/, '')};
	const text = key === 'space' ? ' ' : key;
	return [...text].length === 1 && draft.length < longestFilter ? {...ui, draft: draft + text} : ui;
};

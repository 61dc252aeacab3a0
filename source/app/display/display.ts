import {rowChange, rowColumns, wholeRow} from './row-change.ts';

/** The alternate screen without cursor; what is wider than the terminal is cut, as no row may push another down. */
const take = '\u001b[?1049h\u001b[?25l\u001b[?7l';
const giveBack = '\u001b[0m\u001b[?7h\u001b[?25h\u001b[?1049l';
const eraseAll = '\u001b[0m\u001b[H\u001b[J';

/** https://gist.github.com/christianparpart/d8a62cc1ab659194337d73e399004036: what is between them appears at once. */
const [beginUpdate, endUpdate] = ['\u001b[?2026h', '\u001b[?2026l'];

export type DisplayTerminal = {
	readonly write: (text: string) => void;
	/** How large the terminal is now. */
	readonly size: () => {readonly columns: number; readonly rows: number};
};

/** The one owner of a terminal's alternate screen. */
export type Display = {
	/** Takes the screen, or takes it again after others have had it. Everything is painted. */
	enter(): void;
	/** The rows from the top, with their colours; only what has changed is written. */
	draw(rows: readonly string[]): void;
	/** From now on nobody knows what stands on the screen: the next rows are all painted. */
	forget(): void;
	/** Paints all rows if that is still due. */
	refresh(): void;
	/** Gives the terminal back as it was. Once; until it is taken again nothing is written. */
	leave(): void;
};

const everyRow = (rows: readonly string[]): string =>
	eraseAll + rows.map((text, row) => (text === '' ? '' : wholeRow(row, text))).join('');

const changes = (before: readonly string[], after: readonly string[]): string =>
	Array.from({length: Math.max(before.length, after.length)}, (_, row) =>
		rowChange(row, before[row] ?? '', after[row] ?? ''),
	).join('');

/** A display that writes as little as it can, and all of one frame at once. */
export const createDisplay = ({write, size}: DisplayTerminal): Display => {
	let isTaken = false;
	let wanted: readonly string[] = [];
	/** What stands on the screen, where that is known. */
	let shown: readonly string[] | undefined;
	const paint = (before = '') => {
		const {columns, rows} = size();
		// A terminal takes what is below its last row for that row.
		const visible = wanted.slice(0, rows);
		const change = shown === undefined ? everyRow(visible) : changes(shown, visible);
		// A frame that was composed for a wider terminal, as it may be just after that has changed, is cut somewhere.
		const isCut = shown === undefined && visible.some(row => rowColumns(row) > columns);
		shown = isCut ? undefined : visible;
		if (change !== '') write(before + beginUpdate + change + endUpdate);
	};
	return {
		enter() {
			isTaken = true;
			shown = undefined;
			paint(take);
		},
		draw(next) {
			wanted = next;
			if (isTaken) paint();
		},
		forget() {
			shown = undefined;
		},
		refresh() {
			if (isTaken) paint();
		},
		leave() {
			if (!isTaken) return;
			isTaken = false;
			write(giveBack);
		},
	};
};

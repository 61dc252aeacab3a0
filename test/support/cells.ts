import type {Terminal} from '@xterm/headless';

/** One place of a terminal: what stands there and how it looks. A wide character has two columns and comes once. */
export type Cell = {
	readonly text: string;
	readonly columns: number;
	/** Number in the terminal's palette; undefined: the terminal's own colour. */
	readonly foreground: number | undefined;
	readonly background: number | undefined;
	readonly isBold: boolean;
	readonly isDim: boolean;
	readonly isInverse: boolean;
};

/** The visible rows of a terminal, cell by cell. Colours outside the palette are taken for the terminal's own. */
export const readCells = (terminal: Terminal): readonly (readonly Cell[])[] => {
	const {active} = terminal.buffer;
	return Array.from({length: terminal.rows}, (_, row) => {
		const line = active.getLine(active.baseY + row);
		return Array.from({length: terminal.cols}, (_, column) => line?.getCell(column)).flatMap(cell => {
			if (cell === undefined || cell.getWidth() === 0) return [];
			return {
				text: cell.getChars() || ' ',
				columns: cell.getWidth(),
				foreground: cell.isFgPalette() ? cell.getFgColor() : undefined,
				background: cell.isBgPalette() ? cell.getBgColor() : undefined,
				isBold: cell.isBold() !== 0,
				isDim: cell.isDim() !== 0,
				isInverse: cell.isInverse() !== 0,
			};
		});
	});
};

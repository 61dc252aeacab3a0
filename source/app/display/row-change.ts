import {isNarrow, widthOf} from '../../screen/text/line.ts';

/** What closes a style, as chalk does: bold and dim, italic, underline, inverse, hidden, strike, colours, all. */
const closing = '\\u001b\\[(?:0|2[2-9]|[345]9)m';
const opening = `\\u001b\\[(?!(?:0|2[2-9]|[345]9)m)[\\d;]*m`;
const piece = new RegExp(`(?:${opening})+[^\\u001b]*(?:${closing})+| +|[^\\u001b ]+`, 'g');
const styles = new RegExp(`${opening}|${closing}`, 'g');

type Piece = {readonly text: string; readonly columns: number};

/**
 * A painted row as pieces that can stand alone: a styled span, a word, blanks. Undefined where that cannot be told, or
 * where a terminal may give characters another width than we do: combining ones, emoji, all that is wide.
 */
const piecesOf = (row: string): readonly Piece[] | undefined => {
	const texts = row.match(piece) ?? [];
	if (texts.join('') !== row) return undefined;
	const pieces: Piece[] = [];
	for (const text of texts) {
		const plain = text.replace(styles, '');
		if (!isNarrow(plain)) return undefined;
		pieces.push({text, columns: plain.length});
	}
	return pieces;
};

const columnsOf = (pieces: readonly Piece[]): number => pieces.reduce((sum, {columns}) => sum + columns, 0);
const textOf = (pieces: readonly Piece[]): string => pieces.map(({text}) => text).join('');

const moveTo = (row: number, column: number): string => `\u001b[${row + 1};${column + 1}H`;
const eraseLine = '\u001b[2K';
const eraseRest = '\u001b[K';

/** How many columns a painted row takes. */
export const rowColumns = (row: string): number => widthOf(row.replace(styles, ''));

/** The whole row anew. It is erased first: behind its last column there is nothing that could be erased. */
export const wholeRow = (row: number, text: string): string => moveTo(row, 0) + eraseLine + text;

/** What makes one row of a terminal, counted from 0, of another; both with their colours, neither wider than the screen. */
export const rowChange = (row: number, before: string, after: string): string => {
	if (before === after) return '';
	const [old, wanted] = [piecesOf(before), piecesOf(after)];
	if (old === undefined || wanted === undefined) return wholeRow(row, after);
	const isSame = (a: number, b: number) => old.at(a)?.text === wanted.at(b)?.text;
	const shorter = Math.min(old.length, wanted.length);
	let head = 0;
	while (head < shorter && isSame(head, head)) head++;
	const [oldColumns, newColumns] = [columnsOf(old), columnsOf(wanted)];
	let tail = 0;
	// Only behind a change that is as wide as what it replaces everything stays where it is.
	if (oldColumns === newColumns) while (tail < shorter - head && isSame(-1 - tail, -1 - tail)) tail++;
	const changed = textOf(wanted.slice(head, wanted.length - tail));
	return moveTo(row, columnsOf(wanted.slice(0, head))) + changed + (newColumns < oldColumns ? eraseRest : '');
};

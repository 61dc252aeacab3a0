import {Text} from 'ink';
import {createContext, memo, useContext, useLayoutEffect} from 'react';
import {type Line, plainText} from '../screen/text/line.ts';

/** A row as it reaches a terminal: its text with colours, and where it begins, counted from 0 at the top left. */
export type PaintedRow = {readonly row: number; readonly column: number; readonly text: string};

/**
 * Brings one row to the terminal in Ink's place, and answers how to take it away again. It is called once for each row
 * that is new or has changed, all of one frame before anything else happens, after what they replace was taken away.
 */
export type Painter = (row: PaintedRow) => () => void;

type Paints = {
	/** Gives a line its colours. */
	readonly paint: (line: Line) => string;
	/** Absent: rows are text nodes, which Ink lays out, writes and hands to screen readers. */
	readonly painter?: Painter | undefined;
};

/** How lines become text, and what brings that to the terminal. */
export const Painting = createContext<Paints>({paint: plainText});

const PaintedElsewhere = ({row, column, text, painter}: PaintedRow & {readonly painter: Painter}) => {
	useLayoutEffect(() => painter({row, column, text}), [painter, row, column, text]);
	return null;
};

/** Rendered again only when it changes. Ink gives an empty text no height. */
const Row = memo((row: PaintedRow) => {
	const {painter} = useContext(Painting);
	if (painter !== undefined) return <PaintedElsewhere {...row} painter={painter} />;
	return <Text wrap="truncate">{row.text === '' ? ' ' : row.text}</Text>;
});

type Props = {readonly row: number; readonly column: number; readonly texts: readonly string[]};

/** Painted rows under each other. Rows are told apart by their place: what moves is another row. */
export const Rows = ({row, column, texts}: Props) => {
	const rows = texts.map((text, index): PaintedRow => ({row: row + index, column, text}));
	return rows.map(one => <Row key={one.row} {...one} />);
};

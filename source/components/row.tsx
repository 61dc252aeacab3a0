import {Text} from 'ink';
import {createContext, memo, type ReactNode, useContext} from 'react';
import {type Line, plainText} from '../screen/text/line.ts';

/** A row as it reaches a terminal: its text with colours, and where it begins, counted from 0 at the top left. */
export type PaintedRow = {readonly row: number; readonly column: number; readonly text: string};

/** A component that brings one row to the terminal. It is rendered only when the row is new or has changed. */
export type Painter = (row: PaintedRow) => ReactNode;

/** Rows as text nodes, which Ink lays out, writes and hands to screen readers. Ink gives an empty text no height. */
export const InkPainter: Painter = ({text}) => <Text wrap="truncate">{text === '' ? ' ' : text}</Text>;

/** How lines get their colours, and what then brings them to the terminal. */
export const Painting = createContext<{readonly paint: (line: Line) => string; readonly Painter: Painter}>({
	paint: plainText,
	Painter: InkPainter,
});

const Row = memo((row: PaintedRow) => {
	const {Painter} = useContext(Painting);
	return <Painter {...row} />;
});

type Props = {readonly row: number; readonly column: number; readonly texts: readonly string[]};

/** Painted rows under each other. A row is told from the others by its place: what moves is another row. */
export const Rows = ({row, column, texts}: Props) => {
	const rows = texts.map((text, index): PaintedRow => ({row: row + index, column, text}));
	return rows.map(one => <Row key={one.row} {...one} />);
};

import {type Column, chooseColumns, drawRow, drawTitles} from '../text/columns.ts';
import type {Line} from '../text/line.ts';
import type {Target} from './target.ts';

/** Rows as lines, in columns that were made for some of them. */
type Drawn = {
	readonly titles: Line;
	/** The rows from one index up to another, as lines of the width the listing was made for. */
	draw(from: number, to: number): readonly Line[];
};

/** Rows of a pane, each with a name that stays its own, drawn only where they are seen. */
export type Listing = {
	readonly hasTitles: boolean;
	/** One per row, in order. */
	readonly keys: readonly string[];
	/** How many rows there are without filter. */
	readonly outOf: number;
	/** What a row opens. */
	targetOf(index: number): Target | undefined;
	/** In columns as wide as the first so many rows need. */
	fit(count: number): Drawn;
};

type Kind<Row> = {
	readonly columns: readonly Column<Row>[];
	readonly rows: readonly Row[];
	readonly keyOf: (row: Row) => string;
	readonly targetOf: (row: Row) => Target | undefined;
	readonly width: number;
	readonly titles: boolean;
	readonly outOf?: number | undefined;
};

/** A pane's rows as a listing. */
export const list = <Row>({columns, rows, keyOf, targetOf, width, titles, outOf}: Kind<Row>): Listing => ({
	hasTitles: titles && rows.length > 0,
	keys: rows.map(keyOf),
	outOf: outOf ?? rows.length,
	targetOf(index) {
		const row = rows[index];
		return row === undefined ? undefined : targetOf(row);
	},
	fit(count) {
		const chosen = chooseColumns(columns, rows.slice(0, count), width, titles);
		return {
			titles: drawTitles(chosen, width),
			draw: (from, to) => rows.slice(from, to).map(row => drawRow(chosen, row, width)),
		};
	},
});

import {fitLine, type Line, pad, type Span, type Style, truncate, widthOf} from './line.ts';
import {sanitize} from './sanitize.ts';

/** One column of a live table. */
export type Column<Row> = {
	readonly title: string;
	readonly cell: (row: Row) => string;
	readonly style?: (row: Row) => Style;
	/** For cells of more than one style: exactly `width` columns. */
	readonly draw?: (row: Row, width: number) => Line;
	readonly align?: 'left' | 'right';
	/** Where a cell that is too long loses characters; paths say most at their end. */
	readonly cut?: 'start' | 'end';
	/** The widest it may be; narrower when no cell needs so much. */
	readonly max?: number;
	/** The narrowest it may be squeezed to; without it the column is kept whole or dropped. */
	readonly min?: number;
	/** Squeezed only when there is nothing left to drop. */
	readonly isStiff?: boolean;
	/** Dropped first where the number is highest; 0 stays whatever happens. */
	readonly drop: number;
};

/** A cell as it may be shown: other people's strings are made harmless before they are measured. */
const textOf = <Row>(column: Column<Row>, row: Row): string => sanitize(column.cell(row));

type Chosen<Row> = {readonly column: Column<Row>; readonly width: number};

const gap = 1;

const total = <Row>(chosen: readonly Chosen<Row>[]) =>
	chosen.reduce((sum, {width}) => sum + width, 0) + gap * Math.max(0, chosen.length - 1);

const natural = <Row>(column: Column<Row>, rows: readonly Row[], hasTitles: boolean): number => {
	const widestCell = Math.max(0, ...rows.map(row => widthOf(textOf(column, row))));
	if (widestCell === 0) return 0;
	const widest = Math.max(hasTitles ? widthOf(column.title) : 0, widestCell);
	return Math.min(column.max ?? Number.POSITIVE_INFINITY, widest);
};

/** Takes columns from the widest squeezable one until it fits or nothing gives any more. */
const squeeze = <Row>(chosen: readonly Chosen<Row>[], width: number, isLastResort = false): readonly Chosen<Row>[] => {
	let result = chosen;
	while (total(result) > width) {
		const over = total(result) - width;
		const slack = ({column, width: has}: Chosen<Row>) =>
			column.min === undefined || (column.isStiff === true && !isLastResort) ? 0 : has - column.min;
		const softest = [...result].sort((a, b) => slack(b) - slack(a))[0];
		if (softest === undefined || slack(softest) <= 0) return result;
		const narrower = {column: softest.column, width: softest.width - Math.min(over, slack(softest))};
		result = result.map(entry => (entry === softest ? narrower : entry));
	}
	return result;
};

const choose = <Row>(columns: readonly Column<Row>[], rows: readonly Row[], width: number, hasTitles: boolean) => {
	let chosen: readonly Chosen<Row>[] = columns
		.map(column => ({column, width: natural(column, rows, hasTitles)}))
		.filter(entry => entry.width > 0);
	for (;;) {
		const squeezed = squeeze(chosen, width);
		if (total(squeezed) <= width) return squeezed;
		const expendable = [...chosen].filter(({column}) => column.drop > 0).sort((a, b) => b.column.drop - a.column.drop);
		const [first] = expendable;
		if (first === undefined) return squeeze(chosen, width, true);
		chosen = chosen.filter(entry => entry !== first);
	}
};

const cellOf = <Row>({column, width}: Chosen<Row>, row: Row): Line =>
	column.draw?.(row, width) ?? [
		[pad(truncate(textOf(column, row), width, column.cut), width, column.align), column.style?.(row) ?? 'plain'],
	];

const join = <Row>(chosen: readonly Chosen<Row>[], render: (entry: Chosen<Row>) => Line, width: number): Line => {
	const separator: Span = [' '.repeat(gap), 'plain'];
	const spans = chosen.flatMap((entry, index) => (index === 0 ? render(entry) : [separator, ...render(entry)]));
	return fitLine(spans, width);
};

/** The columns that fit, each with its width: as wide as its widest cell, where that is too much squeezed, then dropped. */
export const chooseColumns = choose;

/** The columns' titles as a line of at most `width` columns. */
export const drawTitles = <Row>(chosen: readonly Chosen<Row>[], width: number): Line =>
	join(chosen, ({column, width: columnWidth}): Line => [[pad(column.title, columnWidth, column.align), 'dim']], width);

/** One row as a line of at most `width` columns. */
export const drawRow = <Row>(chosen: readonly Chosen<Row>[], row: Row, width: number): Line =>
	join(chosen, entry => cellOf(entry, row), width);

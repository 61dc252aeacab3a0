import {gridRows, type PaneId, stackOrder} from '../panes/pane-table.ts';

/** A pane's place on the screen, in rows and columns from the top left. */
export type PanePlace = {
	readonly id: PaneId;
	readonly row: number;
	readonly column: number;
	readonly width: number;
	readonly height: number;
};

/** Rows from top to bottom; panes of one row stand side by side. Heights add up to the screen's. */
export type Layout = {
	readonly kind: 'ribbon' | 'stack' | 'grid' | 'zoom';
	readonly hasHeader: boolean;
	readonly hasFooter: boolean;
	readonly troubleRows: number;
	readonly rows: readonly (readonly PanePlace[])[];
};

type Need = {readonly id: PaneId; readonly lines: number};

/** How many body lines each pane could fill; absent: none. */
export type Content = Readonly<Partial<Record<PaneId, number>>>;

type LayoutInput = {
	readonly columns: number;
	readonly rows: number;
	readonly content: Content;
	/** How many lines of trouble there are. */
	readonly troubleLines: number;
	readonly focus: PaneId | undefined;
	readonly isZoomed: boolean;
	/** The last line is needed for something to be typed into. */
	readonly hasPrompt: boolean;
};

/** A pane that is looked at has a title and so many lines at least, whatever the others have to do without. */
const leastOfFocused = 4;

/**
 * Shares rows out: first to the pane with the focus, up to half of them, then a title and one line to each pane in
 * order, then what each still wants, evenly, then the rest to the last one that can use it. Panes that get nothing are
 * left out.
 */
const allocate = (rows: number, needs: readonly Need[], hasFocus: boolean): ReadonlyMap<PaneId, number> => {
	const given = new Map<PaneId, number>();
	let left = rows;
	for (const [index, {id, lines}] of needs.entries()) {
		const isFocused = hasFocus && index === 0;
		const most = isFocused ? Math.max(leastOfFocused, Math.ceil(rows / 2)) : 2;
		const takes = Math.min(left, 1 + lines, most);
		if (takes > 0) given.set(id, takes);
		left -= takes;
	}
	let isAnyShort = true;
	while (left > 0 && isAnyShort) {
		isAnyShort = false;
		for (const {id, lines} of needs) {
			const has = given.get(id) ?? 0;
			if (left === 0 || has === 0 || has >= 1 + lines) continue;
			given.set(id, has + 1);
			left--;
			isAnyShort = true;
		}
	}
	const filler = [...given.keys()].at(-1);
	if (filler !== undefined) given.set(filler, (given.get(filler) ?? 0) + left);
	return given;
};

type PaneSize = Omit<PanePlace, 'row' | 'column'>;

const stack = ({columns, content, focus}: LayoutInput, room: number): readonly (readonly PaneSize[])[] => {
	const order = focus === undefined ? stackOrder : [focus, ...stackOrder.filter(id => id !== focus)];
	const heights = allocate(
		room,
		order.map(id => ({id, lines: content[id] ?? 0})),
		focus !== undefined,
	);
	return stackOrder.filter(id => heights.has(id)).map(id => [{id, width: columns, height: heights.get(id) as number}]);
};

/** What parts panes beside each other: a rule with a blank on each side. */
export const edgeColumns = 3;

/** How wide each pane of a row of the grid is. */
const widthsOf = (row: readonly PaneId[], columns: number): readonly number[] => {
	const room = columns - edgeColumns * (row.length - 1);
	const width = Math.floor(room / row.length);
	return row.map((_, index) => (index === row.length - 1 ? room - width * index : width));
};

/** How wide a pane is in a grid, and whether others stand beside it. */
export const gridWidth = (id: PaneId, columns: number): {readonly width: number; readonly isBeside: boolean} => {
	const row = gridRows.find(ids => ids.includes(id)) ?? [id];
	return {width: widthsOf(row, columns)[row.indexOf(id)] ?? columns, isBeside: row.length > 1};
};

/** Panes beside each other are seldom long: they grow only so far, and less than those that have the row for themselves. */
const gridShare = (isTop: boolean, hasFocus: boolean): number => {
	if (isTop) return hasFocus ? 0.6 : 0.4;
	return hasFocus ? 0.7 : 0.4;
};

const grid = ({columns, content, focus}: LayoutInput, room: number): readonly (readonly PaneSize[])[] => {
	let rest = room;
	return gridRows.map((ids, index) => {
		const isTop = index === 0;
		const isLast = index === gridRows.length - 1;
		const hasFocus = focus !== undefined && ids.includes(focus);
		const wanted = 1 + Math.max(...ids.map(id => content[id] ?? 0), isTop ? 3 : 1);
		const most = Math.max(isTop ? 0 : 2, Math.floor(rest * gridShare(isTop, hasFocus)));
		const height = isLast ? rest : Math.min(wanted, most);
		rest -= height;
		const widths = widthsOf(ids, columns);
		return ids.map((id, place) => ({id, width: widths[place] as number, height}));
	});
};

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);

/** The same with where each pane begins: below the rows above it, right of the panes beside it. */
const placed = (sized: readonly (readonly PaneSize[])[], firstRow: number): Layout['rows'] =>
	sized.map((panes, index) =>
		panes.map((pane, place) => ({
			...pane,
			row: firstRow + sumOf(sized.slice(0, index).map(([above]) => above?.height ?? 0)),
			column: sumOf(panes.slice(0, place).map(({width}) => width + edgeColumns)),
		})),
	);

/** A screen of up to three rows, or one that is narrower than any pane. */
export const isRibbon = (columns: number, rows: number): boolean => rows <= 3 || columns < 36;

/** How many rows trouble may take at most. */
const troubleRoom = (rows: number): number => {
	if (rows >= 24) return 3;
	return rows >= 12 ? 2 : 1;
};

/** Which panes are shown where. Never more rows than the screen has, whatever its size. */
export const layOutScreen = (input: LayoutInput): Layout => {
	const {columns, rows, focus, hasPrompt} = input;
	const isSliver = isRibbon(columns, rows);
	if (isSliver && focus === undefined && !hasPrompt) {
		return {kind: 'ribbon', hasHeader: false, hasFooter: false, troubleRows: 0, rows: []};
	}
	const hasFooter = rows >= 8 || (hasPrompt && rows > 1);
	const hasHeader = rows >= 6 && !isSliver;
	const troubleRows = rows > 1 ? Math.min(input.troubleLines, troubleRoom(rows)) : 0;
	const room = rows - Number(hasFooter) - Number(hasHeader) - troubleRows;
	const isGrid = columns >= 100 && rows >= 18;
	const common = {hasHeader, hasFooter, troubleRows};
	const firstRow = Number(hasHeader) + troubleRows;
	if (focus !== undefined && (input.isZoomed || isSliver)) {
		return {...common, kind: 'zoom', rows: placed([[{id: focus, width: columns, height: room}]], firstRow)};
	}
	return isGrid
		? {...common, kind: 'grid', rows: placed(grid(input, room), firstRow)}
		: {...common, kind: 'stack', rows: placed(stack(input, room), firstRow)};
};

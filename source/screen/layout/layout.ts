export type PaneId = 'routing' | 'spend' | 'models' | 'calls';

export const paneIds: readonly PaneId[] = ['routing', 'spend', 'models', 'calls'];

export type Pane = {readonly id: PaneId; readonly width: number; readonly height: number};

/** Rows from top to bottom; panes of one row stand side by side. Heights add up to the screen's. */
export type Layout = {
	readonly kind: 'ribbon' | 'stack' | 'grid' | 'zoom';
	readonly hasHeader: boolean;
	readonly hasFooter: boolean;
	readonly troubleRows: number;
	readonly rows: readonly (readonly Pane[])[];
};

type Need = {readonly id: PaneId; readonly lines: number};

/** How many body lines each pane could fill. */
export type Content = Readonly<Record<PaneId, number>>;

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

/** The order in which panes are given room when there is not enough for all. */
const stackOrder: readonly PaneId[] = ['spend', 'routing', 'calls', 'models'];

/** A pane that is looked at has a title and so many lines at least, whatever the others have to do without. */
const leastOfFavourite = 4;

/**
 * Shares rows out: first to the favourite, if there is one, up to half of them, then a title and one line to each pane in
 * order, then what each still wants, evenly, then the rest to the last one that can use it. Panes that get nothing are
 * left out.
 */
const allocate = (rows: number, needs: readonly Need[], hasFavourite: boolean): ReadonlyMap<PaneId, number> => {
	const given = new Map<PaneId, number>();
	let left = rows;
	for (const [index, {id, lines}] of needs.entries()) {
		const isFavourite = hasFavourite && index === 0;
		const most = isFavourite ? Math.max(leastOfFavourite, Math.ceil(rows / 2)) : 2;
		const takes = Math.min(left, 1 + lines, most);
		if (takes > 0) given.set(id, takes);
		left -= takes;
	}
	let isHungry = true;
	while (left > 0 && isHungry) {
		isHungry = false;
		for (const {id, lines} of needs) {
			const has = given.get(id) ?? 0;
			if (left === 0 || has === 0 || has >= 1 + lines) continue;
			given.set(id, has + 1);
			left--;
			isHungry = true;
		}
	}
	const filler = [...given.keys()].at(-1);
	if (filler !== undefined) given.set(filler, (given.get(filler) ?? 0) + left);
	return given;
};

const stack = ({columns, content, focus}: LayoutInput, room: number): Layout['rows'] => {
	const order = focus === undefined ? stackOrder : [focus, ...stackOrder.filter(id => id !== focus)];
	const heights = allocate(
		room,
		order.map(id => ({id, lines: content[id]})),
		focus !== undefined,
	);
	return stackOrder.filter(id => heights.has(id)).map(id => [{id, width: columns, height: heights.get(id) as number}]);
};

/** The widths of two panes side by side, a rule with a blank on each side between them. */
export const halves = (columns: number): readonly [left: number, right: number] => {
	const left = Math.floor((columns - 3) / 2);
	return [left, columns - 3 - left];
};

const grid = ({columns, content, focus}: LayoutInput, room: number): Layout['rows'] => {
	const [left, right] = halves(columns);
	const wanted = 1 + Math.max(content.routing, content.spend, 3);
	const top = Math.min(wanted, Math.floor(room * (focus === 'routing' || focus === 'spend' ? 0.6 : 0.4)));
	const rest = room - top;
	const modelShare = focus === 'models' ? 0.7 : 0.4;
	const models = Math.min(1 + Math.max(content.models, 1), Math.max(2, Math.floor(rest * modelShare)));
	return [
		[
			{id: 'routing', width: left, height: top},
			{id: 'spend', width: right, height: top},
		],
		[{id: 'models', width: columns, height: models}],
		[{id: 'calls', width: columns, height: rest - models}],
	];
};

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
	if (focus !== undefined && (input.isZoomed || isSliver)) {
		return {...common, kind: 'zoom', rows: [[{id: focus, width: columns, height: room}]]};
	}
	return isGrid
		? {...common, kind: 'grid', rows: grid(input, room)}
		: {...common, kind: 'stack', rows: stack(input, room)};
};

type PaneRow = {
	readonly title: string;
	/** What its rows are called where they are counted. */
	readonly rowNoun: string;
	/** The lower, the earlier it is given room where panes stand under each other. */
	readonly stackPlace: number;
	/** Panes of one row stand beside each other; the last row gets what the others leave. */
	readonly gridRow: number;
};

const rows = {
	routing: {title: 'Routing', rowNoun: 'sessions', stackPlace: 2, gridRow: 1},
	spend: {title: 'Spend', rowNoun: 'spend', stackPlace: 1, gridRow: 1},
	models: {title: 'Models', rowNoun: 'models', stackPlace: 4, gridRow: 2},
	calls: {title: 'Calls', rowNoun: 'calls', stackPlace: 3, gridRow: 3},
} satisfies Readonly<Record<string, PaneRow>>;

export type PaneId = keyof typeof rows;

/**
 * The panes there are, in the order of their number keys. What they show is in the registry; this much is read by the
 * keymap too, which is loaded without a screen to check a config file.
 */
export const paneTable: Readonly<Record<PaneId, PaneRow>> = rows;

export const paneIds = Object.keys(rows) as readonly PaneId[];

/** The key that gives a pane the focus. */
export const numberKey = (id: PaneId): string => String(paneIds.indexOf(id) + 1);

const sortedBy = (place: 'stackPlace' | 'gridRow') =>
	[...paneIds].sort((a, b) => paneTable[a][place] - paneTable[b][place]);

/** In which order panes are given room where there is not enough for all. */
export const stackOrder: readonly PaneId[] = sortedBy('stackPlace');

/** Which panes stand in which row of a grid, from top to bottom. */
export const gridRows: readonly (readonly PaneId[])[] = [
	...Map.groupBy(sortedBy('gridRow'), id => paneTable[id].gridRow).values(),
];

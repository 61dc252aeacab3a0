/**
 * The panes there are, in the order of their number keys. What they show is in the registry; this much is read by the
 * keymap too, which a command line loads without a screen.
 */
const paneTable = [
	{id: 'routing', title: 'Routing', rowNoun: 'sessions', stackPlace: 2, gridRow: 1},
	{id: 'spend', title: 'Spend', rowNoun: 'spend', stackPlace: 1, gridRow: 1},
	{id: 'models', title: 'Models', rowNoun: 'models', stackPlace: 4, gridRow: 2},
	{id: 'calls', title: 'Calls', rowNoun: 'calls', stackPlace: 3, gridRow: 3},
] as const satisfies readonly PaneRow[];

type PaneRow = {
	readonly id: string;
	readonly title: string;
	/** What its rows are called where they are counted. */
	readonly rowNoun: string;
	/** The lower, the earlier it is given room where panes stand under each other. */
	readonly stackPlace: number;
	/** Panes of one row stand beside each other; the last row gets what the others leave. */
	readonly gridRow: number;
};

export type PaneId = (typeof paneTable)[number]['id'];

type Row = (typeof paneTable)[number];

const byId = new Map<PaneId, Row>(paneTable.map(row => [row.id, row]));

export const paneIds: readonly PaneId[] = paneTable.map(({id}) => id);

/** The row of the table about a pane. */
export const paneOf = (id: PaneId): Row => byId.get(id) as Row;

/** The key that gives it the focus. */
export const numberKey = (id: PaneId): string => String(paneIds.indexOf(id) + 1);

/** In which order panes are given room where there is not enough for all. */
export const stackOrder: readonly PaneId[] = [...paneTable]
	.sort((a, b) => a.stackPlace - b.stackPlace)
	.map(({id}) => id);

/** Which panes stand in which row of a grid, from top to bottom. */
export const gridRows: readonly (readonly PaneId[])[] = [...Map.groupBy(paneTable, ({gridRow}) => gridRow)]
	.sort(([a], [b]) => a - b)
	.map(([, row]) => row.map(({id}) => id));

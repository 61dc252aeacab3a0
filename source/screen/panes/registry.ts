import type {Overview} from '../../state/overview.ts';
import type {RowFilter} from '../input/filter.ts';
import {keepOrder, type Order, type Ranked} from '../input/order.ts';
import {callsPane} from './calls.ts';
import {modelsPane, rankModels} from './models.ts';
import type {PaneContent, PaneInput} from './pane.ts';
import {type PaneId, paneIds} from './pane-table.ts';
import {routingPane} from './routing.ts';
import {rankSpend, spendPane} from './spend.ts';

type PaneDefinition = {
	readonly content: (input: PaneInput) => PaneContent;
	/** What decides the order of its rows, where that is kept steady. */
	readonly rank?: (overview: Overview) => readonly Ranked[];
};

/** What each pane shows. */
const registry: Readonly<Record<PaneId, PaneDefinition>> = {
	routing: {content: routingPane},
	spend: {content: spendPane, rank: rankSpend},
	models: {content: modelsPane, rank: rankModels},
	calls: {content: callsPane},
};

export type ContentOf = (id: PaneId, width: number) => PaneContent;

/** The order of the rows of those panes that keep it steady. */
export type Orders = Readonly<Partial<Record<PaneId, Order>>>;

type Contents = {
	readonly overview: Overview;
	readonly home: string | undefined;
	readonly filter: RowFilter;
	readonly orders: Orders;
};

/** Each pane's content, worked out once per width. */
export const contentsOf = ({overview, home, filter, orders}: Contents): ContentOf => {
	const known = new Map<string, PaneContent>();
	return (id, width) => {
		const key = `${id} ${width}`;
		const content = known.get(key) ?? registry[id].content({overview, width, home, filter, order: orders[id]?.keys});
		known.set(key, content);
		return content;
	};
};

/** The orders that rows are shown in next, where they were shown in others `before`. `now` is epoch ms. */
export const nextOrders = (before: Orders, overview: Overview, now: number): Orders =>
	Object.fromEntries(
		paneIds.flatMap(id => {
			const ranked = registry[id].rank?.(overview);
			return ranked === undefined ? [] : [[id, keepOrder(before[id], ranked, now)]];
		}),
	);

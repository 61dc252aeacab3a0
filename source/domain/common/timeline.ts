import type {Batch} from './batch.ts';

/** What a timeline holds: items in the order of their time (epoch ms), those of one moment by a number of their own. */
export type Timed = {readonly at: number; readonly seq: number};

/** A way to sum items up, whatever their order. A sum is written to only while it is made. */
export type Measure<Item, Sum> = {
	readonly create: () => Sum;
	readonly add: (sum: Sum, item: Item) => void;
	readonly merge: (sum: Sum, part: Sum) => void;
};

/**
 * Items by time, as a tree that never changes: what is added gives a new one that shares all but one branch with the old
 * one. Each branch keeps its sums, so that those of any window cost the depth of the tree, not what is in it.
 */
export type Timeline<Item> = {
	readonly size: number;
	readonly first: Item | undefined;
	readonly last: Item | undefined;
	/** Exactly one of the two: a leaf has items. */
	readonly items: readonly Item[] | undefined;
	readonly children: readonly Timeline<Item>[] | undefined;
	/** Made when the first one is asked for. */
	sums: Map<object, unknown> | undefined;
	/** The batch that made it may still write to it. */
	readonly batch: Batch | undefined;
};

type Writable<Item> = {-readonly [Key in keyof Timeline<Item>]: Timeline<Item>[Key]};

const mostItems = 32;
const mostChildren = 16;

const leaf = <Item>(items: readonly Item[]): Timeline<Item> => ({
	size: items.length,
	first: items[0],
	last: items.at(-1),
	items,
	children: undefined,
	sums: undefined,
	batch: undefined,
});

const branch = <Item>(children: readonly Timeline<Item>[], size: number, batch?: Batch): Timeline<Item> => ({
	size,
	first: children[0]?.first,
	last: children.at(-1)?.last,
	items: undefined,
	children,
	sums: undefined,
	batch,
});

const sizeOfAll = (parts: readonly Timeline<unknown>[]): number => {
	let sum = 0;
	for (const {size} of parts) sum += size;
	return sum;
};

export const emptyTimeline: Timeline<never> = leaf([]);

/** Order on a timeline. */
export const compare = (a: Timed, b: Timed): number => a.at - b.at || a.seq - b.seq;

/** How many of a sorted list come before the item. */
const countBefore = <Entry>(entries: readonly Entry[], timeOf: (entry: Entry) => Timed, item: Timed): number => {
	let [low, high] = [0, entries.length];
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (compare(timeOf(entries[middle] as Entry), item) < 0) low = middle + 1;
		else high = middle;
	}
	return low;
};

/** Where a list that is too long is cut; one that only grows at its end is left full. */
const cutOf = (length: number, most: number, index: number): number => (index >= most ? most : length >>> 1);

const itself = <Item>(item: Item): Item => item;
const lastOf = <Item extends Timed>({last}: Timeline<Item>): Timed => last as Item;

const childOf = <Item extends Timed>(children: readonly Timeline<Item>[], item: Timed): number =>
	Math.min(countBefore(children, lastOf<Item>, item), children.length - 1);

type Parts<Item> = readonly [Timeline<Item>] | readonly [Timeline<Item>, Timeline<Item>];

const putInLeaf = <Item extends Timed>(items: readonly Item[], item: Item): Parts<Item> => {
	const index = countBefore(items, itself, item);
	const known = items[index];
	const isKnown = known !== undefined && compare(known, item) === 0;
	if (isKnown) return [leaf(items.with(index, item))];
	const longer = index === items.length ? [...items, item] : items.toSpliced(index, 0, item);
	if (longer.length <= mostItems) return [leaf(longer)];
	const cut = cutOf(longer.length, mostItems, index);
	return [leaf(longer.slice(0, cut)), leaf(longer.slice(cut))];
};

/** The branch with another child, written to where the batch may. */
const withChild = <Item>(node: Timeline<Item>, index: number, part: Timeline<Item>, size: number, batch?: Batch) => {
	const isOwn = batch !== undefined && node.batch === batch;
	const children = (isOwn ? node.children : node.children?.slice()) as Timeline<Item>[];
	children[index] = part;
	if (!isOwn) return branch(children, size, batch);
	const own: Writable<Item> = node;
	own.size = size;
	own.first = children[0]?.first;
	own.last = children.at(-1)?.last;
	own.sums = undefined;
	return node;
};

const put = <Item extends Timed>(node: Timeline<Item>, item: Item, batch?: Batch): Parts<Item> => {
	const {items, children = []} = node;
	if (items !== undefined) return putInLeaf(items, item);
	const index = childOf(children, item);
	const child = children[index] as Timeline<Item>;
	const sizeBefore = child.size;
	const parts = put(child, item, batch);
	const size = node.size - sizeBefore + sizeOfAll(parts);
	if (parts.length === 1) return [withChild(node, index, parts[0], size, batch)];
	const longer = children.toSpliced(index, 1, ...parts);
	if (longer.length <= mostChildren) return [branch(longer, size, batch)];
	const cut = cutOf(longer.length, mostChildren, index + 1);
	const [left, right] = [longer.slice(0, cut), longer.slice(cut)];
	return [branch(left, sizeOfAll(left), batch), branch(right, sizeOfAll(right), batch)];
};

/** The timeline with the item, in place of the one of the same time and number. */
export const withItem = <Item extends Timed>(timeline: Timeline<Item>, item: Item, batch?: Batch): Timeline<Item> => {
	const parts = put(timeline, item, batch);
	return parts.length === 1 ? parts[0] : branch(parts, sizeOfAll(parts), batch);
};

const inChunks = <Entry, Part>(list: readonly Entry[], length: number, partOf: (chunk: readonly Entry[]) => Part) =>
	Array.from({length: Math.ceil(list.length / length)}, (_, index) =>
		partOf(list.slice(index * length, (index + 1) * length)),
	);

const branchOf = <Item>(children: readonly Timeline<Item>[]) => branch(children, sizeOfAll(children));
/** More than one in so many is new: a tree made anew costs less. */
const rebuiltFrom = 8;

/** The timeline with many items, which are in order. */
export const withItems = <Item extends Timed>(
	timeline: Timeline<Item>,
	added: readonly Item[],
	batch?: Batch,
): Timeline<Item> => {
	if (added.length * rebuiltFrom < timeline.size) {
		return added.reduce((next, item) => withItem(next, item, batch), timeline);
	}
	const all = [...itemsFrom(timeline, Number.NEGATIVE_INFINITY), ...added].sort(compare);
	const isLatest = (item: Item, index: number) =>
		index + 1 >= all.length || compare(item, all[index + 1] as Item) !== 0;
	let nodes = inChunks(all.filter(isLatest), mostItems, leaf<Item>);
	while (nodes.length > 1) nodes = inChunks(nodes, mostChildren, branchOf<Item>);
	return nodes[0] ?? emptyTimeline;
};

const rooted = <Item>(timeline: Timeline<Item>): Timeline<Item> => {
	if (timeline.size === 0) return emptyTimeline;
	return timeline.children?.length === 1 ? rooted(timeline.children[0] as Timeline<Item>) : timeline;
};

const drop = <Item extends Timed>(node: Timeline<Item>, item: Timed, batch?: Batch): Timeline<Item> => {
	const {items, children = []} = node;
	if (items !== undefined) return leaf(items.filter(known => compare(known, item) !== 0));
	const index = childOf(children, item);
	const child = children[index] as Timeline<Item>;
	const sizeBefore = child.size;
	const part = drop(child, item, batch);
	const size = node.size - sizeBefore + part.size;
	return part.size === 0
		? branch(children.toSpliced(index, 1), size, batch)
		: withChild(node, index, part, size, batch);
};

/** The timeline without the item of that time and number. */
export const withoutItem = <Item extends Timed>(timeline: Timeline<Item>, item: Timed, batch?: Batch): Timeline<Item> =>
	rooted(drop(timeline, item, batch));

const sumOfAll = <Item, Sum>(timeline: Timeline<Item>, measure: Measure<Item, Sum>): Sum => {
	const known = timeline.sums?.get(measure);
	if (known !== undefined) return known as Sum;
	const sum = measure.create();
	for (const item of timeline.items ?? []) measure.add(sum, item);
	for (const child of timeline.children ?? []) measure.merge(sum, sumOfAll(child, measure));
	timeline.sums ??= new Map();
	timeline.sums.set(measure, sum);
	return sum;
};

type Span = {readonly from: number; readonly until: number};

const addSpan = <Item extends Timed, Sum>(
	sum: Sum,
	timeline: Timeline<Item>,
	measure: Measure<Item, Sum>,
	span: Span,
): void => {
	const {first, last, items = [], children = []} = timeline;
	const isOutside = first === undefined || last === undefined || first.at >= span.until || last.at < span.from;
	if (isOutside) return;
	if (first.at >= span.from && last.at < span.until) {
		measure.merge(sum, sumOfAll(timeline, measure));
		return;
	}
	for (const item of items) if (item.at >= span.from && item.at < span.until) measure.add(sum, item);
	for (const child of children) addSpan(sum, child, measure, span);
};

/** The sum of the items from one moment on and before another (epoch ms). */
export const sumBetween = <Item extends Timed, Sum>(
	timeline: Timeline<Item>,
	measure: Measure<Item, Sum>,
	from: number,
	until = Number.POSITIVE_INFINITY,
): Sum => {
	const sum = measure.create();
	addSpan(sum, timeline, measure, {from, until});
	return sum;
};

/** The item of that time and number. */
export const itemAt = <Item extends Timed>(timeline: Timeline<Item>, wanted: Timed): Item | undefined => {
	let node: Timeline<Item> | undefined = timeline;
	while (node?.children !== undefined) node = node.children[childOf(node.children, wanted)];
	return node?.items?.find(item => compare(item, wanted) === 0);
};

/** The items from one moment on (epoch ms), the oldest first. */
export const itemsFrom = function* <Item extends Timed>(
	{last, items = [], children = []}: Timeline<Item>,
	from: number,
): Generator<Item, void, undefined> {
	if (last === undefined || last.at < from) return;
	for (const item of items) if (item.at >= from) yield item;
	for (const child of children) yield* itemsFrom(child, from);
};

/** The items up to one moment (epoch ms), the newest first. */
export const itemsBack = function* <Item extends Timed>(
	{first, items = [], children = []}: Timeline<Item>,
	until: number,
): Generator<Item, void, undefined> {
	if (first === undefined || first.at > until) return;
	for (const item of items.toReversed()) if (item.at <= until) yield item;
	for (const child of children.toReversed()) yield* itemsBack(child, until);
};

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
	readonly items?: readonly Item[];
	readonly children?: readonly Timeline<Item>[];
	readonly sums: Map<object, unknown>;
};

const mostItems = 32;
const mostChildren = 16;

const leaf = <Item>(items: readonly Item[]): Timeline<Item> => ({
	...{size: items.length, first: items[0], last: items.at(-1)},
	items,
	sums: new Map(),
});

const branch = <Item>(children: readonly Timeline<Item>[]): Timeline<Item> => ({
	size: children.reduce((sum, {size}) => sum + size, 0),
	first: children[0]?.first,
	last: children.at(-1)?.last,
	children,
	sums: new Map(),
});

export const emptyTimeline: Timeline<never> = leaf([]);

const compare = (a: Timed, b: Timed): number => a.at - b.at || a.seq - b.seq;

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

/** One node, or two where it would be too large; one that only grows at its end is left full. */
const split = <Entry, Node>(
	entries: readonly Entry[],
	most: number,
	index: number,
	node: (part: readonly Entry[]) => Node,
) => {
	if (entries.length <= most) return [node(entries)];
	const middle = index >= most ? most : entries.length >>> 1;
	return [node(entries.slice(0, middle)), node(entries.slice(middle))];
};

const itself = <Item>(item: Item): Item => item;

const childOf = <Item extends Timed>(children: readonly Timeline<Item>[], item: Timed): number => {
	const index = countBefore(children, ({last}) => last as Item, item);
	return Math.min(index, children.length - 1);
};

const put = <Item extends Timed>({items, children = []}: Timeline<Item>, item: Item): readonly Timeline<Item>[] => {
	if (items !== undefined) {
		const index = countBefore(items, itself, item);
		const known = items[index];
		const isKnown = known !== undefined && compare(known, item) === 0;
		return split(items.toSpliced(index, isKnown ? 1 : 0, item), mostItems, index, leaf<Item>);
	}
	const index = childOf(children, item);
	const parts = put(children[index] as Timeline<Item>, item);
	return split(children.toSpliced(index, 1, ...parts), mostChildren, index + parts.length - 1, branch<Item>);
};

/** The timeline with the item, in place of the one of the same time and number. */
export const withItem = <Item extends Timed>(timeline: Timeline<Item>, item: Item): Timeline<Item> => {
	const parts = put(timeline, item);
	return parts.length === 1 ? (parts[0] as Timeline<Item>) : branch(parts);
};

const rooted = <Item>(timeline: Timeline<Item>): Timeline<Item> => {
	if (timeline.size === 0) return emptyTimeline;
	return timeline.children?.length === 1 ? rooted(timeline.children[0] as Timeline<Item>) : timeline;
};

const drop = <Item extends Timed>({items, children = []}: Timeline<Item>, item: Timed): Timeline<Item> => {
	if (items !== undefined) return leaf(items.filter(known => compare(known, item) !== 0));
	const index = childOf(children, item);
	const part = drop(children[index] as Timeline<Item>, item);
	return branch(children.toSpliced(index, 1, ...(part.size === 0 ? [] : [part])));
};

/** The timeline without the item of that time and number. */
export const withoutItem = <Item extends Timed>(timeline: Timeline<Item>, item: Timed): Timeline<Item> =>
	rooted(drop(timeline, item));

const sumOfAll = <Item, Sum>(timeline: Timeline<Item>, measure: Measure<Item, Sum>): Sum => {
	const known = timeline.sums.get(measure);
	if (known !== undefined) return known as Sum;
	const sum = measure.create();
	for (const item of timeline.items ?? []) measure.add(sum, item);
	for (const child of timeline.children ?? []) measure.merge(sum, sumOfAll(child, measure));
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

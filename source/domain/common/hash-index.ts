/**
 * Items by a text of theirs, as a tree over its hash that never changes: what is added gives a new index that shares all
 * but one branch with the old one. Finding and adding cost the same however many there are.
 */
export type HashIndex<Item> = {
	readonly keyOf: (item: Item) => string;
	readonly size: number;
	readonly root: Node<Item>;
};

/** A list of few items, or one slot for each value of the next five bits of the hash. */
type Node<Item> = {readonly items: readonly Item[]} | {readonly slots: readonly (Node<Item> | undefined)[]};

const bits = 5;
const width = 1 << bits;
const mostItems = 12;
/** So many bits of the hash are used; texts of the same hash share a list. */
const mostBits = 30;

/** FNV-1a, 32 bits. http://www.isthe.com/chongo/tech/comp/fnv/ */
const hashOf = (key: string): number => {
	let hash = 0x811c9dc5;
	for (let index = 0; index < key.length; index++) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
	// Its low bits are the weak ones.
	return (hash ^ (hash >>> 15)) >>> 0;
};

export const createIndex = <Item>(keyOf: (item: Item) => string): HashIndex<Item> => ({
	...{keyOf, size: 0},
	root: {items: []},
});

/** The item of that text. */
export const findItem = <Item>({keyOf, root}: HashIndex<Item>, key: string): Item | undefined => {
	const hash = hashOf(key);
	let node: Node<Item> | undefined = root;
	for (let shift = 0; node !== undefined && 'slots' in node; shift += bits) {
		node = node.slots[(hash >>> shift) & (width - 1)];
	}
	return node?.items.find(item => keyOf(item) === key);
};

type Place = {readonly key: string; readonly hash: number; readonly shift: number};

/** The node with the list at that place changed. */
const changed = <Item>(
	node: Node<Item> | undefined,
	{key, hash, shift}: Place,
	change: (items: readonly Item[]) => readonly Item[],
	keyOf: (item: Item) => string,
): Node<Item> => {
	if (node !== undefined && 'slots' in node) {
		const slot = (hash >>> shift) & (width - 1);
		return {slots: node.slots.with(slot, changed(node.slots[slot], {key, hash, shift: shift + bits}, change, keyOf))};
	}
	const items = change(node?.items ?? []);
	if (items.length <= mostItems || shift >= mostBits) return {items};
	const lists = Array.from({length: width}, (): Item[] => []);
	for (const item of items) lists[(hashOf(keyOf(item)) >>> shift) & (width - 1)]?.push(item);
	return {slots: lists.map(list => (list.length === 0 ? undefined : {items: list}))};
};

const changeAt = <Item>(
	{keyOf, size, root}: HashIndex<Item>,
	key: string,
	change: (items: readonly Item[], index: number) => readonly Item[],
): HashIndex<Item> => {
	let difference = 0;
	const counted = (items: readonly Item[]) => {
		const next = change(
			items,
			items.findIndex(item => keyOf(item) === key),
		);
		difference = next.length - items.length;
		return next;
	};
	const next = changed(root, {key, hash: hashOf(key), shift: 0}, counted, keyOf);
	return {keyOf, size: size + difference, root: next};
};

/** The index with the item, in place of the one of the same text. */
export const withIndexed = <Item>(index: HashIndex<Item>, item: Item): HashIndex<Item> =>
	changeAt(index, index.keyOf(item), (items, at) => (at < 0 ? [...items, item] : items.with(at, item)));

/** The index without the item of that text. */
export const withoutIndexed = <Item>(index: HashIndex<Item>, key: string): HashIndex<Item> =>
	changeAt(index, key, (items, at) => (at < 0 ? items : items.toSpliced(at, 1)));

/** For texts that several items may share: the index with the item at the end of its list, or in place of the same one. */
export const withListed = <Item>(
	index: HashIndex<readonly Item[]>,
	key: string,
	item: Item,
	isSame: (other: Item) => boolean,
): HashIndex<readonly Item[]> => {
	const list = findItem(index, key) ?? [];
	const at = list.findIndex(isSame);
	return withIndexed(index, at < 0 ? [...list, item] : list.with(at, item));
};

/** The index without that item in the list of its text. */
export const withoutListed = <Item>(
	index: HashIndex<readonly Item[]>,
	key: string,
	isSame: (other: Item) => boolean,
): HashIndex<readonly Item[]> => {
	const list = (findItem(index, key) ?? []).filter(other => !isSame(other));
	return list.length === 0 ? withoutIndexed(index, key) : withIndexed(index, list);
};

const itemsIn = function* <Item>(node: Node<Item> | undefined): Generator<Item, void, undefined> {
	if (node === undefined) return;
	if ('items' in node) yield* node.items;
	else for (const slot of node.slots) yield* itemsIn(slot);
};

/** All items, in no order. */
export const allIndexed = <Item>({root}: HashIndex<Item>): Iterable<Item> => itemsIn(root);

/** How many items the one has whose text the other does not have; what both share is not looked at. */
export const countAdded = <Item>(before: HashIndex<Item>, after: HashIndex<Item>): number => {
	const count = (old: Node<Item> | undefined, node: Node<Item> | undefined): number => {
		if (old === node || node === undefined) return 0;
		if (old !== undefined && 'slots' in old && 'slots' in node) {
			return node.slots.reduce((sum, slot, index) => sum + count(old.slots[index], slot), 0);
		}
		let added = 0;
		for (const item of itemsIn(node)) if (findItem(before, before.keyOf(item)) === undefined) added++;
		return added;
	};
	return count(before.root, after.root);
};

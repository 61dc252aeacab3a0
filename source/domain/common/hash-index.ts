import type {Batch} from './batch.ts';

/**
 * Items by a text of theirs, as a tree over its hash that never changes: what is added gives a new index that shares all
 * but one branch with the old one. Finding and adding cost the same however many there are.
 */
export type HashIndex<Item> = {
	readonly keyOf: (item: Item) => string;
	readonly size: number;
	readonly root: Node<Item> | undefined;
};

/** The hashes stand beside the items, so that items of other texts need not be fetched from memory. */
type Leaf<Item> = {readonly hashes: readonly number[]; readonly items: readonly Item[]};

/** One slot for each value of the next bits of the hash. */
type Branch<Item> = {
	readonly slots: (Node<Item> | undefined)[];
	size: number;
	/** The batch that made it may still write to it. */
	readonly batch: Batch | undefined;
};

type Node<Item> = Leaf<Item> | Branch<Item>;

const bits = 4;
const width = 1 << bits;
const mostItems = 24;
/** So many bits of the hash are used; texts of the same hash share a leaf. */
const mostBits = 28;

/** FNV-1a, of which the upper 30 of 32 bits are kept. http://www.isthe.com/chongo/tech/comp/fnv/ */
const hashOf = (key: string): number => {
	let hash = 0x811c9dc5;
	for (let index = 0; index < key.length; index++) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
	// Its low bits are the weak ones.
	return (hash ^ (hash >>> 15)) >>> 2;
};

export const createIndex = <Item>(keyOf: (item: Item) => string): HashIndex<Item> => ({
	...{keyOf, size: 0},
	root: undefined,
});

const placeIn = <Item>(
	{hashes, items}: Leaf<Item>,
	hash: number,
	key: string,
	keyOf: (item: Item) => string,
): number => {
	for (let at = 0; at < hashes.length; at++) if (hashes[at] === hash && keyOf(items[at] as Item) === key) return at;
	return -1;
};

/** The item of that text. */
export const findItem = <Item>({keyOf, root}: HashIndex<Item>, key: string): Item | undefined => {
	if (root === undefined) return undefined;
	const hash = hashOf(key);
	let node: Node<Item> | undefined = root;
	for (let shift = 0; node !== undefined && 'slots' in node; shift += bits) {
		node = node.slots[(hash >>> shift) & (width - 1)];
	}
	const at = node === undefined ? -1 : placeIn(node, hash, key, keyOf);
	return at < 0 ? undefined : node?.items[at];
};

type Change<Item> = {
	readonly keyOf: (item: Item) => string;
	readonly key: string;
	readonly hash: number;
	/** What takes the place of the item of that text; undefined to take it out. */
	readonly item: Item | undefined;
	readonly batch: Batch | undefined;
};

const sizeOf = <Item>(node: Node<Item> | undefined): number => {
	if (node === undefined) return 0;
	return 'slots' in node ? node.size : node.items.length;
};

const branch = <Item>({hashes, items}: Leaf<Item>, shift: number, batch: Batch | undefined): Branch<Item> => {
	const slots = Array.from({length: width}, (_, slot): Leaf<Item> | undefined => {
		const isHere = (_: unknown, at: number) => (((hashes[at] as number) >>> shift) & (width - 1)) === slot;
		const part = {hashes: hashes.filter(isHere), items: items.filter(isHere)};
		return part.items.length === 0 ? undefined : part;
	});
	return {slots, size: items.length, batch};
};

const changedLeaf = <Item>(leaf: Leaf<Item>, {key, keyOf, hash, item}: Change<Item>): Leaf<Item> | undefined => {
	const {hashes, items} = leaf;
	const at = placeIn(leaf, hash, key, keyOf);
	if (item !== undefined) {
		return at < 0 ? {hashes: [...hashes, hash], items: [...items, item]} : {hashes, items: items.with(at, item)};
	}
	if (at < 0) return leaf;
	return items.length === 1 ? undefined : {hashes: hashes.toSpliced(at, 1), items: items.toSpliced(at, 1)};
};

const changed = <Item>(node: Node<Item> | undefined, change: Change<Item>, shift = 0): Node<Item> | undefined => {
	if (node === undefined || !('slots' in node)) {
		const leaf = changedLeaf(node ?? {hashes: [], items: []}, change);
		const isFull = leaf !== undefined && leaf.items.length > mostItems && shift < mostBits;
		return isFull ? branch(leaf, shift, change.batch) : leaf;
	}
	const slot = (change.hash >>> shift) & (width - 1);
	const sizeBefore = sizeOf(node.slots[slot]);
	const part = changed(node.slots[slot], change, shift + bits);
	const size = node.size - sizeBefore + sizeOf(part);
	const isOwn = node.batch !== undefined && node.batch === change.batch;
	const own = isOwn ? node : {slots: node.slots.slice(), size, batch: change.batch};
	own.slots[slot] = part;
	own.size = size;
	return own;
};

const changeAt = <Item>(
	{keyOf, root}: HashIndex<Item>,
	key: string,
	item: Item | undefined,
	batch: Batch | undefined,
): HashIndex<Item> => {
	const next = changed(root, {keyOf, key, hash: hashOf(key), item, batch});
	return {keyOf, size: sizeOf(next), root: next};
};

/** The index with the item, in place of the one of the same text. */
export const withIndexed = <Item>(index: HashIndex<Item>, item: Item, batch?: Batch): HashIndex<Item> =>
	changeAt(index, index.keyOf(item), item, batch);

/** The index without the item of that text. */
export const withoutIndexed = <Item>(index: HashIndex<Item>, key: string, batch?: Batch): HashIndex<Item> =>
	changeAt(index, key, undefined, batch);

/** For texts that several items may share: the index with the item at the end of its list, or in place of the same one. */
export const withListed = <Item>(
	index: HashIndex<readonly Item[]>,
	key: string,
	item: Item,
	isSame: (other: Item) => boolean,
	batch?: Batch,
): HashIndex<readonly Item[]> => {
	const list = findItem(index, key) ?? [];
	const at = list.findIndex(isSame);
	return withIndexed(index, at < 0 ? [...list, item] : list.with(at, item), batch);
};

/** The index without that item in the list of its text. */
export const withoutListed = <Item>(
	index: HashIndex<readonly Item[]>,
	key: string,
	isSame: (other: Item) => boolean,
	batch?: Batch,
): HashIndex<readonly Item[]> => {
	const list = (findItem(index, key) ?? []).filter(other => !isSame(other));
	return list.length === 0 ? withoutIndexed(index, key, batch) : withIndexed(index, list, batch);
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

import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {createBatch} from '../../../source/domain/common/batch.ts';
import {
	allIndexed,
	countAdded,
	createIndex,
	findItem,
	withIndexed,
	withoutIndexed,
} from '../../../source/domain/common/hash-index.ts';

type Item = {readonly key: string; readonly value: number};

const empty = createIndex(({key}: Item) => key);
const sorted = (items: Iterable<Item>) => [...items].sort((a, b) => (a.key < b.key ? -1 : 1));

test('whatever is put and taken out, it finds what a Map finds', () => {
	const key = fc.oneof(fc.constantFrom('__proto__', 'constructor', ''), fc.string({maxLength: 3}), fc.uuid());
	const change = fc.tuple(fc.boolean(), key, fc.nat());
	fc.assert(
		fc.property(fc.array(change, {maxLength: 400, size: 'max'}), changes => {
			const known = new Map<string, Item>();
			let index = empty;
			for (const [isPut, name, value] of changes) {
				if (isPut) known.set(name, {key: name, value});
				else known.delete(name);
				index = isPut ? withIndexed(index, {key: name, value}) : withoutIndexed(index, name);
			}
			expect(index.size).toBe(known.size);
			expect(sorted(allIndexed(index))).toEqual(sorted(known.values()));
			for (const [, name] of changes) expect(findItem(index, name)).toEqual(known.get(name));
		}),
		{numRuns: 100},
	);
});

test('what a batch changes in place was its own: every index from before it stays what it was', () => {
	const change = fc.tuple(fc.boolean(), fc.nat({max: 300}));
	fc.assert(
		fc.property(fc.array(fc.array(change, {maxLength: 120, size: 'max'}), {maxLength: 8}), batches => {
			let index = empty;
			const known = new Map<string, Item>();
			const before: (readonly [typeof index, readonly Item[]])[] = [];
			for (const [number, changes] of batches.entries()) {
				before.push([index, sorted(known.values())]);
				const batch = createBatch();
				for (const [isPut, n] of changes) {
					const item = {key: `msg_${n}`, value: number};
					if (isPut) known.set(item.key, item);
					else known.delete(item.key);
					index = isPut ? withIndexed(index, item, batch) : withoutIndexed(index, item.key, batch);
				}
				expect(index.size).toBe(known.size);
				expect(sorted(allIndexed(index))).toEqual(sorted(known.values()));
			}
			for (const [old, items] of before) {
				expect([old.size, sorted(allIndexed(old))]).toEqual([items.length, items]);
			}
		}),
		{numRuns: 40},
	);
});

test('an old index still finds what it found', () => {
	let index = empty;
	for (let n = 0; n < 1000; n++) index = withIndexed(index, {key: `msg_${n}`, value: n});
	const old = index;
	for (let n = 0; n < 3000; n++) index = withIndexed(index, {key: `msg_${n}`, value: -n});
	for (let n = 0; n < 500; n++) index = withoutIndexed(index, `msg_${n}`);
	expect([old.size, index.size]).toEqual([1000, 2500]);
	expect([findItem(old, 'msg_7')?.value, findItem(old, 'msg_2000')?.value]).toEqual([7, undefined]);
	expect([findItem(index, 'msg_7')?.value, findItem(index, 'msg_700')?.value]).toEqual([undefined, -700]);
});

describe('how many items one index has that another has not', () => {
	const indexOf = (...keys: readonly string[]) =>
		keys.reduce((index, key) => withIndexed(index, {key, value: 0}), empty);
	const names = (count: number, from = 0) => Array.from({length: count}, (_, n) => `msg_${from + n}`);

	test.each([
		['nothing in nothing', [], [], 0],
		['into nothing', [], names(3), 3],
		['into nothing, more than one list holds', [], names(200), 200],
		['where the old one has empty branches', names(14), names(400), 386],
		['none where items were taken away', names(400), names(14), 0],
		['others in the place of those', names(40), names(40, 30), 30],
	])('%s', (_, before, after, expected) => {
		expect(countAdded(indexOf(...before), indexOf(...after))).toBe(expected);
		const grown = after.reduce((index, key) => withIndexed(index, {key, value: 1}), indexOf(...before));
		expect(countAdded(indexOf(...before), grown)).toBe(expected);
	});
});

import fc from 'fast-check';
import {expect, test} from 'vitest';
import {
	allIndexed,
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

import fc from 'fast-check';
import {expect, test} from 'vitest';
import {createBatch} from '../../../source/domain/common/batch.ts';
import {
	emptyTimeline,
	itemsBack,
	itemsFrom,
	type Measure,
	sumBetween,
	type Timeline,
	withItem,
	withoutItem,
} from '../../../source/domain/common/timeline.ts';

type Item = {readonly at: number; readonly seq: number; readonly value: number};

const total: Measure<Item, {value: number; count: number}> = {
	create: () => ({value: 0, count: 0}),
	add(sum, {value}) {
		sum.value += value;
		sum.count++;
	},
	merge(sum, part) {
		sum.value += part.value;
		sum.count += part.count;
	},
};

const inOrder = (items: Iterable<Item>) => [...items].sort((a, b) => a.at - b.at || a.seq - b.seq);
const listOf = (timeline: Timeline<Item>) => [...itemsFrom(timeline, 0)];
const naive = (items: readonly Item[], from: number, until: number) => {
	const within = items.filter(({at}) => at >= from && at < until);
	return {value: within.reduce((sum, {value}) => sum + value, 0), count: within.length};
};

const item = fc.record({at: fc.nat({max: 300}), seq: fc.nat({max: 20}), value: fc.nat({max: 9})});
const change = fc.tuple(fc.constantFrom('put', 'put', 'put', 'drop'), item);

test('whatever is put and dropped in whatever order, items, windows and sums are those of a plain list', () => {
	fc.assert(
		fc.property(
			fc.array(change, {maxLength: 1500, size: 'max'}),
			fc.nat({max: 300}),
			fc.nat({max: 300}),
			(changes, from, length) => {
				const known = new Map<string, Item>();
				let timeline: Timeline<Item> = emptyTimeline;
				for (const [what, one] of changes) {
					const key = `${one.at} ${one.seq}`;
					if (what === 'put') known.set(key, one);
					else known.delete(key);
					timeline = what === 'put' ? withItem(timeline, one) : withoutItem(timeline, one);
					// Sums that are kept must not outlive what they are of.
					if (one.value === 0) sumBetween(timeline, total, 0);
				}
				const expected = inOrder(known.values());
				expect(timeline.size).toBe(expected.length);
				expect(listOf(timeline)).toEqual(expected);
				expect([...itemsFrom(timeline, from)]).toEqual(expected.filter(({at}) => at >= from));
				expect([...itemsBack(timeline, from)]).toEqual(expected.filter(({at}) => at <= from).reverse());
				expect(sumBetween(timeline, total, from, from + length)).toEqual(naive(expected, from, from + length));
			},
		),
		{numRuns: 60},
	);
});

test('what a batch changes in place was its own: every timeline from before it stays what it was', () => {
	fc.assert(
		fc.property(fc.array(fc.array(change, {maxLength: 250, size: 'max'}), {maxLength: 8}), batches => {
			let timeline: Timeline<Item> = emptyTimeline;
			const known = new Map<string, Item>();
			const before: (readonly [typeof timeline, readonly Item[]])[] = [];
			for (const changes of batches) {
				before.push([timeline, inOrder(known.values())]);
				const batch = createBatch();
				for (const [what, one] of changes) {
					if (what === 'put') known.set(`${one.at} ${one.seq}`, one);
					else known.delete(`${one.at} ${one.seq}`);
					timeline = what === 'put' ? withItem(timeline, one, batch) : withoutItem(timeline, one, batch);
					// A sum that was asked for amid the batch is that of what was known then.
					if (one.value === 0) sumBetween(timeline, total, 0);
				}
				before.push([timeline, inOrder(known.values())]);
			}
			for (const [old, items] of before) {
				expect([old.size, listOf(old)]).toEqual([items.length, items]);
				expect(sumBetween(old, total, 0)).toEqual(naive(items, 0, 1000));
			}
		}),
		{numRuns: 40},
	);
});

test('an old timeline still says what it said', () => {
	const numbers = Array.from({length: 5000}, (_, n): Item => ({at: (n * 7919) % 1000, seq: n, value: 1}));
	let timeline: Timeline<Item> = emptyTimeline;
	for (const one of numbers.slice(0, 2000)) timeline = withItem(timeline, one);
	const old = timeline;
	for (const one of numbers.slice(2000)) timeline = withItem(timeline, one);
	for (const one of numbers.slice(0, 1000)) timeline = withoutItem(timeline, one);
	expect([old.size, timeline.size]).toEqual([2000, 4000]);
	expect(sumBetween(old, total, 500)).toEqual(naive(numbers.slice(0, 2000), 500, 1000));
	expect(sumBetween(timeline, total, 500)).toEqual(naive(numbers.slice(1000), 500, 1000));
});

test('after one more item a sum is made of the depth of the tree, not of all that is in it', () => {
	let added = 0;
	const counting: typeof total = {
		...total,
		add(sum, one) {
			added++;
			total.add(sum, one);
		},
	};
	let timeline: Timeline<Item> = emptyTimeline;
	for (let n = 0; n < 20_000; n++) timeline = withItem(timeline, {at: n, seq: n, value: 1});
	sumBetween(timeline, counting, 0);
	added = 0;
	timeline = withItem(timeline, {at: 20_000, seq: 20_000, value: 1});
	expect(sumBetween(timeline, counting, 17).count).toBe(20_001 - 17);
	expect(added).toBeLessThanOrEqual(64);
});

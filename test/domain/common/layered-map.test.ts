import fc from 'fast-check';
import {expect, test} from 'vitest';
import {LayeredMap} from '../../../source/domain/common/layered-map.ts';

test('whatever changes, it holds what a Map holds, in the same order, and an old one stays what it was', () => {
	const change = fc.array(fc.tuple(fc.nat({max: 200}), fc.nat()), {maxLength: 5});
	fc.assert(
		fc.property(fc.array(change, {maxLength: 80, size: 'max'}), changes => {
			const known = new Map<number, number>();
			let map = new LayeredMap<number, number>(new Map());
			for (const one of changes) {
				const [old, before] = [map, [...map.values()]];
				for (const [key, value] of one) known.set(key, value);
				map = map.with(new Map(one));
				expect([...old.values()]).toEqual(before);
			}
			expect([...map.values()]).toEqual([...known.values()]);
			for (const [key, value] of known) expect(map.get(key)).toBe(value);
			expect(map.get(201)).toBeUndefined();
		}),
		{numRuns: 50},
	);
});

import {expect, test} from 'vitest';
import {createSelector} from '../../source/state/selector.ts';

type Known = {readonly words: readonly string[]; readonly other?: number};

const longest = () => {
	let count = 0;
	const select = createSelector([({words}: Known) => words], words => {
		count++;
		return words.map(word => word.length);
	});
	return {select, count: () => count};
};

test('what has not changed is not worked out again, whatever else has', () => {
	const {select, count} = longest();
	const words = ['a', 'bb'];
	const first = select({words});
	expect(select({words, other: 1})).toBe(first);
	expect(first).toEqual([1, 2]);
	expect(select({words: ['a', 'bbb']})).toEqual([1, 3]);
	expect(count()).toBe(2);
});

test('a list of the same items is the same list', () => {
	const {select} = longest();
	const first = select({words: ['a', 'bb']});
	expect(select({words: ['b', 'aa']})).toBe(first);
	expect(select({words: ['a', 'bb', 'c']})).not.toBe(first);
	expect(select({words: ['a']})).toEqual([1]);
});

test('the last two answers are remembered, as a screen that stands still asks for two moments in turn', () => {
	const {select, count} = longest();
	const [shown, live, third] = [{words: ['a']}, {words: ['bb']}, {words: ['ccc']}];
	for (let turn = 0; turn < 5; turn++) expect([select(shown), select(live)]).toEqual([[1], [2]]);
	expect(count()).toBe(2);
	select(third);
	select(shown);
	expect(count()).toBe(4);
});

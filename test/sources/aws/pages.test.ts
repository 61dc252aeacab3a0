import {expect, test} from 'vitest';
import {firstPages} from '../../../source/sources/aws/pages.ts';

const asked: number[] = [];
const pages = async function* (count: number) {
	for (let page = 1; page <= count; page++) {
		asked.push(page);
		yield page;
	}
};
const read = async (count: number, most: number) => {
	asked.length = 0;
	const found: number[] = [];
	for await (const page of firstPages(pages(count), most)) found.push(page);
	return [found, [...asked]];
};

test.each([
	[0, 3, []],
	[2, 3, [1, 2]],
	[3, 3, [1, 2, 3]],
	[Number.POSITIVE_INFINITY, 3, [1, 2, 3]],
	[5, 1, [1]],
])('of %d pages at most %i are read, and no other is asked for', async (count, most, expected) => {
	expect(await read(count, most)).toEqual([expected, expected]);
});

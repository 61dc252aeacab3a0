import {appendFile, mkdtemp, rename, rm, stat, truncate, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import fc from 'fast-check';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {createTailReader, needsReading, type Tail} from '../../../source/sources/transcripts/tail.ts';

let folder = '';
let file = '';
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'bedtop-tail-'));
	file = join(folder, 'a.jsonl');
});
afterEach(() => rm(folder, {recursive: true, force: true}));

/** A reader over lines with an `x` in them; a line is whole when it ends with `!`. */
const follow = (options: {chunkBytes?: number; maxLineBytes?: number} = {}) => {
	const seen = {lines: [] as string[], offsets: [] as number[], corrupt: 0, bytes: 0};
	const reader = createTailReader({
		needles: ['x', 'y'],
		onLine(line, offset) {
			const text = line.toString('utf8').replace(/\r$/, '');
			if (!text.endsWith('!')) return false;
			seen.lines.push(text);
			seen.offsets.push(offset);
			return true;
		},
		onCorrupt() {
			seen.corrupt += 1;
		},
		onBytes(bytes) {
			seen.bytes += bytes;
		},
		...options,
	});
	let tail: Tail | undefined;
	return {
		seen,
		async read(signal?: AbortSignal) {
			tail = await reader.read(file, tail, signal);
			return tail;
		},
		async isDue() {
			return tail === undefined || needsReading(tail, await stat(file));
		},
	};
};

test('hands out the lines with a needle, with the offset each starts at', async () => {
	await writeFile(file, 'x1!\nplain!\n\ny2!\r\nx3!\n');
	const {seen, read} = follow();
	await read();
	expect(seen).toMatchObject({lines: ['x1!', 'y2!', 'x3!'], offsets: [0, 12, 17], corrupt: 0});
});

test('reads only what was appended since', async () => {
	await writeFile(file, 'x1!\n'.repeat(5000));
	const {seen, read} = follow();
	await read();
	await appendFile(file, 'x2!\n');
	await read();
	expect(seen.lines).toHaveLength(5001);
	expect(seen.bytes).toBe(20_004);
});

test('completes half a line, and half a character, when the rest arrives', async () => {
	const line = Buffer.from('x – 日本語 🦊!\n');
	const {seen, read} = follow();
	for (let size = 1; size <= line.length; size++) {
		await writeFile(file, line.subarray(0, size));
		await read();
	}
	expect(seen).toMatchObject({lines: ['x – 日本語 🦊!'], corrupt: 0});
});

test('a last line without newline comes once it stands still, and only once', async () => {
	await writeFile(file, 'x1!\nx2!');
	const {seen, read, isDue} = follow();
	await read();
	expect(seen.lines).toEqual(['x1!']);
	expect(await isDue()).toBe(true);
	await read();
	expect(seen.lines).toEqual(['x1!', 'x2!']);
	expect(await isDue()).toBe(false);
	await appendFile(file, '\nx3!\n');
	await read();
	expect(seen).toMatchObject({lines: ['x1!', 'x2!', 'x3!'], corrupt: 0});
});

test('a last line that is not whole is tried once, then left alone until it grows', async () => {
	await writeFile(file, 'x1');
	const {seen, read, isDue} = follow();
	await read();
	await read();
	expect(await isDue()).toBe(false);
	await appendFile(file, '2!\n');
	expect(await isDue()).toBe(true);
	await read();
	expect(seen).toMatchObject({lines: ['x12!'], corrupt: 0});
});

test('a corrupt line is counted once and the next one is read', async () => {
	await writeFile(file, 'x broken\nx1!\n');
	const {seen, read} = follow();
	await read();
	await appendFile(file, 'x2!\n');
	await read();
	expect(seen).toMatchObject({lines: ['x1!', 'x2!'], corrupt: 1});
});

test.each([
	[
		'put in its place',
		async () => {
			await writeFile(join(folder, 'new'), 'x3!\nx4!\n');
			await rename(join(folder, 'new'), file);
		},
	],
	['rewritten in place and as long', () => writeFile(file, 'x3!\nx4!\n')],
	['rewritten in place and longer', () => writeFile(file, 'x3!\nx4!\n\n')],
	[
		'truncated and filled again',
		async () => {
			await truncate(file, 0);
			await appendFile(file, 'x3!\nx4!\n');
		},
	],
])('another file %s is read from its start', async (_how, replace) => {
	await writeFile(file, 'x1!\nx2!\n');
	const {seen, read} = follow();
	await read();
	await replace();
	await read();
	expect(seen.lines).toEqual(['x1!', 'x2!', 'x3!', 'x4!']);
});

test('a rewritten file is noticed although its last lines end alike', async () => {
	const like = (id: string) => `x ${id} ${'same '.repeat(100)}!`;
	await writeFile(file, `${like('one')}\n`);
	const {seen, read} = follow();
	await read();
	await writeFile(file, `${like('two')}\n${like('six')}\n`);
	await read();
	expect(seen.lines).toEqual(['one', 'two', 'six'].map(like));
});

test('another file put in its place is noticed although it ends alike', async () => {
	const rest = `${'x same!\n'.repeat(1000)}`;
	await writeFile(file, `x1!\n${rest}`);
	const {seen, read} = follow();
	await read();
	await writeFile(join(folder, 'new'), `x2!\n${rest}`);
	await rename(join(folder, 'new'), file);
	await read();
	expect(seen.lines.filter(line => line !== 'x same!')).toEqual(['x1!', 'x2!']);
});

test('a file that shrank is read again', async () => {
	await writeFile(file, 'x1!\nx2!\n');
	const {seen, read} = follow();
	await read();
	await truncate(file, 4);
	await read();
	expect(seen.lines).toEqual(['x1!', 'x2!', 'x1!']);
});

test('lines longer than the buffer are held, lines longer than the limit dropped and counted', async () => {
	const [long, endless] = [`x${'a'.repeat(50)}!`, `x${'b'.repeat(500)}!`];
	await writeFile(file, `${long}\n${endless}\nx1!\n${endless}`);
	const {seen, read} = follow({chunkBytes: 16, maxLineBytes: 128});
	await read();
	await appendFile(file, `${endless}!\nx2!\n`);
	await read();
	expect(seen).toMatchObject({lines: [long, 'x1!', 'x2!'], corrupt: 2});
});

test('whatever the size of the buffer and of the pieces, the lines are the same', async () => {
	const line = fc.constantFrom('x1!', 'y – 日本 🦊!', 'plain', '', `x${'long'.repeat(20)}!`, 'x broken', 'xx\r');
	const pieces = fc.array(fc.array(line, {maxLength: 5}), {minLength: 1, maxLength: 4});
	await fc.assert(
		fc.asyncProperty(pieces, fc.integer({min: 1, max: 100}), fc.nat(20), async (pieces, chunkBytes, cut) => {
			await writeFile(file, '');
			const {seen, read} = follow({chunkBytes});
			for (const lines of pieces) {
				const bytes = Buffer.from(lines.map(line => `${line}\n`).join(''));
				await appendFile(file, bytes.subarray(0, cut));
				await read();
				await appendFile(file, bytes.subarray(cut));
				await read();
			}
			const lines = pieces.flat();
			expect(seen.lines).toEqual(lines.filter(line => /[xy].*!$/.test(line)));
			expect(seen.corrupt).toBe(lines.filter(line => /^x.*[^!]$/.test(line.trim())).length);
		}),
		{numRuns: 100},
	);
});

test('an abort keeps what was read and leaves the rest for later', async () => {
	await writeFile(file, 'x1!\nx2!\nx3!\nx4!\n');
	const {seen, read, isDue} = follow({chunkBytes: 8});
	await read(AbortSignal.abort());
	expect(seen.lines).toEqual([]);
	expect(await isDue()).toBe(true);
	await read();
	expect(seen.lines).toEqual(['x1!', 'x2!', 'x3!', 'x4!']);
});

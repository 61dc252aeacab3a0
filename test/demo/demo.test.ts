import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {openDemo} from '../../source/demo/demo.ts';
import {createFakeClock} from '../support/fake-clock.ts';
import {lookUpAll, openedAt, second, startAt} from './opened.ts';

let root: string;
beforeAll(() => {
	root = mkdtempSync(join(tmpdir(), 'bedtop-open-'));
});
afterAll(() => rmSync(root, {recursive: true, force: true}));

test('the open demo goes on living by the clock it was given, and leaves nothing behind', async () => {
	const clock = createFakeClock(startAt);
	const demo = await openDemo(clock, root);
	const projects = join(demo.directory, 'projects');
	const text = () => {
		const files = readdirSync(projects, {recursive: true, encoding: 'utf8'}).filter(file => file.endsWith('.jsonl'));
		return files.map(file => readFileSync(join(projects, file), 'utf8')).join('');
	};
	const config = {...openedAt(startAt).config, requestHandler: demo.requestHandler as never};
	const ids = async () => new Set((await lookUpAll(config)).map(({EventId}) => EventId));
	const [written, delivered] = [text().length, (await ids()).size];
	expect(written).toBeGreaterThan(100_000);
	// A step at a time: writing to the disk takes real time, which a fake clock does not wait for.
	for (let ms = 0; ms < 5 * second; ms += 500) {
		await expect.poll(() => clock.pending()).toBe(1);
		await clock.advance(500);
	}
	await expect.poll(() => text().length).toBeGreaterThan(written);
	expect((await ids()).size).toBeGreaterThan(delivered);
	demo.remove();
	expect(existsSync(demo.directory)).toBe(false);
	await expect.poll(() => clock.pending()).toBe(0);
	expect(readdirSync(root)).toEqual([]);
});

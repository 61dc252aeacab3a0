import {stripVTControlCharacters} from 'node:util';
import {afterEach, expect, test} from 'vitest';
import {createFakeClock} from '../support/fake-clock.ts';
import {type OpenedApp, openApp} from '../support/open-app.tsx';
import {createRecordingPainter} from '../support/recording-painter.ts';

const opened: OpenedApp[] = [];
afterEach(async () => {
	for (const app of opened.splice(0)) await app.unmount();
});

test.each([
	[40, 12],
	[60, 15],
	[100, 30],
	[160, 50],
])(
	'at %i×%i another painter gets the rows that Ink would write, and a key that changes one row paints one',
	async (columns, rows) => {
		const clock = createFakeClock(new Date(2026, 10, 23, 15, 4, 0).getTime());
		const byInk = openApp(columns, rows, {clock, painter: 'ink'});
		opened.push(byInk);
		await byInk.waitFor(/✗[\s\S]*28/);
		await byInk.flushed();
		const {painter, rows: painted, takeCount} = createRecordingPainter();
		const other = openApp(columns, rows, {clock, store: byInk.store, sources: [], painter});
		opened.push(other);
		const plain = () => painted().map(row => stripVTControlCharacters(row).trimEnd());
		await expect.poll(plain).toEqual(byInk.rows());
		expect(other.text().trim()).toBe('');
		takeCount();
		other.press('r');
		await expect.poll(() => plain().at(-1)).toBe('asking every source now');
		expect(takeCount()).toBe(1);
	},
);

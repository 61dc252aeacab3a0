import {afterEach, expect, test} from 'vitest';
import type {RecordedAction} from '../../source/app/recording/recording-format.ts';
import {play} from '../../source/app/recording/replay.ts';
import type {Call} from '../../source/domain/calls/call.ts';
import {widthOf} from '../../source/screen/text/line.ts';
import {createFakeClock} from '../support/fake-clock.ts';
import {type OpenedApp, openApp} from '../support/open-app.tsx';

const opened: OpenedApp[] = [];
afterEach(async () => {
	for (const app of opened.splice(0)) await app.unmount();
});

/** A small generator of its own, so that a failure can be had again. */
const randomFrom = (seed: number) => {
	let state = seed;
	return (least: number, most: number) => {
		state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
		return least + (Math.floor(state / 65_536) % (most - least + 1));
	};
};

test.each([1, 2, 3])(
	'through twenty resizes during a replay every frame is the one a fresh terminal would get (seed %i)',
	async seed => {
		const random = randomFrom(seed);
		const clock = createFakeClock(new Date(2026, 10, 23, 15, 4, 0).getTime());
		const app = openApp(80, 24, {clock});
		opened.push(app);
		await app.waitFor(/×28/);
		const [first] = app.store.getState().log.calls as readonly [Call];
		const entries = Array.from({length: 20}, (_, step): RecordedAction => {
			const at = clock.now() + step * 1000;
			const call: Call = {...first, eventId: `new-${step}`, at, outcome: 'ok'};
			return {at, action: {type: 'trail', records: [{kind: 'call', call}]}};
		});
		const stop = play(entries, app.store, clock);
		for (let step = 0; step < 20; step++) {
			const [columns, rows] = [random(20, 240), random(1, 60)];
			await app.resize(columns, rows);
			await clock.advance(1000);
			const fresh = openApp(columns, rows, {clock, store: app.store, sources: []});
			opened.push(fresh);
			await fresh.waitFor(/bedrock/);
			await fresh.flushed();
			await expect.poll(app.rows, {timeout: 3000, message: `${columns}×${rows}`}).toEqual(fresh.rows());
			for (const row of app.rows()) expect(widthOf(row)).toBeLessThanOrEqual(columns);
			await fresh.unmount();
		}
		stop();
		expect(app.store.getState().log.calls[0]?.eventId).toBe('new-19');
	},
	60_000,
);

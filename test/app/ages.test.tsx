import {afterEach, expect, test} from 'vitest';
import {createStore} from '../../source/polling/store.ts';
import {type Action, reduce, type State} from '../../source/state/state.ts';
import {createFakeClock} from '../support/fake-clock.ts';
import {type OpenedApp, openApp} from '../support/open-app.tsx';

const opened: OpenedApp[] = [];
afterEach(async () => {
	for (const app of opened.splice(0)) await app.unmount();
});

test('ages grow in time without any news, and where no word changes nothing is written', async () => {
	const clock = createFakeClock(new Date(2026, 10, 23, 15, 4, 0).getTime());
	const reading = openApp(100, 30, {clock});
	opened.push(reading);
	await reading.waitFor(/✗[\s\S]*28/);
	const {store} = reading;
	await reading.unmount();
	const app = openApp(100, 30, {clock, store, sources: []});
	opened.push(app);
	await app.waitFor('bedrock');
	await app.flushed();
	let still = 0;
	for (let tick = 0; tick < 30; tick++) {
		const [before, written] = [app.rows(), app.written().length];
		await clock.advance(5000);
		await app.flushed();
		const alike = createStore<State, Action>(reduce, store.getState());
		const fresh = openApp(100, 30, {clock, store: alike, sources: []});
		await fresh.waitFor('bedrock');
		await fresh.flushed();
		await expect.poll(app.rows).toEqual(fresh.rows());
		await fresh.unmount();
		if (app.rows().join('\n') !== before.join('\n')) continue;
		still++;
		expect(app.written().length).toBe(written);
	}
	expect(still).toBeGreaterThan(0);
	expect(still).toBeLessThan(30);
}, 60_000);

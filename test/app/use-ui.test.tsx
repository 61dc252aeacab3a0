import {afterEach, expect, test} from 'vitest';
import {interrupted} from '../../source/app/app.tsx';
import type {Call} from '../../source/domain/calls/call.ts';
import {createFakeClock} from '../support/fake-clock.ts';
import {type OpenedApp, openApp} from '../support/open-app.tsx';

const opened: OpenedApp[] = [];
afterEach(async () => {
	for (const app of opened.splice(0)) await app.unmount();
});

const open = async (copy?: (text: string) => void) => {
	const clock = createFakeClock(new Date(2026, 10, 23, 15, 4, 0).getTime());
	const app = openApp(60, 15, {clock, ...(copy !== undefined && {copy})});
	opened.push(app);
	await app.waitFor(/✗[\s\S]*28/);
	const callNow = () => {
		const [first] = app.store.getState().log.calls as readonly [Call];
		const call: Call = {...first, eventId: 'new', outcome: 'ok', at: clock.now()};
		app.store.dispatch({type: 'trail', records: [{kind: 'call', call}]});
	};
	return {app, callNow};
};

test('a frozen screen counts what it misses, and shows it when it goes on', async () => {
	const {app, callNow} = await open();
	app.press('4f');
	await app.waitFor('frozen now');
	callNow();
	await app.waitFor('frozen now, 1 new');
	expect(app.text()).not.toContain('15:04:00');
	app.press('f');
	await app.waitFor('15:04:00');
	expect(app.text()).not.toContain('frozen');
});

test('another window is said, and wakes a frozen screen', async () => {
	const {app} = await open();
	app.press('f');
	await app.waitFor('frozen now');
	app.press('w');
	await app.waitFor(/^window: 24h$/m);
	await app.waitFor(/2 Spend .* 24h, estimate/);
	expect(app.text()).not.toContain('frozen');
	expect(app.store.getState().spanMs).toBe(86_400_000);
});

test('keys that come in one go build on each other', async () => {
	const {app} = await open();
	app.press('44j\rj\u001b');
	await app.waitFor(/^▸14:56:00/m);
	expect(app.rows().filter(row => /^[1-4]/.test(row))).toEqual([expect.stringMatching(/^4▸Calls/)]);
});

test('y copies what a card offers and says what it was; without a card it copies what Enter would open', async () => {
	const copied: string[] = [];
	const {app} = await open(text => copied.push(text));
	app.press('4jy');
	await app.waitFor(/^copied /m);
	app.press('\r');
	await app.waitFor(/^caller {2,}bob/m);
	app.press('y');
	await expect.poll(() => copied).toHaveLength(2);
	expect(copied[1]).toBe(copied[0]);
	expect(copied[0]).not.toBe('');
});

test('Ctrl-C ends it while a filter is typed, too', async () => {
	const {app} = await open();
	app.press('/hai');
	await app.waitFor('/hai▏');
	app.press('\u0003');
	expect(await app.waitUntilExit()).toBe(interrupted);
});

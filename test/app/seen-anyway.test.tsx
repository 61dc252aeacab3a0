import {afterEach, beforeEach, expect, test} from 'vitest';
import {createFakeClock, type FakeClock} from '../support/fake-clock.ts';
import {type OpenedApp, openApp} from '../support/open-app.tsx';

let clock: FakeClock;
let opened: OpenedApp | undefined;
beforeEach(() => {
	clock = createFakeClock(new Date(2026, 10, 23, 15, 4, 0).getTime());
});
afterEach(async () => opened?.unmount());

const situations = [
	['nothing is pressed', ''],
	['frozen', 'f'],
	['filtered by something else', '/haiku\r'],
	['while a filter is typed', '/hai'],
	['trouble only, mine only', 'zm'],
	['a pane has the focus', '2'],
	['a pane is zoomed', '33'],
	['scrolled to the end', '44G'],
	['a card is open', '1\r'],
	['the help is open', '?'],
	['frozen, zoomed and filtered', 'f44/zzz\r'],
] as const;
const sizes = [
	[20, 1],
	[36, 3],
	[40, 12],
	[60, 15],
	[100, 30],
] as const;

test.each(sizes.flatMap(([columns, rows]) => situations.map(([when, keys]) => [columns, rows, when, keys] as const)))(
	'at %i×%i a new refusal is on screen and rings once: %s',
	async (columns, rows, _, keys) => {
		const alarms: string[] = [];
		const app = openApp(columns, rows, {clock, alarm: sentence => alarms.push(sentence)});
		opened = app;
		await app.waitFor('✗');
		await expect.poll(() => app.store.getState().log.calls.length).toBeGreaterThan(40);
		for (const key of keys) app.press(key);
		await app.flushed();
		expect(app.text()).not.toContain('sonnet-5.5');
		const failure = {
			...{id: 'new', at: clock.now(), sessionId: 's9', status: 403},
			message: 'User: arn:aws:iam::123456789012:user/x is not authorized to perform: bedrock:InvokeModel',
			model: 'us.anthropic.claude-sonnet-5-5',
		};
		app.store.dispatch({type: 'transcripts', turns: [], failures: [failure]});
		await app.waitFor('✗ sonnet-5.5');
		await expect.poll(() => alarms).toHaveLength(1);
		expect(alarms[0]).toContain('✗ sonnet-5.5');
	},
);

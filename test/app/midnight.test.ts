import process from 'node:process';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {createWatching} from '../../source/app/watch.ts';
import {nextLocalDay} from '../../source/domain/common/calendar.ts';
import {type ChosenWindow, windowAt} from '../../source/domain/common/window.ts';
import {defaultBook} from '../../source/domain/money/price-book.ts';
import {createStore} from '../../source/polling/store.ts';
import {keepRunning} from '../../source/polling/watching.ts';
import {overview} from '../../source/state/overview.ts';
import {type Action, initialState, reduce, type State} from '../../source/state/state.ts';
import {reply} from '../support/builders.ts';
import {contextOf} from '../support/context.ts';
import {createFakeClock} from '../support/fake-clock.ts';
import {settingsSince} from '../support/settings.ts';

const second = 1000;
const hour = 3_600_000;
const zone = process.env.TZ;
beforeAll(() => {
	process.env.TZ = 'Europe/Berlin';
});
afterAll(() => {
	if (zone === undefined) delete process.env.TZ;
	else process.env.TZ = zone;
});

/** A monitor that was opened at some moment, with a reply just then, and the calls it counts as time goes by. */
const openAt = (moment: string, chosen: ChosenWindow | undefined) => {
	const start = Date.parse(moment);
	const clock = createFakeClock(start);
	const window = windowAt(start, {limits: {}, ...chosen});
	const store = createStore<State, Action>(reduce, initialState(defaultBook, {...settingsSince(start), ...window}));
	const watching = createWatching([], {store, clock, context: contextOf({store, clock}), random: () => 1});
	const stop = keepRunning(watching, store.subscribe);
	let count = 0;
	const answer = () =>
		store.dispatch({type: 'transcripts', failures: [], turns: [reply(`msg_bdrk_${count++}`, {at: clock.now()})]});
	const view = () => overview(store.getState(), clock.now());
	const calls = () => view().spend.local.calls;
	answer();
	return {clock, answer, calls, view, stop, store};
};

describe.each([
	['a day of 24 hours', '2026-11-23T22:59:50+01:00'],
	['the day on which clocks go back, of 25', '2026-10-25T22:59:50+01:00'],
	['the day on which clocks go forward, of 23', '2026-03-29T22:59:50+02:00'],
	['the day before clocks go back', '2026-10-24T22:59:50+02:00'],
	['the last day of a month', '2026-11-30T22:59:50+01:00'],
	['the last day of a year', '2026-12-31T22:59:50+01:00'],
])('at the end of %s', (_, moment) => {
	test.each([
		['without a window', undefined],
		['--since today', {begins: 'day'}],
	] as const)('%s, yesterday’s sum is gone with the first moment of today', async (_, chosen) => {
		const {clock, answer, calls, view, stop, store} = openAt(moment, chosen);
		const midnight = nextLocalDay(clock.now());
		await clock.advance(midnight - clock.now() - 1);
		expect(calls()).toBe(1);
		await clock.advance(1);
		expect([calls(), store.getState().spendSince]).toEqual([0, midnight]);
		await clock.advance(5 * second);
		answer();
		expect([calls(), view().state.spendSince]).toEqual([1, midnight]);
		stop();
		expect(clock.pending()).toBe(0);
	});

	test.each([
		['--since 24h goes along with the time', {spanMs: 24 * hour}, [1, 1, 0]],
		['a date stays where it is', {begins: Date.parse('2026-01-15T00:00:00+01:00')}, [1, 1, 1]],
	])('%s', async (_, chosen, expected) => {
		const {clock, calls, stop} = openAt(moment, chosen);
		const counts = [calls()];
		for (const hours of [2, 23]) {
			await clock.advance(hours * hour);
			counts.push(calls());
		}
		stop();
		expect(counts).toEqual(expected);
	});
});

test.each([
	['2026-11-23T23:00:00+01:00', 1],
	['2026-10-25T23:00:00+01:00', 1],
	['2026-10-31T23:00:00+01:00', 0],
	['2026-12-31T23:00:00+01:00', 0],
])('--since month ends with the month: after the midnight that follows %s there is %i', async (moment, expected) => {
	const {clock, calls, stop} = openAt(moment, {begins: 'month'});
	await clock.advance(hour);
	stop();
	expect(calls()).toBe(expected);
});

test.each([
	['without a window', undefined, 0],
	['--since today', {begins: 'day'}, 0],
	['--since month', {begins: 'month'}, 1],
] as const)('a machine that slept over midnight shows no sum of yesterday as today’s, %s', (_, chosen, expected) => {
	const {clock, calls, stop} = openAt('2026-11-23T18:00:00+01:00', chosen);
	// No timer has run yet.
	clock.jump(Date.parse('2026-11-24T08:00:00+01:00'));
	expect(calls()).toBe(expected);
	stop();
});

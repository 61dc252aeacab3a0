import {expect, test, vi} from 'vitest';
import {wait} from '../../source/polling/clock.ts';
import {createPace} from '../../source/polling/pace.ts';
import {createStore} from '../../source/polling/store.ts';
import {createFakeClock} from '../support/fake-clock.ts';

const add = (state: number, by: number) => state + by;

test('tells listeners of a change and of nothing else', () => {
	const store = createStore(add, 1);
	const listener = vi.fn();
	const unsubscribe = store.subscribe(listener);
	store.dispatch(0);
	expect(listener).not.toHaveBeenCalled();
	store.dispatch(2);
	expect(store.getState()).toBe(3);
	unsubscribe();
	store.dispatch(2);
	expect(listener).toHaveBeenCalledOnce();
});

test('frozen shows the snapshot while data goes on arriving', () => {
	const store = createStore(add, 1);
	const listener = vi.fn();
	store.subscribe(listener);
	store.freeze();
	store.dispatch(5);
	expect([store.getShown(), store.getState()]).toEqual([1, 6]);
	expect(listener).toHaveBeenCalledTimes(2);
	store.thaw();
	expect(store.getShown()).toBe(6);
});

test('what nobody needs to hear of changes the state and tells nobody, and is known to whoever looks', () => {
	const store = createStore(add, 1, {urgencyOf: by => (by > 5 ? 'now' : 'unasked')});
	const listener = vi.fn();
	store.subscribe(listener);
	store.dispatch(2);
	expect([store.getState(), listener.mock.calls.length]).toEqual([3, 0]);
	store.dispatch(6);
	expect([store.getState(), listener.mock.calls.length]).toEqual([9, 1]);
});

test('fifty changes in a row become two notifications: one at once, one at the end of the pause', async () => {
	const clock = createFakeClock();
	const pace = createPace(clock, {urgentMs: 50, everyMs: 250});
	const store = createStore(add, 0, {urgencyOf: () => 'soon', pace});
	const seen: number[] = [];
	store.subscribe(() => seen.push(store.getState()));
	for (let change = 0; change < 50; change++) store.dispatch(1);
	await clock.advance(1000);
	expect(seen).toEqual([1, 50]);
});

test('an aborted wait rejects at once and leaves no timer', async () => {
	const clock = createFakeClock();
	const abort = new AbortController();
	const waiting = wait(clock, 1000, abort.signal);
	abort.abort(new Error('enough'));
	await expect(waiting).rejects.toThrow('enough');
	expect(clock.pending()).toBe(0);
});

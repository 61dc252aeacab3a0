import {expect, test} from 'vitest';
import {keepRunning, type Watched} from '../../source/polling/watching.ts';

const setUp = () => {
	const told: string[] = [];
	const listeners = new Set<() => void>();
	const announce = () => {
		for (const listener of [...listeners]) listener();
	};
	let wanted: readonly Watched[] = [];
	const want = (...next: readonly Watched[]) => {
		wanted = next;
		announce();
	};
	const source = (
		key: string,
		onStart: () => void = () => undefined,
		onStop: () => void = () => undefined,
	): Watched => ({
		key,
		start() {
			told.push(`start ${key}`);
			onStart();
			return {
				refresh: () => undefined,
				stop() {
					told.push(`stop ${key}`);
					onStop();
				},
			};
		},
	});
	const subscribe = (listener: () => void) => {
		listeners.add(listener);
		return () => void listeners.delete(listener);
	};
	const stop = () => keepRunning({names: new Set(), wanted: () => wanted, refresh: () => undefined}, subscribe);
	return {told, listeners, announce, want, source, keep: stop};
};

test('runs what is wanted, and each once', () => {
	const {told, announce, want, source, keep} = setUp();
	const [a, b] = [source('a'), source('b')];
	want(a);
	keep();
	announce();
	want(a, b);
	want(a, b);
	expect(told).toEqual(['start a', 'start b']);
});

test('stops what is wanted no more before it starts what is new, and starts it again where it is wanted again', () => {
	const {told, want, source, keep} = setUp();
	const [a, b] = [source('a'), source('b')];
	want(a);
	keep();
	want(b);
	want(b, a);
	expect(told).toEqual(['start a', 'stop a', 'start b', 'start a']);
});

test('stopping all of it stops each once and listens no more', () => {
	const {told, listeners, want, source, keep} = setUp();
	const [a, b] = [source('a'), source('b')];
	want(a, b);
	const stop = keep();
	stop();
	stop();
	want(a);
	expect(told).toEqual(['start a', 'start b', 'stop a', 'stop b']);
	expect(listeners.size).toBe(0);
});

test('what changes while sources start and stop is taken up afterwards, and never twice', () => {
	const {told, want, source, keep} = setUp();
	const c = source('c');
	const b = source(
		'b',
		() => undefined,
		() => want(c),
	);
	const a = source('a', () => want(a, b));
	want(a);
	keep();
	expect(told).toEqual(['start a', 'start b']);
	want(a);
	expect(told).toEqual(['start a', 'start b', 'stop b', 'stop a', 'start c']);
});

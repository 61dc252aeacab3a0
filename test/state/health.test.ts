import {describe, expect, test} from 'vitest';
import {answeredAt, hasSpoken, healthOf, isStale, statusesOf} from '../../source/state/health.ts';
import type {SourceStatus} from '../../source/state/source-status.ts';
import {reduce, type State} from '../../source/state/state.ts';
import {noon, stateOf} from '../support/builders.ts';

const problem = {kind: 'network', message: 'no route to AWS'} as const;
const status = (region: string | undefined, others: Partial<SourceStatus> = {}): SourceStatus => ({
	...{name: 'cloudwatch', region, phase: 'waiting', failures: 0},
	...others,
});
const sessionsRead: SourceStatus = {name: 'sessions', phase: 'waiting', failures: 0, lastSuccessAt: 1};
/** Settings and sessions have been read: whether and where the source is asked is known. */
const stateWith = (...statuses: readonly SourceStatus[]): State =>
	[sessionsRead, ...statuses].reduce((state, one) => reduce(state, {type: 'status', status: one}), stateOf());

const [east, west] = ['us-east-1', 'us-west-2'];

test('a source has one status in each of its regions, the newest', () => {
	const state = stateWith(
		...[status(east), status(west), status(east, {failures: 2})],
		status(east, {name: 'cloudtrail'}),
	);
	const found = statusesOf(state, 'cloudwatch').map(({region, failures}) => [region, failures]);
	expect(found.sort()).toEqual([
		[east, 2],
		[west, 0],
	]);
});

describe('over all of its regions a source', () => {
	test.each<[string, readonly SourceStatus[], Partial<ReturnType<typeof healthOf>>]>([
		['is off where nobody asked it', [], {isOff: true, isFailing: false, isFirstFetch: false, answeredAt: undefined}],
		['is off where all are', [status(east, {phase: 'off'}), status(west, {phase: 'off'})], {isOff: true}],
		['is on where one is', [status(east, {phase: 'off'}), status(west)], {isOff: false}],
		['fails where one does', [status(east), status(west, {problem})], {isFailing: true}],
		['fails nowhere', [status(east), status(west)], {isFailing: false}],
		[
			'reads for the first time where one does',
			[status(east, {phase: 'fetching'}), status(west)],
			{isFirstFetch: true},
		],
		['reads again', [status(east, {phase: 'fetching', lastSuccessAt: 5})], {isFirstFetch: false}],
		['waits for its first answer', [status(east)], {isFirstFetch: false}],
		[
			'has answered when the last of them did',
			[status(east, {lastSuccessAt: 7}), status(west, {lastSuccessAt: 5})],
			{answeredAt: 5},
		],
		['has not while one is missing', [status(east, {lastSuccessAt: 7}), status(west)], {answeredAt: undefined}],
	])('%s', (_, statuses, expected) => {
		const state = stateWith(...statuses);
		expect(healthOf(state, 'cloudwatch')).toMatchObject(expected);
		expect(healthOf(state, 'cloudwatch').answeredAt).toBe(answeredAt(state, 'cloudwatch'));
	});
});

test('a source is awaited, not off, until it is known where it is asked', () => {
	const awaited = {isOff: false, isFirstFetch: true};
	expect(healthOf(stateOf(), 'cloudwatch')).toMatchObject(awaited);
	const asking = status(undefined, {name: 'identity', phase: 'fetching'});
	expect(healthOf(stateWith(asking), 'cloudwatch')).toMatchObject(awaited);
});

describe('what a source said last', () => {
	const old = noon - 90_000;
	const waiting = {phase: 'waiting', lastSuccessAt: old, nextAt: noon - 90_001} as const;

	test.each<[string, Partial<SourceStatus>, boolean]>([
		['is old when its next question is overdue', waiting, true],
		['is not while that is less than 90 seconds late', {...waiting, nextAt: noon - 90_000}, false],
		['is old when it fails', {lastSuccessAt: old, problem}, true],
		['is not when it failed less than 90 seconds after', {lastSuccessAt: old + 1, problem}, false],
		['is not while it is being asked', {...waiting, phase: 'fetching'}, false],
		['is not when nobody knows when it asks again', {phase: 'waiting', lastSuccessAt: old}, false],
		['is none where it never said anything', {problem, nextAt: 0}, false],
	])('%s', (_, changes, expected) => {
		expect(isStale(stateWith(status(east, changes)), 'cloudwatch', noon)).toBe(expected);
	});

	test('is old where one region is', () => {
		expect(isStale(stateWith(status(west), status(east, waiting)), 'cloudwatch', noon)).toBe(true);
		expect(isStale(stateWith(status(east, waiting)), 'cloudtrail', noon)).toBe(false);
	});
});

test.each<[string, readonly SourceStatus[], boolean]>([
	['nobody asked', [], false],
	['it has not answered yet', [status(east, {phase: 'fetching'})], false],
	['it has answered', [status(east, {lastSuccessAt: 5})], true],
	['it has failed', [status(east), status(west, {problem})], true],
])('whether a source has spoken: %s', (_, statuses, expected) => {
	expect(hasSpoken(stateWith(...statuses), 'cloudwatch')).toBe(expected);
});

import {useState} from 'react';
import {expect, test} from 'vitest';
import {countCalls} from '../../../source/domain/calls/callers.ts';
import {useSource} from '../../../source/hooks/use-source.ts';
import {cloudtrail} from '../../../source/sources/cloudtrail/source.ts';
import type {State} from '../../../source/state/state.ts';
import {createKit, probe} from '../../support/probe.tsx';

const describe = (state: State): string => {
	const {ok, refused} = countCalls(state.log, 0, undefined);
	const status = state.sources.get('cloudtrail us-east-1');
	const problem = status?.problem === undefined ? 'no problem' : `${status.problem.kind}: ${status.problem.fix ?? ''}`;
	return `${ok} ok ${refused} refused, ${problem}`;
};

const mount = (cassette: string) => {
	const kit = createKit(cassette);
	const mounted = () => {
		const [watched] = useState(() => kit.watch(cloudtrail, 'us-east-1'));
		useSource(watched);
	};
	return {kit, ...probe(kit, mounted, describe)};
};

test('the first answer comes page by page; the second brings a new and a late record and nothing twice', async () => {
	const {kit, shows, frames, unmount} = mount('trail');
	await shows('2 ok 1 refused');
	expect(kit.store.getState().log.calls.find(({requestId}) => requestId === 'request-2')).toMatchObject({
		ranIn: 'us-west-2',
		tokens: {input: 12, output: 345},
	});
	await kit.clock.advance(60_000);
	await shows('4 ok 1 refused');
	expect(kit.store.getState().log.calls.map(({requestId}) => requestId)).toEqual([
		'request-5',
		'request-1',
		'request-2',
		'request-4',
		'request-6',
	]);
	expect(frames().at(0)).toContain('0 ok 0 refused');
	unmount();
});

test('throttled: says so, asks again more slowly, and heals', async () => {
	const {kit, shows, unmount} = mount('trail-throttled');
	await shows('0 ok 0 refused, throttled');
	await kit.clock.advance(60_000);
	await shows(/4 ok 1 refused, no problem/);
	unmount();
});

test('expired credentials: says what to run, keeps asking, and heals without a restart', async () => {
	const {kit, shows, unmount} = mount('trail-expired');
	await shows('credentials: aws sso login');
	await kit.clock.advance(120_000);
	await shows(/4 ok 1 refused, no problem/);
	unmount();
});

test('denied: names the permission, and asks seldom', async () => {
	const {kit, shows, unmount} = mount('trail-denied');
	await shows('denied: allow cloudtrail:LookupEvents');
	await kit.clock.advance(60_000);
	expect(kit.store.getState().sources.get('cloudtrail us-east-1')?.failures).toBe(1);
	await kit.clock.advance(60_000);
	await expect.poll(() => kit.store.getState().sources.get('cloudtrail us-east-1')?.failures).toBe(2);
	unmount();
});

test('the refresh key asks at once', async () => {
	const {kit, shows, unmount} = mount('trail');
	await shows('2 ok 1 refused');
	kit.refresh();
	await shows('4 ok 1 refused');
	unmount();
});

test('unmounting stops every timer', async () => {
	const {kit, shows, unmount} = mount('trail');
	await shows('2 ok 1 refused');
	expect(kit.clock.pending()).toBeGreaterThan(0);
	unmount();
	expect(kit.clock.pending()).toBe(0);
});

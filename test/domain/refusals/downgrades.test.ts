import {expect, test} from 'vitest';
import {downgradesSince} from '../../../source/domain/refusals/downgrades.ts';
import type {LocalFailure} from '../../../source/domain/replies/failure.ts';

const step = (at: number, from: string, to: string, sessionId = 's1'): LocalFailure => ({
	...{id: `${sessionId}-${at}`, at, sessionId, message: `${from} → ${to}`},
	fallback: {from, to},
});

test('steps down one ladder are one downgrade, from what was wanted to what answers now', () => {
	expect(downgradesSince([step(2, 'opus', 'sonnet'), step(3, 'sonnet', 'haiku')], 0)).toEqual([
		{sessionId: 's1', from: 'opus', to: 'haiku', at: 3},
	]);
});

test('the order in which they were read does not matter', () => {
	const steps = [step(2, 'opus', 'sonnet'), step(3, 'sonnet', 'haiku')];
	expect(downgradesSince(steps.toReversed(), 0)).toEqual(downgradesSince(steps, 0));
});

test('a step that begins elsewhere begins a new downgrade, which is the one that counts', () => {
	expect(downgradesSince([step(2, 'opus', 'sonnet'), step(3, 'fable', 'opus')], 0)).toMatchObject([
		{from: 'fable', to: 'opus', at: 3},
	]);
});

test('each session has its own, the newest first', () => {
	const found = downgradesSince([step(2, 'opus', 'sonnet'), step(3, 'fable', 'opus', 's2')], 0);
	expect(found.map(({sessionId}) => sessionId)).toEqual(['s2', 's1']);
});

test('only steps within the window count, and its start belongs to it', () => {
	const steps = [step(2, 'opus', 'sonnet'), step(3, 'sonnet', 'haiku')];
	expect(downgradesSince(steps, 3)).toMatchObject([{from: 'sonnet', to: 'haiku'}]);
	expect(downgradesSince(steps, 4)).toEqual([]);
});

test('a failure without another model is none', () => {
	expect(downgradesSince([{id: 'f', at: 1, sessionId: 's', message: 'no'}], 0)).toEqual([]);
});

import fc from 'fast-check';
import {expect, test} from 'vitest';
import {createPace} from '../../source/polling/pace.ts';
import {createFakeClock} from '../support/fake-clock.ts';

const urgentMs = 50;
const everyMs = 250;

const open = () => {
	const clock = createFakeClock(0);
	const told: number[] = [];
	const tell = createPace(clock, {urgentMs, everyMs})(() => told.push(clock.now()));
	return {clock, told, tell};
};

test.each([
	['the first is told at once', [[0, 'soon']], [0]],
	[
		'what comes soon after waits for the end of the pause, many as one',
		[
			[0, 'soon'],
			[10, 'soon'],
			[90, 'soon'],
		],
		[0, 250],
	],
	[
		'what is urgent comes before what waits, and takes it along',
		[
			[0, 'soon'],
			[10, 'soon'],
			[60, 'now'],
		],
		[0, 60],
	],
	[
		'what is urgent waits a little where much of it comes',
		[
			[0, 'now'],
			[10, 'now'],
			[20, 'now'],
		],
		[0, 50],
	],
	[
		'what is not urgent waits longer behind what was',
		[
			[0, 'now'],
			[10, 'soon'],
		],
		[0, 250],
	],
	[
		'after a pause it is told at once again',
		[
			[0, 'soon'],
			[250, 'soon'],
			[301, 'now'],
		],
		[0, 250, 301],
	],
] as const)('%s', async (_, calls, expected) => {
	const {clock, told, tell} = open();
	for (const [at, urgency] of calls) {
		await clock.advance(at - clock.now());
		tell(urgency);
	}
	await clock.advance(1000);
	expect(told).toEqual(expected);
	expect(clock.pending()).toBe(0);
});

test('a clock that was set back puts nothing off', async () => {
	const {clock, told, tell} = open();
	await clock.advance(3_600_000);
	tell('soon');
	clock.jump(0);
	tell('soon');
	expect(told).toEqual([3_600_000, 0]);
});

test('whatever comes is told in time, and never faster than its pace', async () => {
	const call = fc.record({waitMs: fc.integer({min: 0, max: 400}), urgency: fc.constantFrom('now', 'soon')});
	await fc.assert(
		fc.asyncProperty(fc.array(call, {maxLength: 20}), async calls => {
			const {clock, told, tell} = open();
			const due: number[] = [];
			for (const {waitMs, urgency} of calls) {
				await clock.advance(waitMs);
				tell(urgency);
				due.push(clock.now() + (urgency === 'now' ? urgentMs : everyMs));
			}
			const last = clock.now();
			await clock.advance(1000);
			for (const [index, latest] of due.entries()) {
				const from = latest - (calls[index]?.urgency === 'now' ? urgentMs : everyMs);
				expect(told.some(at => at >= from && at <= latest)).toBe(true);
			}
			for (const [index, at] of told.entries()) {
				if (index > 0) expect(at - (told[index - 1] ?? 0)).toBeGreaterThanOrEqual(urgentMs);
			}
			expect(told.every(at => at <= last + everyMs)).toBe(true);
		}),
		{numRuns: 30},
	);
});

import {expect, test} from 'vitest';
import {createPoller, type PollStatus} from '../../source/polling/poller.ts';
import {createFakeClock} from '../support/fake-clock.ts';

type Problem = {readonly kind: string};
type Answer = () => Promise<string>;

const setUp = (answers: readonly Answer[], options: {random?: number} = {}) => {
	const clock = createFakeClock(0);
	const results: string[] = [];
	const statuses: PollStatus<Problem>[] = [];
	const signals: AbortSignal[] = [];
	let asked = 0;
	const poller = createPoller<string, Problem>({
		async fetch(signal) {
			signals.push(signal);
			const answer = answers[Math.min(asked++, answers.length - 1)] as Answer;
			return answer();
		},
		explain: error => ({kind: (error as Error).message}),
		onResult: result => results.push(result),
		onStatus: status => statuses.push(status),
		everyMs: () => 1000,
		maxDelayMs: 60_000,
		clock,
		random: () => options.random ?? 1,
	});
	return {clock, poller, results, statuses, signals, asked: () => asked};
};

const yes = (text: string) => async () => text;
const no = (kind: string) => async () => {
	throw new Error(kind);
};
const never: Answer = () => new Promise(() => {});

test('asks at once and again so long after the answer, not after the question', async () => {
	let answer = (_: string) => {};
	const slow: Answer = () => new Promise(resolve => (answer = resolve));
	const {clock, poller, results, asked} = setUp([slow, yes('b')]);
	poller.start();
	await clock.advance(5000);
	expect(asked()).toBe(1);
	answer('a');
	await clock.advance(999);
	expect(results).toEqual(['a']);
	expect(asked()).toBe(1);
	await clock.advance(1);
	expect(results).toEqual(['a', 'b']);
});

test('a failure keeps the time of the last success and backs off to a cap, healing by itself', async () => {
	const {clock, poller, statuses, results} = setUp([yes('a'), no('network'), no('network'), no('network'), yes('b')]);
	poller.start();
	await clock.advance(1000);
	expect(statuses.at(-1)).toMatchObject({failures: 1, lastSuccessAt: 0, problem: {kind: 'network'}, nextAt: 2000});
	await clock.advance(1000);
	expect(statuses.at(-1)).toMatchObject({failures: 2, nextAt: 4000});
	await clock.advance(2000);
	expect(statuses.at(-1)).toMatchObject({failures: 3, nextAt: 8000});
	await clock.advance(4000);
	expect(statuses.at(-1)).toMatchObject({failures: 0, problem: undefined, lastSuccessAt: 8000});
	expect(results).toEqual(['a', 'b']);
});

test.each(['credentials', 'denied'])('what only a person can mend (%s) is asked again at the cap', async kind => {
	const {clock, poller, statuses} = setUp([no(kind), yes('a')]);
	poller.start();
	await clock.advance(0);
	expect(statuses.at(-1)?.nextAt).toBe(60_000);
	await clock.advance(60_000);
	expect(statuses.at(-1)).toMatchObject({failures: 0, problem: undefined});
});

test('jitter takes away at most half of the delay', async () => {
	const {clock, poller, statuses} = setUp([no('network')], {random: 0});
	poller.start();
	await clock.advance(0);
	expect(statuses.at(-1)?.nextAt).toBe(500);
});

test('stop aborts the question, drops its late answer and leaves no timer behind', async () => {
	let answer = (_: string) => {};
	const {clock, poller, results, signals} = setUp([() => new Promise(resolve => (answer = resolve))]);
	poller.start();
	await clock.advance(0);
	poller.stop();
	expect(signals[0]?.aborted).toBe(true);
	answer('late');
	await clock.advance(100_000);
	expect(results).toEqual([]);
	expect(clock.pending()).toBe(0);
});

test('refresh asks now; during a question it asks once more right after, however often it is pressed', async () => {
	let answer = (_: string) => {};
	const {clock, poller, results, asked} = setUp([yes('a'), () => new Promise(resolve => (answer = resolve)), yes('c')]);
	poller.start();
	await clock.advance(0);
	poller.refresh();
	poller.refresh();
	poller.refresh();
	await clock.advance(0);
	expect(asked()).toBe(2);
	answer('b');
	await clock.advance(0);
	expect(results).toEqual(['a', 'b', 'c']);
	await clock.advance(999);
	expect(asked()).toBe(3);
});

test('a stopped poller can be started again', async () => {
	const {clock, poller, results} = setUp([never, yes('b')]);
	poller.start();
	await clock.advance(0);
	poller.stop();
	poller.start();
	await clock.advance(0);
	expect(results).toEqual(['b']);
});

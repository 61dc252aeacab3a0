import {expect, test} from 'vitest';
import type {Usage} from '../../source/domain/money/usage.ts';
import type {CostState} from '../../source/domain/replies/cost-state.ts';
import {spendOf} from '../../source/domain/spend/spend.ts';
import type {Action} from '../../source/state/action.ts';
import {actionsOf} from '../../source/state/snapshot.ts';
import {reduce, type State} from '../../source/state/state.ts';
import {globalOpus, minuteMs, noon, reply, stateOf, usageOf} from '../support/builders.ts';

type Told = Omit<Extract<Action, {type: 'transcripts'}>, 'type' | 'failures'>;

const at = (minutes: number) => noon + minutes * minuteMs;
const line = (id: string, minutes: number, sessionId = 's1', more = {}) =>
	reply(id, {at: at(minutes), sessionId, usage: {input: 1000}, ...more});
const cost = (input: number, minutes: number, sessionId = 's1', id = globalOpus): CostState => ({
	...{sessionId, at: at(minutes)},
	usage: new Map<string, Usage>([[id, usageOf({input})]]),
});
const compaction = (minutes: number, sessionId = 's1') => ({sessionId, at: at(minutes)});

const after = (told: Told, state: State = stateOf()): State =>
	reduce(state, {type: 'transcripts', failures: [], ...told});

/** Of input tokens, at $4 per million: 4 µ$ each. */
const tokensOf = (state: State, since = 0) => {
	const {calls, amount, unlogged, unloggedTokens, lowerBound} = spendOf(state.ledger, since).local;
	expect([amount % 4_000_000n, unlogged]).toEqual([0n, BigInt(unloggedTokens) * 4_000_000n]);
	return {calls, tokens: Number(amount / 4_000_000n), unlogged: unloggedTokens, lowerBound};
};

const compacted: Told = {turns: [line('a', 0), line('b', 5)], compactions: [compaction(2)], costs: [cost(3500, 6)]};
/** A fork of it holds the same lines, compacts once more and answers once more. */
const fork: Told = {
	turns: [line('a', 0, 's2'), line('b', 5, 's2'), line('c', 8, 's2')],
	compactions: [compaction(2, 's2'), compaction(7, 's2')],
	costs: [cost(5200, 9, 's2')],
};

test.each<[string, Told, object]>([
	['what cost-state has more than the lines', compacted, {calls: 2, tokens: 3500, unlogged: 1500, lowerBound: false}],
	['nothing where it has the same', {turns: [line('a', 0)], costs: [cost(1000, 1)]}, {tokens: 1000, unlogged: 0}],
	['nor where it has less', {turns: [line('a', 0)], costs: [cost(10, 1)]}, {tokens: 1000, unlogged: 0}],
	[
		'a compaction that no cost-state covers makes a lower bound',
		{turns: [line('a', 0)], compactions: [compaction(3)], costs: [cost(1000, 1)]},
		{tokens: 1000, unlogged: 0, lowerBound: true},
	],
	[
		'lines after it have nothing to do with it',
		{...compacted, turns: [...compacted.turns, line('c', 9)]},
		{calls: 3, tokens: 4500, unlogged: 1500},
	],
	[
		'a resumed session carries it on',
		{...compacted, turns: [...compacted.turns, line('c', 9)], costs: [...(compacted.costs ?? []), cost(4700, 10)]},
		{calls: 3, tokens: 4700, unlogged: 1700},
	],
	[
		'one that begins anew counts from nothing',
		{...compacted, turns: [...compacted.turns, line('c', 9)], costs: [...(compacted.costs ?? []), cost(1100, 10)]},
		{calls: 3, tokens: 4600, unlogged: 1600},
	],
	[
		"lines that do not name what was called are the model's",
		{turns: [line('a', 0, 's1', {requestedModel: undefined})], costs: [cost(1500, 1)]},
		{calls: 1, unlogged: 500},
	],
	[
		"Anthropic's are not Bedrock's",
		{
			turns: [line('a', 0, 's1', {provider: 'first-party', requestedModel: 'claude-opus-5-5'})],
			costs: [cost(2000, 1, 's1', 'claude-opus-5-5')],
		},
		{calls: 0, tokens: 0, unlogged: 0},
	],
])('%s', (_, told, expected) => {
	const {turns, ...rest} = told;
	const inParts = turns.reduceRight((state, turn) => after({turns: [turn]}, state), after({turns: [], ...rest}));
	const ways = [after(told), inParts, after(told, after(told))];
	for (const state of ways) {
		const found = tokensOf(state);
		const {tokens: _tokens, ...counts} = found;
		expect('tokens' in expected ? found : counts).toMatchObject(expected);
	}
});

test('a fork is counted once, whichever is read first', () => {
	const right = {calls: 3, tokens: 5200, unlogged: 2200, lowerBound: false};
	expect(tokensOf(after(fork, after(compacted)))).toEqual(right);
	expect(tokensOf(after(compacted, after(fork)))).toEqual(right);
});

test('a fork whose parent is not told of yet has all of it', () => {
	expect(tokensOf(after({...fork, turns: [line('a', 0), ...fork.turns]}))).toMatchObject({tokens: 5200});
});

test('the time of the money is that of the compaction', () => {
	expect(tokensOf(after(compacted), at(1)).unlogged).toBe(1500);
	expect(tokensOf(after(compacted), at(3)).unlogged).toBe(0);
});

test('a session that began before the history has an unknown part: nothing is made up', () => {
	const state = stateOf({historySince: at(1), spendSince: at(1)});
	expect(tokensOf(after(compacted, state))).toMatchObject({calls: 1, unlogged: 0});
});

test('a recording that begins later says the same', () => {
	const state = after(fork, after(compacted));
	expect(tokensOf(actionsOf(state).reduce(reduce, stateOf()))).toEqual(tokensOf(state));
});

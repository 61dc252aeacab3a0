import fc from 'fast-check';
import {expect, test} from 'vitest';
import {type AgentEvidence, agentsOfSession, agentsSince} from '../../../source/domain/agents/agents.ts';
import {addAmounts, noAmount} from '../../../source/domain/money/amount.ts';
import {agentKey} from '../../../source/domain/replies/agent.ts';
import type {Turn} from '../../../source/domain/replies/turn.ts';
import {sessionSpend} from '../../../source/domain/spend/session-spend.ts';
import {ledgerOf, minuteMs, noon, reply} from '../../support/builders.ts';

const evidence: AgentEvidence = {now: noon + minuteMs, ends: new Map(), isSessionRunning: () => true};
const million = {input: 1_000_000};

const ofAgent = (id: string, agentId: string, changes: Parameters<typeof reply>[1] = {}): Turn =>
	reply(id, {sidechain: true, agentId, usage: million, ...changes});

test('an agent is what its own replies say: type, model, money, first and last', () => {
	const ledger = ledgerOf(
		reply('main', {usage: million}),
		ofAgent('a1', 'a', {at: noon - 5 * minuteMs, agentType: 'Explore'}),
		ofAgent('a2', 'a', {requestedModel: 'us.anthropic.claude-haiku-4-5-20251001-v1:0', model: 'claude-haiku-4-5'}),
		ofAgent('b1', 'b', {at: noon - minuteMs}),
	);
	expect(agentsOfSession(ledger, 's1', 0, evidence)).toMatchObject([
		{
			...{agentId: 'a', type: 'Explore', model: 'anthropic.claude-haiku-4-5-20251001-v1:0', state: 'running'},
			...{startedAt: noon - 5 * minuteMs, lastAt: noon},
			// $4 for a million tokens of the global Opus 5.5, $1.10 at a geo profile of Haiku 4.5.
			spend: {bedrock: {calls: 2, amount: 5_100_000_000_000n}},
		},
		{agentId: 'b', type: undefined, model: 'anthropic.claude-opus-5-5', spend: {bedrock: {calls: 1}}},
	]);
});

test('one id in two sessions is two agents: ids of old clients have seven digits', () => {
	const ledger = ledgerOf(ofAgent('1', 'a1b2c3d'), ofAgent('2', 'a1b2c3d', {sessionId: 's2'}));
	expect(agentsSince(ledger, 0, evidence).map(({sessionId}) => sessionId)).toEqual(['s1', 's2']);
});

test('what is said of an end holds until the agent replies again', () => {
	const ledger = ledgerOf(ofAgent('1', 'a', {endsAgent: true}), ofAgent('2', 'b'), ofAgent('3', 'c'));
	const end = (agentId: string, at: number) => [agentKey('s1', agentId), {sessionId: 's1', agentId, at}] as const;
	const ends = new Map([end('b', noon + 1), end('c', noon - 1)]);
	const states = (of = ledger) => agentsOfSession(of, 's1', 0, {...evidence, ends}).map(({state}) => state);
	expect(states()).toEqual(['ended', 'ended', 'running']);
	const resumed = ledgerOf(ofAgent('1', 'a', {endsAgent: true}), ofAgent('4', 'a', {at: noon + 10}));
	expect(states(resumed)).toEqual(['running']);
});

test('an agent that began before the window keeps its beginning, and costs what it did within', () => {
	const ledger = ledgerOf(ofAgent('1', 'a', {at: noon - 90 * minuteMs}), ofAgent('2', 'a'));
	expect(agentsSince(ledger, noon - minuteMs, evidence)).toMatchObject([
		{startedAt: noon - 90 * minuteMs, spend: {bedrock: {calls: 1}}},
	]);
});

const turns = fc.uniqueArray(
	fc.record({
		id: fc.integer({min: 0, max: 40}),
		session: fc.constantFrom('s1', 's2'),
		agentId: fc.option(fc.constantFrom('a', 'b', 'c'), {nil: undefined}),
		agentType: fc.option(fc.constantFrom('Explore', 'Plan'), {nil: undefined}),
		minute: fc.integer({min: 0, max: 5}),
		input: fc.integer({min: 0, max: 100_000}),
		provider: fc.constantFrom('bedrock', 'first-party', 'unknown'),
		endsAgent: fc.constantFrom(true, undefined),
	}),
	{selector: ({id}) => id, maxLength: 30},
);

test('whatever the order of arrival, agents are the same, and no part of them is counted that their session lacks', () => {
	fc.assert(
		fc.property(turns, fc.integer(), (some, seed) => {
			const all = some.map(({id, session, minute, input, provider, ...agent}) =>
				reply(`m${id}`, {
					...{sessionId: session, at: noon - minute * minuteMs, usage: {input}, provider: provider as Turn['provider']},
					...(agent.agentId === undefined ? {} : {...agent, sidechain: true}),
				}),
			);
			const shuffled = all.toSorted((a, b) => ((a.id.length * 31 + seed) % 7) - ((b.id.length * 17 + seed) % 5));
			const ledger = ledgerOf(...all);
			const agents = agentsSince(ledger, 0, evidence);
			expect(agentsSince(ledgerOf(...shuffled.toReversed()), 0, evidence)).toEqual(agents);
			for (const sessionId of ['s1', 's2']) {
				const own = agentsOfSession(ledger, sessionId, 0, evidence);
				expect(own).toEqual(agents.filter(agent => agent.sessionId === sessionId));
				const sum = own.map(({spend}) => spend.bedrock).reduce(addAmounts, noAmount);
				const main = ledgerOf(...all.filter(turn => turn.agentId === undefined));
				const rest = sessionSpend(main, sessionId, 0).bedrock;
				expect(sum.amount + rest.amount).toBe(sessionSpend(ledger, sessionId, 0).bedrock.amount);
				expect(sum.calls + rest.calls).toBe(sessionSpend(ledger, sessionId, 0).bedrock.calls);
			}
		}),
	);
});

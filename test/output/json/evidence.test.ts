import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {Configuration} from '../../../source/domain/routing/configuration.ts';
import {overview} from '../../../source/state/overview.ts';
import {type Action, reduce, type State} from '../../../source/state/state.ts';
import {call, globalOpus, noon, reply, stateOf} from '../../support/builders.ts';
import {order, smallWorld} from '../../support/small-world.ts';

const configured = (regionPrefix: string): Action => {
	const base: Configuration = {
		...{provider: 'bedrock', providerFrom: {kind: 'no-switch'}, region: 'us-east-1'},
		...{regionFrom: {kind: 'claude-code-default'}, regionPrefix, findings: []},
	};
	return {type: 'configuration', base, byFolder: new Map([['/home/dev/shop', base]])};
};

/** What was really called, and what tells of it; settings are only settings, and may be those of another day. */
const truths = fc.record({
	called: fc.constantFrom(globalOpus, 'us.anthropic.claude-opus-5-5'),
	prefixes: fc.uniqueArray(fc.constantFrom('us', 'eu', 'global'), {maxLength: 2}),
	hasWord: fc.boolean(),
	hasCall: fc.boolean(),
	output: fc.nat({max: 5000}),
	order: order(4),
});

test('evidence narrows what a reply cost, and never leads outside of what was said before', () => {
	fc.assert(
		fc.property(truths, ({called, prefixes, hasWord, hasCall, output, order}) => {
			const line = reply('msg_bdrk_1', {requestId: 'r', requestedModel: undefined, usage: {output}});
			const evidence: readonly Action[] = [
				...prefixes.map(configured),
				...(hasWord
					? [
							{
								...{type: 'transcripts' as const, turns: [], failures: []},
								models: [{sessionId: 's1', model: called, at: noon - 1000}],
							},
						]
					: []),
				...(hasCall
					? [
							{
								type: 'trail' as const,
								records: [{kind: 'call' as const, call: call('e', {requestId: 'r', profile: called})}],
							},
						]
					: []),
			];
			let state: State = reduce(stateOf(), {type: 'transcripts', turns: [line], failures: []});
			let before = overview(state, noon).spend.local;
			for (const action of order.map(index => evidence[index]).filter(one => one !== undefined)) {
				state = reduce(state, action);
				const {low, high, amount, unpricedCalls} = overview(state, noon).spend.local;
				expect([unpricedCalls, low >= before.low, high <= before.high, low <= amount, amount <= high]).toEqual([
					...[before.unpricedCalls, true, true, true, true],
				]);
				before = overview(state, noon).spend.local;
			}
			// The session's own word and CloudTrail's leave nothing open.
			if (hasWord || hasCall) expect(before.low).toBe(before.high);
		}),
		{numRuns: 300},
	);
});

test('a sum never falls when more is read, and what it is at least never does', () => {
	fc.assert(
		fc.property(smallWorld, actions => {
			const isRead = ({type}: Action) => type === 'transcripts' || type === 'metrics';
			// Settings and profiles first: what they change is a price, not how much was read.
			let state = actions.filter(action => !isRead(action)).reduce(reduce, stateOf());
			let [calls, low] = [0, 0n];
			for (const action of actions.filter(one => one.type === 'transcripts' && one.turns.length > 0)) {
				state = reduce(state, action);
				const {local} = overview(state, noon).spend;
				expect([local.calls >= calls, local.low >= low]).toEqual([true, true]);
				[calls, low] = [local.calls, local.low];
			}
		}),
		{numRuns: 200},
	);
});

import {expect, test} from 'vitest';
import {type FanOutLimits, fanOuts} from '../../../source/domain/agents/fan-out.ts';
import {noProofs, prove} from '../../../source/domain/routing/proof.ts';
import {check} from '../../../source/output/check.ts';
import {alarmLines} from '../../../source/screen/panes/trouble.ts';
import {plainText} from '../../../source/screen/text/line.ts';
import {alarmsOf} from '../../../source/state/alarms.ts';
import {overview} from '../../../source/state/overview.ts';
import {ledgerOf, minuteMs, noon, reply, stateOf} from '../../support/builders.ts';

const dollar = 1_000_000_000_000n;
const limitsOf = (agents: number, spend: bigint, isChosen = false): FanOutLimits => ({
	agents: {most: agents, isChosen},
	spend: {most: spend, isChosen},
});

/** So many agents, each with a reply of a million prompt tokens at $4. */
const agents = (count: number, at = noon, changes: Parameters<typeof reply>[1] = {}) =>
	Array.from({length: count}, (_, n) =>
		reply(`m${at}-${n}`, {...{at, sidechain: true, agentId: `a${n}`, usage: {input: 1_000_000}}, ...changes}),
	);

const found = (turns: ReturnType<typeof agents>, limits: FanOutLimits | undefined) =>
	fanOuts({
		...{ledger: ledgerOf(...turns), proofs: prove(noProofs, turns), limits},
		evidence: {now: noon + 1000, ends: new Map(), isSessionRunning: () => true},
	});

test.each([
	['as many as allowed', agents(10), limitsOf(10, 0n), 0],
	['one more', agents(11), limitsOf(10, 0n), 1],
	['many, where nobody wants to know', agents(50), limitsOf(0, 0n), 0],
	['many, of a recording without limits', agents(50), undefined, 0],
	['many that have ended', agents(50, noon, {endsAgent: true}), limitsOf(10, 0n), 0],
	['as dear as allowed', agents(1), limitsOf(0, 4n * dollar), 0],
	['dearer', agents(2), limitsOf(0, 4n * dollar), 1],
	['as dear, but ten minutes ago', agents(2, noon - 10 * minuteMs), limitsOf(0, 4n * dollar), 0],
	['ended, but dear', agents(2, noon, {endsAgent: true}), limitsOf(10, 4n * dollar), 1],
	['the main conversation is dear', agents(2, noon, {agentId: undefined}), limitsOf(10, 4n * dollar), 0],
	['two sessions share them', [...agents(6), ...agents(6, noon - 1, {sessionId: 's2'})], limitsOf(10, 0n), 0],
])('%s', (_, turns, limits, count) => expect(found(turns, limits)).toHaveLength(count));

const known = (isChosen: boolean) => {
	const turns = agents(11);
	const sessions = [{pid: 1, sessionId: 's1', cwd: '/home/dev/shop', running: true}];
	const proofs = prove(noProofs, turns);
	const fanOut = limitsOf(10, 5n * dollar, isChosen);
	const sources = new Map([
		['transcripts', {name: 'transcripts', phase: 'idle', failures: 0, lastSuccessAt: noon} as const],
	]);
	return overview(stateOf({ledger: ledgerOf(...turns), proofs, sessions, fanOut, sources}), noon + 1000);
};

test('it is a line on the screen and rings once for each session', () => {
	expect(alarmLines(known(false)).map(plainText)).toEqual([
		'▲ 11 agents run at once, $44.00 in 10m shop → stop them in that session; CLAUDE_CODE_MAX_CONCURRENT_SUBAGENTS caps how many',
	]);
	expect([...alarmsOf(known(false))]).toEqual(['fan-out s1']);
});

test('a check fails by a limit of one’s own, and only speaks of the usual one', () => {
	const sentence = /^agents: 11 agents run at once, \$44\.00 in 10m, \/home\/dev\/shop → stop them/;
	expect(check(known(true))).toEqual({code: 1, sentences: [expect.stringMatching(sentence)]});
	expect(check(known(false))).toEqual({code: 0, sentences: [expect.stringMatching(sentence)]});
});

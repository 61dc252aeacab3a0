import {expect, test} from 'vitest';
import {noProofs, prove} from '../../../source/domain/routing/proof.ts';
import {agentLines} from '../../../source/screen/cards/agents.ts';
import {plainText} from '../../../source/screen/text/line.ts';
import {overview} from '../../../source/state/overview.ts';
import {ledgerOf, minuteMs, noon, reply, stateOf} from '../../support/builders.ts';

const agent = (id: string, changes: Parameters<typeof reply>[1] = {}) =>
	reply(id, {sidechain: true, agentId: id, usage: {input: 1_000_000}, ...changes});

const linesOf = (turns: ReturnType<typeof agent>[], width: number) => {
	const sessions = [{pid: 1, sessionId: 's1', cwd: '/home/dev/shop', running: true}];
	const {costOf, now} = overview(stateOf({ledger: ledgerOf(...turns), proofs: prove(noProofs, turns), sessions}), noon);
	return agentLines(costOf('s1'), now, width).map(plainText);
};

test('a session’s agents: those that run, those of which nobody knows, then the dearest', () => {
	const turns = [
		agent('done', {endsAgent: true, agentType: 'Explore'}),
		agent('dear', {endsAgent: true, agentType: 'Plan', usage: {input: 2_000_000}}),
		agent('quiet', {at: noon - 20 * minuteMs}),
		agent('busy', {agentType: '\u001b[31mmine', at: noon - minuteMs}),
	];
	const lines = linesOf(turns, 80);
	expect(lines.slice(-5)).toEqual([
		'Agents: 1 running of 4, $20.00 of the cost',
		expect.stringMatching(/^▶ \S+mine +opus-5\.5 \$4\.00 1 call {2}1m busy/),
		'? type?     opus-5.5 $4.00 1 call 20m quiet',
		'· Plan      opus-5.5 $8.00 1 call now dear ',
		'· Explore   opus-5.5 $4.00 1 call now done ',
	]);
	expect(lines.join('')).not.toContain('\u001b');
});

test('of hundreds the first twenty, and how many more', () => {
	const lines = linesOf(
		Array.from({length: 180}, (_, n) => agent(`a${n}`)),
		80,
	);
	expect(lines).toHaveLength(2 + 20 + 1);
	expect(lines.at(-1)).toBe('and 160 more agents');
});

test('a session without agents has no such part', () => expect(linesOf([reply('a')], 80)).toEqual([]));

import {describe, expect, test} from 'vitest';
import type {Configuration} from '../../../source/domain/routing/configuration.ts';
import {noProofs, prove} from '../../../source/domain/routing/proof.ts';
import {openFilter} from '../../../source/screen/input/filter.ts';
import {routingPane, verdictLine} from '../../../source/screen/panes/routing.ts';
import {plainText} from '../../../source/screen/text/line.ts';
import {overview} from '../../../source/state/overview.ts';
import type {State} from '../../../source/state/state.ts';
import {ledgerOf, minuteMs, noon, reply, stateOf} from '../../support/builders.ts';

const configuration = (provider: Configuration['provider']) =>
	({
		...{provider, providerFrom: {kind: 'no-switch'}, region: 'us-east-1'},
		...{regionFrom: {kind: 'claude-code-default'}, regionPrefix: 'us', findings: []},
	}) as Configuration;
const session = (pid: number, others: object = {}) => ({
	...{pid, sessionId: `s${pid}`, cwd: '/home/dev/shop', version: '2.1.330', running: true},
	...others,
});
const pane = (state: Partial<State>, width = 100) =>
	routingPane({overview: overview(stateOf(state), noon), width, home: '/home/dev', filter: openFilter});
const notices = (state: Partial<State>, width = 100) => pane(state, width).notices.map(plainText);

test.each([
	['bedrock', false, '✓ bedrock', 'good'],
	['bedrock', true, '▲ bedrock?', 'warn'],
	['mixed', true, '▲ mixed', 'warn'],
	['not-bedrock', false, '✗ not bedrock', 'bad'],
	['unproven', false, '? unproven', 'warn'],
] as const)(
	'the verdict %s, in an unproven account: %s, is a shape and words: %s',
	(verdict, isAccountUnproven, words, style) => {
		expect(verdictLine({verdict, isAccountUnproven})).toEqual([[words, style]]);
	},
);

describe('the chain of proof', () => {
	const proofs = prove(noProofs, [reply('a', {sessionId: 's1', at: noon - 2 * minuteMs})]);

	test.each<[string, Partial<State>, string]>([
		['knows nothing at first', {}, '? configured  ? running  ? replied never  ? audited not yet'],
		[
			'says what is configured, runs and has replied',
			{configuration: configuration('bedrock'), sessions: [session(1), session(2)], proofs},
			'✓ configured  ✓ 2 running  ✓ replied 2m  ? audited not yet',
		],
		[
			'says that something else is configured',
			{configuration: configuration('first-party')},
			'✗ configured  ? running  ? replied never  ? audited not yet',
		],
	])('%s', (_, state, words) => expect(notices(state)[0]).toBe(words));

	test('is shorter where there is little room', () => {
		expect(notices({}, 63)[0]).toBe('? set  ? run  ? reply never  ? audit not yet');
		expect(notices({}, 64)[0]).toMatch(/configured/);
	});
});

describe('what contradicts it', () => {
	const proofs = prove(noProofs, [reply('a', {sessionId: 's1', provider: 'first-party'})]);
	const configurations = new Map([['/home/dev/shop', configuration('bedrock')]]);

	test('has a line while the session runs; one that has ended only its row', () => {
		expect(notices({proofs, configurations, sessions: [session(1)]})[1]).toMatch(/^▲ configured for Bedrock/);
		expect(notices({proofs, configurations})).toHaveLength(1);
	});

	test('is said once, however many sessions it concerns', () => {
		const both = prove(proofs, [reply('b', {sessionId: 's2', provider: 'first-party'})]);
		expect(notices({proofs: both, configurations, sessions: [session(1), session(2)]})).toHaveLength(2);
	});
});

test('each session has a row: its shape, folder, what is proven, model, and pid', () => {
	const proofs = prove(noProofs, [
		reply('a', {sessionId: 's1', at: noon - 2 * minuteMs}),
		reply('b', {sessionId: 's2', provider: 'vertex'}),
		reply('c', {sessionId: 's4', provider: 'unknown', cwd: undefined}),
	]);
	const {listing} = pane({proofs, sessions: [session(1), session(2), session(3, {cwd: '/srv'})]}, 140);
	const rows = listing
		.fit(9)
		.draw(0, 9)
		.map(line => plainText(line).trim().replace(/ +/g, ' '));
	expect(rows).toEqual([
		'✓ ~/shop bedrock opus-5.5 1 2m',
		'▲ ~/shop vertex opus-5.5 2 now',
		'? /srv no reply 3 never',
		'? s4 unproven opus-5.5 ended now',
	]);
	expect([0, 3].map(listing.targetOf)).toEqual([
		{kind: 'session', sessionId: 's1'},
		{kind: 'session', sessionId: 's4'},
	]);
});

test('a row says what its session has cost, and its agents while they run', () => {
	const turns = [
		reply('a', {usage: {input: 1_000_000}}),
		...['b', 'c'].map(id => reply(id, {sidechain: true, agentId: id, usage: {input: 1_000_000}})),
		reply('d', {sidechain: true, agentId: 'd', endsAgent: true}),
	];
	const proofs = prove(noProofs, turns);
	const state = {ledger: ledgerOf(...turns), proofs, sessions: [session(1, {sessionId: 's1'})]};
	const row = (width: number) => plainText(pane(state, width).listing.fit(2).draw(0, 2)[0] ?? []).trim();
	expect(row(100)).toBe('✓ ~/shop bedrock opus-5.5 1 2 agents $12.00 now');
	expect(row(32)).toBe('✓ ~/shop 2 agents $12.00 now');
	expect(row(20)).toBe('✓ ~/shop $12.00 now');
});

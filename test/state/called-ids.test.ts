import {expect, test} from 'vitest';
import {noProofs, prove} from '../../source/domain/routing/proof.ts';
import {calledIds} from '../../source/state/called-ids.ts';
import type {State} from '../../source/state/state.ts';
import {call, ledgerOf, logOf, reply, stateOf} from '../support/builders.ts';

const id = (name: string) => `us.anthropic.claude-${name}`;
const configuration = (model: string | undefined) =>
	({
		...{provider: 'bedrock', providerFrom: 'the shell', region: 'us-east-1', regionFrom: 'the shell'},
		...{regionPrefix: 'us', findings: [], model},
	}) as never;
const proofs = (...models: readonly (string | undefined)[]) =>
	prove(
		noProofs,
		models.map((requestedModel, index) => reply(`${index}`, {sessionId: `s${index}`, requestedModel})),
	);
const failure = {id: 'f', at: 0, sessionId: 's1', message: 'denied'};

test.each<[string, Partial<State>, readonly string[]]>([
	['nothing', {}, []],
	[
		'what is pinned, here and in the folders of sessions',
		{configuration: configuration(id('a')), configurations: new Map([['/tmp', configuration(id('b'))]])},
		[id('a'), id('b')],
	],
	['what sessions asked for, once', {proofs: proofs(id('a'), undefined, id('a'))}, [id('a')]],
	['what failed', {failures: [{...failure, model: id('a')}]}, [id('a')]],
	[
		'what a session wanted before it fell back',
		{failures: [{...failure, model: id('b'), fallback: {from: id('a'), to: id('c')}}]},
		[id('a')],
	],
	[
		'what CloudTrail refused to somebody who has no reply of it',
		{
			ledger: ledgerOf(reply('m', {requestId: 'mine'})),
			log: logOf(
				call('1', {outcome: 'AccessDenied', profile: id('a'), requestId: 'other'}),
				call('2', {outcome: 'AccessDenied', profile: id('b'), requestId: 'mine'}),
				call('3', {profile: id('c'), requestId: 'third'}),
			),
		},
		[id('a')],
	],
	[
		'only what can be called by its name',
		{proofs: proofs('claude-opus-5-5', 'anthropic.claude-opus-5-5', 'a1b2c3d4e5f6', 'nonsense', id('a'))},
		[id('a'), 'a1b2c3d4e5f6', 'anthropic.claude-opus-5-5'],
	],
	['at most eight, the latest', {proofs: proofs(...[...'abcdefghi'].map(id))}, [...'ihgfedcb'].map(id)],
])('ids that access is asked for: %s', (_, state, expected) => expect(calledIds(stateOf(state))).toEqual(expected));

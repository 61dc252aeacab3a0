import {describe, expect, test} from 'vitest';
import type {Provider} from '../../../source/domain/replies/turn.ts';
import type {Configuration} from '../../../source/domain/routing/configuration.ts';
import {contradictionOf, sessionFindings} from '../../../source/domain/routing/divergence.ts';
import {noProofs, prove} from '../../../source/domain/routing/proof.ts';
import {noon, reply} from '../../support/builders.ts';

type Session = Parameters<typeof sessionFindings>[0];
const answeredBy = (...providers: readonly Provider[]) =>
	prove(
		noProofs,
		providers.map((provider, index) => reply(`${index}`, {provider, at: noon + index})),
	).get('s1');
const file = (running: boolean) => ({pid: 1, sessionId: 's1', cwd: '/', running});
const session = (others: Partial<Session>): Session => ({
	...{configured: 'bedrock', configuration: undefined, proven: undefined, file: undefined, isAudited: false},
	...others,
});
const configuration = (some: object) => some as Configuration;

describe('settings against the last reply', () => {
	test.each<[string, Partial<Session>, string | undefined]>([
		['nothing has answered', {}, undefined],
		['what answered cannot be told', {proven: answeredBy('unknown')}, undefined],
		['both say Bedrock', {proven: answeredBy('bedrock')}, undefined],
		['Bedrock is meant, Anthropic answered', {proven: answeredBy('first-party')}, 'not-from-bedrock'],
		['Bedrock is meant, Vertex answered', {proven: answeredBy('vertex'), file: file(true)}, 'not-from-bedrock'],
		[
			'Anthropic is meant, Bedrock still answers',
			{configured: 'first-party', proven: answeredBy('bedrock'), file: file(true)},
			'still-from-bedrock',
		],
		['Vertex is meant', {configured: 'vertex', proven: answeredBy('bedrock'), file: file(true)}, 'still-from-bedrock'],
		[
			'Foundry is meant',
			{configured: 'foundry', proven: answeredBy('bedrock'), file: file(true)},
			'still-from-bedrock',
		],
		[
			'the session has ended on Bedrock before',
			{configured: 'first-party', proven: answeredBy('bedrock'), file: file(false)},
			undefined,
		],
		['nobody knows whether it runs', {configured: 'first-party', proven: answeredBy('bedrock')}, undefined],
		[
			'Mantle may answer as Bedrock does',
			{configured: 'mantle', proven: answeredBy('bedrock'), file: file(true)},
			undefined,
		],
		[
			'Anthropic is meant, Vertex answered',
			{configured: 'first-party', proven: answeredBy('vertex'), file: file(true)},
			undefined,
		],
	])('%s', (_, one, kind) => expect(contradictionOf(session(one))?.kind).toBe(kind));

	test('says who answered, and whether a restart helps', () => {
		expect(contradictionOf(session({proven: answeredBy('vertex'), file: file(true)}))).toEqual({
			...{kind: 'not-from-bedrock', provider: 'vertex', isRunning: true},
		});
		expect(contradictionOf(session({proven: answeredBy('vertex')}))).toMatchObject({isRunning: false});
	});
});

describe('what else a person should know of a session', () => {
	test.each<[string, Partial<Session>, readonly object[]]>([
		['nothing', {proven: answeredBy('bedrock')}, []],
		[
			'that another provider answered before',
			{proven: answeredBy('vertex', 'first-party', 'bedrock')},
			[{kind: 'switched', before: 'first-party', until: noon + 1, since: 'bedrock'}],
		],
		['not that an unknown one did', {proven: answeredBy('unknown', 'bedrock')}, []],
		['nor since when an unknown one does', {proven: answeredBy('bedrock', 'unknown')}, []],
		['that Mantle leaves no record', {configured: 'mantle'}, [{kind: 'mantle-unaudited'}]],
		[
			'that it goes through a gateway',
			{configuration: configuration({baseUrl: 'https://gw'}), proven: answeredBy('bedrock')},
			[{kind: 'gateway', baseUrl: 'https://gw'}],
		],
		[
			'not where CloudTrail has its calls',
			{configuration: configuration({baseUrl: 'https://gw'}), isAudited: true},
			[],
		],
		[
			'that a running one writes nothing down',
			{configuration: configuration({noTranscripts: {kind: 'left-out'}}), file: file(true)},
			[{kind: 'no-transcripts', evidence: {kind: 'left-out'}}],
		],
		[
			'not of one that has ended',
			{configuration: configuration({noTranscripts: {kind: 'left-out'}}), file: file(false)},
			[],
		],
		[
			'not of one that has written something',
			{
				configuration: configuration({noTranscripts: {kind: 'left-out'}}),
				file: file(true),
				proven: answeredBy('bedrock'),
			},
			[],
		],
	])('%s', (_, one, findings) => expect(sessionFindings(session(one))).toEqual(findings));

	test('the most pressing first', () => {
		const found = sessionFindings(
			session({proven: answeredBy('bedrock', 'vertex'), configuration: configuration({baseUrl: 'https://gw'})}),
		);
		expect(found.map(({kind}) => kind)).toEqual(['not-from-bedrock', 'switched', 'gateway']);
	});
});

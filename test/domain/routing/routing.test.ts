import {describe, expect, test} from 'vitest';
import type {Call} from '../../../source/domain/calls/call.ts';
import {emptyLog, insert} from '../../../source/domain/calls/event-log.ts';
import {joinCalls} from '../../../source/domain/calls/join.ts';
import {noUsage} from '../../../source/domain/money/usage.ts';
import {downgradesSince} from '../../../source/domain/refusals/downgrades.ts';
import type {LocalFailure} from '../../../source/domain/replies/failure.ts';
import type {Provider, Turn} from '../../../source/domain/replies/turn.ts';
import type {Configuration, ConfiguredProvider} from '../../../source/domain/routing/configuration.ts';
import {noProofs, prove} from '../../../source/domain/routing/proof.ts';
import {judge, routeSessions} from '../../../source/domain/routing/routing.ts';
import type {SessionFile} from '../../../source/domain/routing/session.ts';
import {emptyLedger, post} from '../../../source/domain/spend/ledger.ts';
import {otherProvidersSince} from '../../../source/domain/spend/other-provider.ts';
import {createPosting} from '../../../source/domain/spend/posting.ts';
import {routingFindingWords} from '../../../source/screen/words/routing-finding.ts';
import {linked} from '../../support/builders.ts';
import {listPrices} from '../../support/pricing.ts';

const now = new Date(2026, 10, 23, 12, 0).getTime();
const minute = 60_000;
const alice = 'arn:aws:sts::123456789012:assumed-role/Dev/alice';

const ids: Readonly<Record<Provider, string>> = {
	bedrock: 'msg_bdrk_01',
	'first-party': 'msg_01',
	vertex: 'msg_vrtx_01',
	unknown: 'msg_xyz',
};
let count = 0;
const reply = (provider: Provider, minutesAgo: number, others: Partial<Turn> = {}): Turn => ({
	id: `${ids[provider]}${count++}`,
	at: now - minutesAgo * minute,
	sessionId: 's1',
	cwd: '/home/dev/shop',
	model: 'claude-opus-5-5',
	requestedModel: 'us.anthropic.claude-opus-5-5',
	provider,
	usage: {...noUsage, input: 1000},
	lowerBound: false,
	sidechain: false,
	...others,
});

const file = (others: Partial<SessionFile> = {}): SessionFile => ({
	pid: 1,
	sessionId: 's1',
	cwd: '/home/dev/shop',
	running: true,
	...others,
});

const configuration = (provider: ConfiguredProvider, others: Partial<Configuration> = {}): Configuration => ({
	provider,
	providerFrom: {kind: 'no-switch'},
	region: 'us-east-1',
	regionFrom: {kind: 'claude-code-default'},
	regionPrefix: 'us',
	findings: [],
	...others,
});

const call = (others: Partial<Call> = {}): Call => ({
	eventId: `event-${count++}`,
	at: now - 5 * minute,
	operation: 'InvokeModelWithResponseStream',
	profile: 'us.anthropic.claude-opus-5-5',
	region: 'us-east-1',
	principal: {kind: 'assumed-role', arn: alice},
	bearer: false,
	outcome: 'ok',
	...others,
});

type Given = {
	readonly turns?: readonly Turn[];
	readonly files?: readonly SessionFile[];
	readonly configured?: Configuration;
	readonly calls?: readonly Call[];
};

const routed = ({turns = [], files = [file()], configured, calls = []}: Given) => {
	const ledger = post(
		emptyLedger,
		turns.map(turn => createPosting(turn, listPrices)),
	);
	const records = calls.map(one => ({kind: 'call' as const, call: one}));
	const both = linked(ledger, insert(emptyLog, records, {limit: 100, keepMs: 1e9}));
	const folders = configured === undefined ? [] : files.map(({cwd}) => [cwd, configured] as const);
	const sessions = routeSessions({
		files,
		proofs: prove(noProofs, turns),
		models: new Map(),
		configurations: new Map(folders),
		join: joinCalls(both.ledger, both.log, alice),
		since: now - 600 * minute,
	});
	return {sessions, ...judge(sessions)};
};

const skipHistory = {variable: 'CLAUDE_CODE_SKIP_PROMPT_HISTORY', value: '1', from: 'the shell'};

describe('one session', () => {
	test.each<[string, Given, string, readonly RegExp[]]>([
		['proven', {turns: [reply('bedrock', 1)], configured: configuration('bedrock')}, 'bedrock', []],
		['no reply yet proves nothing', {configured: configuration('bedrock')}, 'unproven', []],
		['an id that tells nothing', {turns: [reply('unknown', 1)], configured: configuration('bedrock')}, 'unproven', []],
		[
			'a switch to Bedrock in mid-session',
			{turns: [reply('first-party', 58), reply('bedrock', 1)], configured: configuration('bedrock')},
			'bedrock',
			[/^switched: Anthropic answered until 11:02, Bedrock since$/],
		],
		[
			'a switch away from Bedrock',
			{turns: [reply('bedrock', 30), reply('first-party', 1)], configured: configuration('first-party')},
			'not-bedrock',
			[/^switched: Bedrock answered until 11:30, Anthropic since$/],
		],
		[
			'settings say Bedrock, the session answers from Anthropic',
			{turns: [reply('first-party', 1)], configured: configuration('bedrock')},
			'not-bedrock',
			[/^configured for Bedrock, last reply came from Anthropic: restart it$/],
		],
		[
			'a removed key that the session keeps',
			{turns: [reply('bedrock', 1)], configured: configuration('first-party')},
			'bedrock',
			[/^not configured for Bedrock any more, last reply still came from Bedrock: restart it/],
		],
		[
			'an ended session is no contradiction to what settings say today',
			{turns: [reply('bedrock', 1)], files: [], configured: configuration('first-party')},
			'bedrock',
			[],
		],
		[
			'transcripts switched off',
			{configured: configuration('bedrock', {noTranscripts: {kind: 'set', ...skipHistory}})},
			'unproven',
			[/^no local evidence: transcripts are switched off \(CLAUDE_CODE_SKIP_PROMPT_HISTORY=1 in the shell\)$/],
		],
		[
			'through a gateway',
			{turns: [reply('bedrock', 1)], configured: configuration('bedrock', {baseUrl: 'https://gateway.example.com'})},
			'bedrock',
			[/^goes through https:\/\/gateway\.example\.com: Bedrock somewhere, your account unproven$/],
		],
		[
			'a gateway whose calls this account has audited is no detour',
			{
				turns: [reply('bedrock', 1, {requestId: 'r1'})],
				calls: [call({requestId: 'r1'})],
				configured: configuration('bedrock', {baseUrl: 'https://vpce.example.com'}),
			},
			'bedrock',
			[],
		],
		[
			'Mantle',
			{turns: [reply('unknown', 1)], configured: configuration('mantle')},
			'unproven',
			[/Mantle leaves no CloudTrail record/],
		],
	])('%s', (_, given, verdict, findings) => {
		const {sessions, verdict: judged} = routed(given);
		expect(judged).toBe(verdict);
		const words = sessions[0]?.findings.map(routingFindingWords);
		expect(words).toHaveLength(findings.length);
		for (const finding of findings) expect(words).toContainEqual(expect.stringMatching(finding));
	});

	test('replies in any order prove the same', () => {
		const turns = [
			reply('first-party', 58),
			reply('bedrock', 30),
			reply('bedrock', 1, {sidechain: true}),
			reply('first-party', 57),
		];
		const straight = prove(noProofs, turns);
		expect(prove(noProofs, [...turns].reverse())).toEqual(straight);
		expect(prove(straight, turns)).toBe(straight);
	});
});

describe('two sessions at once', () => {
	const files = [file(), file({pid: 2, sessionId: 's2', cwd: '/home/dev/docs'})];

	test('on different providers are mixed, each with its own row', () => {
		const turns = [reply('bedrock', 1), reply('first-party', 2, {sessionId: 's2', cwd: '/home/dev/docs'})];
		const {sessions, verdict} = routed({turns, files, configured: configuration('bedrock')});
		expect(verdict).toBe('mixed');
		expect(sessions.map(({sessionId, proven, diverged}) => [sessionId, proven?.provider, diverged])).toEqual([
			['s1', 'bedrock', false],
			['s2', 'first-party', true],
		]);
	});

	test('running ones stand above ended ones, by pid; those by their last reply', () => {
		const turns = ['ended before', 'ended last', 's2'].map((sessionId, index) =>
			reply('bedrock', 9 - index, {sessionId}),
		);
		const {sessions} = routed({turns, files: [...files].reverse()});
		expect(sessions.map(({sessionId}) => sessionId)).toEqual(['s1', 's2', 'ended last', 'ended before']);
	});

	test('those that run decide, whatever ended ones were', () => {
		const turns = [reply('bedrock', 1), reply('first-party', 2, {sessionId: 'ended'})];
		expect(routed({turns}).verdict).toBe('bedrock');
		expect(routed({turns, files: []}).verdict).toBe('mixed');
	});

	test('one that has not replied neither proves nor disproves', () => {
		expect(routed({turns: [reply('bedrock', 1)], files, configured: configuration('bedrock')}).verdict).toBe('bedrock');
	});
});

describe('the audit', () => {
	const by = (given: Given) => {
		const [session] = routed({...given, configured: configuration('bedrock')}).sessions;
		return [session?.auditedBy, session?.proven?.provider, session?.provenBy];
	};

	test('by the request id', () => {
		expect(by({turns: [reply('bedrock', 5, {requestId: 'r'})], calls: [call({requestId: 'r'})]})).toEqual([
			'request-id',
			'bedrock',
			'message-id',
		]);
	});

	test('CloudTrail proves a reply whose id tells nothing', () => {
		expect(by({turns: [reply('unknown', 5, {requestId: 'r'})], calls: [call({requestId: 'r'})]})).toEqual([
			'request-id',
			'bedrock',
			'cloudtrail',
		]);
	});

	test('older clients: by principal, model and minute', () => {
		const turns = [reply('bedrock', 4.5)];
		expect(by({turns, calls: [call({requestId: 'x'})]})[0]).toBe('principal-model-minute');
	});

	test('a likely call is no proof of a reply whose id tells nothing', () => {
		const turns = [reply('bedrock', 4.5), reply('unknown', 2)];
		expect(by({turns, calls: [call({requestId: 'x'})]})).toEqual(['principal-model-minute', 'unknown', 'message-id']);
	});

	test.each<[string, Partial<Call>]>([
		['somebody else', {principal: {kind: 'iam-user', arn: 'arn:aws:iam::123456789012:user/bob'}}],
		['another model', {profile: 'us.anthropic.claude-haiku-4-5-20251001-v1:0'}],
		['a refused call', {outcome: 'AccessDenied'}],
		['begun after the reply', {at: now - 4 * minute}],
		['long before', {at: now - 20 * minute}],
	])('but not by a call of %s', (_, others) => {
		expect(by({turns: [reply('bedrock', 4.5)], calls: [call({requestId: 'x', ...others})]})[0]).toBeUndefined();
	});
});

test('what is billed elsewhere: how many, since when, for how much', () => {
	const turns = [
		reply('first-party', 50),
		reply('first-party', 10),
		reply('bedrock', 5),
		reply('vertex', 3, {model: 'x', requestedModel: undefined}),
	];
	const ledger = post(
		emptyLedger,
		turns.map(turn => createPosting({...turn, requestedModel: undefined}, listPrices)),
	);
	// first party at Anthropic's own list price, which is that of global profiles: 1000 × 4 µ$ each
	expect(otherProvidersSince(ledger, 0)).toEqual([
		{
			provider: 'first-party',
			replies: 2,
			firstAt: now - 50 * minute,
			lastAt: now - 10 * minute,
			amount: 8_000_000_000n,
		},
		{provider: 'vertex', replies: 1, firstAt: now - 3 * minute, lastAt: now - 3 * minute, amount: undefined},
	]);
	expect(otherProvidersSince(ledger, now - 20 * minute)[0]).toMatchObject({replies: 1});
});

test('a silent downgrade is told from what was wanted to what answers', () => {
	const step = (from: string, to: string, minutesAgo: number, sessionId = 's1'): LocalFailure => ({
		id: `${from}${to}${sessionId}`,
		at: now - minutesAgo * minute,
		sessionId,
		message: '',
		fallback: {from, to},
	});
	const failures = [
		step('opus-5', 'opus-4-8', 2),
		step('opus-5-5', 'opus-5', 3),
		step('a', 'b', 1, 's2'),
		step('old', 'older', 90),
	];
	expect(downgradesSince(failures, now - 60 * minute)).toEqual([
		{sessionId: 's2', from: 'a', to: 'b', at: now - minute},
		{sessionId: 's1', from: 'opus-5-5', to: 'opus-4-8', at: now - 2 * minute},
	]);
});

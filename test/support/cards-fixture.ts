import type {Call} from '../../source/domain/calls/call.ts';
import type {Point} from '../../source/domain/metrics/series.ts';
import {defaultBook} from '../../source/domain/money/price-book.ts';
import type {Turn} from '../../source/domain/replies/turn.ts';
import type {Configuration} from '../../source/domain/routing/configuration.ts';
import {type Overview, overview} from '../../source/state/overview.ts';
import {type Action, initialState, reduce} from '../../source/state/state.ts';
import {settingsSince} from './settings.ts';

const minute = 60_000;
/** Three in the afternoon where the test runs. */
export const now = new Date(2026, 10, 23, 15).getTime();
const arn = 'arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Developer_0a1b2c3d4e5f6a7b/alice@example.com';
export const opus = 'us.anthropic.claude-opus-5-5';
const haiku = 'global.anthropic.claude-haiku-5-5';
const fable = 'us.anthropic.claude-fable-5-2';
export const sessionId = '7d9a4c1e-1f7b-4c55-9a3e-0c5f5b8f1a01';
export const strayId = '2b60a0f3-77c4-4a0d-8e0e-6f0f7f6e2b02';

const bedrock: Configuration = {
	provider: 'bedrock',
	providerFrom: {kind: 'set', variable: 'CLAUDE_CODE_USE_BEDROCK', value: '1', from: '~/.claude/settings.json'},
	region: 'us-east-1',
	regionFrom: {kind: 'named', variable: 'AWS_REGION', from: '~/.claude/settings.json'},
	regionPrefix: 'us',
	model: opus,
	modelFrom: {kind: 'named', variable: 'ANTHROPIC_MODEL', from: '~/.claude/settings.json'},
	findings: [],
};

const turn: Turn = {
	id: 'msg_bdrk_1',
	requestId: '13fca115-5897-48cc-89c7-7e3cb84770c5',
	at: now - 4 * minute,
	sessionId,
	cwd: '/home/alice/shop',
	version: '2.1.330',
	model: 'claude-opus-5-5',
	requestedModel: opus,
	provider: 'bedrock',
	usage: {input: 12, output: 840, cacheRead: 61_500, cacheWrite5m: 2400, cacheWrite1h: 600},
	lowerBound: false,
	sidechain: false,
};

const turns: readonly Turn[] = [
	turn,
	{...turn, id: 'msg_bdrk_2', requestId: 'r2', at: now - 90 * minute},
	{
		...{...turn, id: 'msg_bdrk_3', requestId: 'r3', at: now - 2 * minute, model: 'claude-haiku-5-5'},
		...{requestedModel: haiku, sidechain: true},
	},
	{
		...{...turn, id: 'msg_01stray', at: now - 3 * minute, sessionId: strayId, cwd: '/home/alice/项目'},
		...{requestId: 'r4', requestedModel: undefined, provider: 'first-party'},
	},
];

const call = (eventId: string, changes: Partial<Call> = {}): Call => ({
	eventId,
	requestId: turn.requestId,
	at: now - 5 * minute,
	operation: 'InvokeModelWithResponseStream',
	profile: opus,
	region: 'us-east-1',
	ranIn: 'us-west-2',
	principal: {kind: 'sso', name: 'alice@example.com', arn, accountId: '123456789012'},
	client: 'claude-cli/2.1.330 (external, cli)',
	bearer: false,
	sourceAddress: '203.0.113.24',
	endpointHost: 'bedrock-runtime.us-east-1.amazonaws.com',
	tlsVersion: 'TLSv1.3',
	outcome: 'ok',
	...changes,
});

const bob = {kind: 'assumed-role', name: 'bob', accountId: '123456789012'} as const;
const denied = `User: ${arn} is not authorized to perform: bedrock:InvokeModelWithResponseStream on resource: arn:aws:bedrock:us-east-1:123456789012:inference-profile/${fable} because no identity-based policy allows the bedrock:InvokeModelWithResponseStream action`;

const calls: readonly Call[] = [
	call('a1e5cace-56ad-37b9-be9d-d52d0f29a6a1'),
	call('privatelink', {
		...{requestId: 'r9', principal: {...bob, arn: 'arn:aws:sts::123456789012:assumed-role/Developer/bob'}},
		...{operation: 'Converse', client: `Boto3/1.42.97 md/Botocore#1.42.97 ${'md/x '.repeat(40)}`, bearer: true},
		...{sourceAddress: '172.31.0.10', vpcEndpointId: 'vpce-0123456789abcdef0', vpcEndpointAccountId: '111122223333'},
		tokens: {input: 16_361, output: 2782},
	}),
	call('unseen', {requestId: 'r10', at: now - 60 * minute, ranIn: undefined}),
	call('running', {requestId: 'r11', at: now - minute, ranIn: 'us-east-1'}),
	call('older-client', {requestId: 'r12', client: 'claude-cli/2.1.284 (external, cli)'}),
	call('script', {requestId: 'r13', client: 'Boto3/1.42.97'}),
	call('denied', {
		...{
			requestId: 'r14',
			outcome: 'AccessDenied',
			message: denied,
			profile: fable,
			ranIn: undefined,
			at: now - 6 * minute,
		},
	}),
];

const start = Math.floor((now - 50 * minute) / minute) * minute;
/** One call a minute, with a hole, a quiet time, and nothing of the last minutes. */
const minutes = Array.from({length: 48}, (_, index): Point => {
	const isQuiet = index >= 30 && index < 36;
	return [start + index * minute, isQuiet ? 0 : 1 + Math.round(2 + 2 * Math.sin(index / 5))];
}).filter((_, index) => index < 12 || index >= 20);

const times = (factor: number) => minutes.map(([at, value]): Point => [at, value * factor]);

const actions: readonly Action[] = [
	{
		type: 'configuration',
		base: bedrock,
		byFolder: new Map([
			['/home/alice/shop', bedrock],
			['/home/alice/项目', bedrock],
		]),
	},
	{
		type: 'sessions',
		sessions: [
			{pid: 4121, sessionId, cwd: '/home/alice/shop', version: '2.1.330', running: true},
			{pid: 4388, sessionId: strayId, cwd: '/home/alice/项目', version: '2.1.330', running: true},
		],
	},
	{type: 'slice', source: 'identity', value: {kind: 'sso', name: 'alice@example.com', arn, accountId: '123456789012'}},
	{
		type: 'transcripts',
		turns,
		failures: [
			{id: 'f1', at: now - 6 * minute, sessionId, status: 403, message: `API Error: 403 ${denied}`, model: fable},
		],
		models: [{sessionId, model: opus, at: now - 100 * minute}],
	},
	{type: 'trail', records: calls.map(one => ({kind: 'call', call: one}))},
	{
		type: 'metrics',
		keepSince: 0,
		updates: [
			{
				region: 'us-east-1',
				profile: opus,
				points: [
					['Invocations', minutes],
					['InputTokenCount', times(20)],
					['OutputTokenCount', times(700)],
					['CacheReadInputTokens', times(50_000)],
					['CacheWriteInputTokens', times(2000)],
					['InvocationThrottles', minutes.slice(0, 1)],
					['InvocationClientErrors', []],
				],
				speed: {p50LatencyMs: 3100, p50FirstTokenMs: 820},
			},
			{region: 'us-east-1', profile: haiku, points: [['Invocations', minutes.slice(20)]]},
		],
	},
	{
		type: 'status',
		status: {name: 'cloudwatch', region: 'us-east-1', phase: 'waiting', failures: 0, lastSuccessAt: now - 2 * minute},
	},
];

/** An afternoon in which each card has something to say. */
export const afternoon = (more: readonly Action[] = []): Overview =>
	overview([...actions, ...more].reduce(reduce, initialState(defaultBook, settingsSince(now - 6 * 60 * minute))), now);

/** What Bedrock says of the profile that is refused, without which no policy can be written. */
export const destinationsOfFable: Action = {
	type: 'slice',
	source: 'prerequisites',
	value: {
		region: 'us-east-1',
		called: [],
		destinations: new Map([
			[
				fable,
				['us-east-1', 'us-east-2', 'us-west-2'].map(
					region => `arn:aws:bedrock:${region}::foundation-model/anthropic.claude-fable-5-2`,
				),
			],
		]),
		models: [],
		useCaseForm: {state: 'known', value: true},
		logging: {state: 'known', value: []},
		permissions: {state: 'known', value: []},
	},
};

import type {LocalFailure} from '../../source/domain/replies/failure.ts';
import type {Configuration} from '../../source/domain/routing/configuration.ts';
import type {Action} from '../../source/state/action.ts';

/** With every optional field there, however deep: one that is added is missing here until it is planted, too. */
type Complete<T> = T extends string | number | bigint | boolean | undefined | null
	? T
	: T extends ReadonlyMap<infer Key, infer Value>
		? ReadonlyMap<Key, Complete<Value>>
		: {readonly [Key in keyof T]-?: Complete<Exclude<T[Key], undefined>>};

const account = '123456789012';
const alice = `arn:aws:sts::${account}:assumed-role/AWSReservedSSO_Dev_0a1b/alice`;
const profile = `arn:aws:bedrock:us-east-1:${account}:application-inference-profile/ab12cd34ef56`;
const opus = 'us.anthropic.claude-opus-5-5';
const model = 'arn:aws:bedrock:us-west-2::foundation-model/anthropic.claude-opus-5-5';
const message = `User: ${alice} is not authorized to perform: bedrock:InvokeModel on resource: ${model} because no identity-based policy allows the bedrock:InvokeModel action`;

const configuration: Complete<Configuration> = {
	provider: 'bedrock',
	providerFrom: {kind: 'set', variable: 'CLAUDE_CODE_USE_BEDROCK', value: '1', from: '~/.claude/settings.json'},
	region: 'us-east-1',
	regionFrom: {kind: 'named', variable: 'AWS_REGION', from: '~/.claude/settings.json'},
	regionPrefix: 'us',
	model: opus,
	serviceTier: 'flex',
	modelFrom: {kind: 'named', variable: 'ANTHROPIC_MODEL', from: '~/.claude/settings.json'},
	pins: [{variable: 'ANTHROPIC_MODEL', value: opus, from: '~/.claude/settings.json'}],
	modelOverrides: new Map([['claude-opus-5-5', profile]]),
	smallFastRegion: 'us-west-2',
	baseUrl: 'https://gateway.example.com',
	ownHost: 'vpce-0a1b2c3d.bedrock-runtime.us-east-1.vpce.amazonaws.com',
	gateway: {host: 'gateway.example.com', variable: 'ANTHROPIC_BEDROCK_BASE_URL'},
	mantle: false,
	auth: {bearer: false, skip: false, export: true, refresh: true, profile: 'corp', from: [{kind: 'sdk-default-chain'}]},
	organisation: {
		pricing: {
			multiplier: 850_000_000_000n,
			overrides: new Map([[opus, {input: 1n, output: 1n, cacheRead: 1n, cacheWrite5m: 1n, cacheWrite1h: 1n}]]),
		},
		from: ['/etc/claude-code/managed-settings.json'],
		ignored: ['/home/alice/.claude/settings.json'],
		faults: [{key: 'opus', kind: 'not-a-model', file: '/etc/claude-code/managed-settings.json'}],
	},
	cleanupPeriodDays: 20,
	noTranscripts: {
		kind: 'set',
		variable: 'CLAUDE_CODE_SKIP_PROMPT_HISTORY',
		value: '1',
		from: '/home/alice/.claude.json',
	},
	findings: [
		{kind: 'not-json', file: '/home/alice/settings.json', place: {line: 1, column: 2}, effect: 'ignores-file'},
		{kind: 'not-a-region', variable: 'AWS_REGION', value: 'x', from: '/home/alice/settings.json'},
	],
};

/** No failure has all that a failure can have. */
const usual = (now: number): readonly LocalFailure[] => [
	{id: 'f1', at: now - 30_000, sessionId: 's9', status: 403, message, model: opus, isFinal: true},
	{
		...{id: 'f2', at: now - 20_000, sessionId: 's9', message: 'Switched to opus'},
		fallback: {from: opus, to: 'us.anthropic.claude-sonnet-5-5'},
	},
];

/** Each kind of action with every field that there is, so that a rule that is missing shows. */
export const everyAction = (now: number): readonly Required<Action>[] =>
	[
		{
			type: 'window',
			spendSince: now - 8 * 3_600_000,
			historySince: now - 8 * 3_600_000,
			feedMs: 3_600_000,
			spanMs: 8 * 3_600_000,
			begins: 'month',
			longestMs: 8 * 3_600_000,
		},
		{type: 'sdkRegion', region: 'us-east-1'},
		{type: 'slice', source: 'identity', value: {kind: 'sso', name: 'alice', arn: alice, accountId: account}},
		{
			type: 'sessions',
			sessions: [
				{
					...{pid: 4121, sessionId: 's9', cwd: '/home/dev/notes', startedAt: now, version: '2.1.330'},
					...{entrypoint: 'cli', status: 'idle', running: true},
				},
			],
		},
		{type: 'configuration', base: configuration, byFolder: new Map([['/home/dev/notes', configuration]])},
		{
			type: 'transcripts',
			turns: [
				{
					...{id: 'msg_bdrk_90', requestId: 'request-90', at: now - 60_000, sessionId: 's9', cwd: '/home/dev/notes'},
					...{version: '2.1.330', model: 'claude-opus-5-5', requestedModel: profile, provider: 'bedrock'},
					usage: {input: 100, output: 200, cacheRead: 300, cacheWrite5m: 400, cacheWrite1h: 500},
					...{lowerBound: false, sidechain: false, incomplete: true, unreadable: true, unlogged: false},
					...{serviceTier: 'priority', isInUs: true, webSearches: 1},
					...{agentId: 'areviewer-90', agentType: 'house-reviewer', endsAgent: true},
				},
			],
			failures: [
				...(usual(now) as readonly Complete<LocalFailure>[]),
				{
					...{id: 'f3', at: now - 10_000, sessionId: 's9', status: 403, message, model: opus, isFinal: false},
					...{cwd: '/home/dev/notes', requestId: 'request-91', code: 'AccessDeniedException', answeredBy: 'aws'},
					fallback: {from: opus, to: 'us.anthropic.claude-sonnet-5-5'},
				},
			],
			models: [{sessionId: 's9', model: opus, at: now - 40_000}],
			costs: [
				{
					...{sessionId: 's9', at: now - 30_000},
					usage: new Map([[opus, {input: 0, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0}]]),
				},
			],
			compactions: [{sessionId: 's9', at: now - 35_000}],
			agentEnds: [{sessionId: 's9', agentId: 'areviewer-90', at: now - 50_000}],
			links: [{a: 's9', b: 's8', at: now - 50_000}],
		},
		{type: 'progress', progress: {bytes: 2, bytesDone: 1}},
		{type: 'notes', source: 'transcripts', notes: [{kind: 'unreadable', path: '/home/alice/x', code: 'EACCES'}]},
		{
			type: 'trail',
			records: [
				{
					kind: 'call',
					call: {
						...{eventId: 'event-90', requestId: 'request-90', at: now - 61_000, operation: 'InvokeModel'},
						...{profile, region: 'us-east-1', ranIn: 'us-west-2', client: 'claude-cli/2.1.330 (alice laptop)'},
						principal: {kind: 'sso', name: 'alice', arn: alice, accountId: account},
						...{bearer: false, outcome: 'AccessDenied', message, tokens: {input: 1, output: 2}},
						...{sourceAddress: '192.0.2.7', vpcEndpointId: 'vpce-0123456789abcdef0'},
						vpcEndpointAccountId: account,
						...{endpointHost: 'bedrock-runtime.us-east-1.amazonaws.com', tlsVersion: 'TLSv1.3'},
					},
				},
				{kind: 'result', result: {parentRequestId: 'request-1', ranIn: 'us-west-2', tokens: {input: 1, output: 2}}},
			],
		},
		{
			type: 'metrics',
			updates: [
				{
					...{region: 'us-east-1', namespace: 'AWS/Bedrock', profile: 'ab12cd34ef56', minutesFrom: now - 7_200_000},
					points: [['Invocations', [[now - 120_000, 3]]]],
					hours: [['Invocations', [[now - 3 * 3_600_000, 9]]]],
					speed: {p50LatencyMs: 900, p50FirstTokenMs: 300},
					isUnread: true,
				},
			],
			keepSince: 0,
		},
		{
			type: 'resolutions',
			found: new Map([
				['ab12cd34ef56', {state: 'resolved', models: ['anthropic.claude-opus-5-5'], scope: 'geo'}],
				[
					'zz12cd34ef56',
					{state: 'unresolved', reason: {kind: 'not-allowed', action: 'bedrock:GetInferenceProfile'}, isFinal: true},
				],
			]),
		},
		{
			type: 'slice',
			source: 'cost-explorer',
			value: {
				...{from: '2026-11-01', to: '2026-12-01', amount: 5n, isProvisional: true, askedAt: now, currency: 'USD'},
				days: new Map([['2026-11-02', 5n]]),
				models: [{service: 'Claude Opus 5.5 (Amazon Bedrock Edition)', amount: 5n}],
			},
		},
		{
			type: 'slice',
			source: 'prerequisites',
			value: {
				region: 'us-east-1',
				available: [opus],
				called: [{id: opus, isProfile: true, exists: {state: 'known', value: true}}],
				destinations: new Map([[opus, [model]]]),
				models: [
					{
						model: 'anthropic.claude-opus-5-5',
						availability: {
							state: 'known',
							value: {
								...{agreement: 'AVAILABLE', authorization: 'AUTHORIZED', entitlement: 'AVAILABLE'},
								region: 'us-east-1',
							},
						},
					},
				],
				useCaseForm: {state: 'unknown', reason: `denied for ${alice}`, fix: 'allow it'},
				logging: {state: 'known', value: ['S3']},
				retention: {state: 'known', value: 'aws_review'},
				permissions: {
					state: 'known',
					value: [
						{
							...{action: 'bedrock:InvokeModel', id: opus, decision: 'implicitDeny', deniedBy: 'boundary'},
							...{resources: [model], reason: `conditions of ${alice}`},
						},
					],
				},
			},
		},
		{
			type: 'slice',
			source: 'quotas',
			value: {
				...{region: 'us-east-1', askedAt: now},
				found: [{model: 'anthropic.claude-opus-5-5', quota: 'tokens-per-minute', scopes: ['geo'], limit: 0}],
			},
		},
		{
			type: 'slice',
			source: 'credentials',
			value: {kind: 'sso', expiresAt: now + 60_000, command: 'aws sso login --profile alice', profile: 'alice'},
		},
		{
			type: 'slice',
			source: 'lifecycle',
			value: [
				{
					...{model: 'anthropic.claude-opus-4-1-20250805-v1:0', status: 'legacy', region: 'us-east-1'},
					...{legacyAt: now - 90_000, extendedAccessAt: now - 60_000, endOfLifeAt: now + 60_000},
				},
			],
		},
		{type: 'slice', source: 'auth-status', value: new Map([['/home/dev/notes', 'bedrock']])},
		{type: 'request', operation: 'cloudtrail:LookupEvents', price: 0n, at: now},
		{
			type: 'status',
			status: {
				...{name: 'cloudtrail', region: 'us-east-1', phase: 'waiting', nextAt: now, lastSuccessAt: now, failures: 1},
				problem: {kind: 'denied', message: `CloudTrail refuses ${alice}`, fix: 'aws sso login --profile alice'},
			},
		},
	] satisfies readonly Complete<Action>[] as readonly Required<Action>[];

import type {Call} from '../../source/domain/calls/call.ts';
import type {Point} from '../../source/domain/metrics/series.ts';
import type {Turn} from '../../source/domain/replies/turn.ts';
import type {Configuration} from '../../source/domain/routing/configuration.ts';
import {cloudtrail} from '../../source/sources/cloudtrail/source.ts';
import {cloudwatch} from '../../source/sources/cloudwatch/source.ts';
import {identity} from '../../source/sources/identity/source.ts';
import {sessions} from '../../source/sources/sessions/source.ts';
import type {OpenSource, Source, SourceContext} from '../../source/sources/source.ts';
import {transcripts} from '../../source/sources/transcripts/source.ts';
import type {Action} from '../../source/state/state.ts';

const minute = 60_000;
const alice = 'arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Dev_0a1b/alice';
const opus = 'us.anthropic.claude-opus-5-5';
const haiku = 'global.anthropic.claude-haiku-4-5-20251001-v1:0';

const bedrock: Configuration = {
	provider: 'bedrock',
	providerFrom: {kind: 'set', variable: 'CLAUDE_CODE_USE_BEDROCK', value: '1', from: '~/.claude/settings.json'},
	region: 'us-east-1',
	regionFrom: {kind: 'named', variable: 'AWS_REGION', from: '~/.claude/settings.json'},
	regionPrefix: 'us',
	findings: [],
};

const turn = (n: number, at: number, changes: Partial<Turn> = {}): Turn => ({
	id: `msg_bdrk_${n}`,
	requestId: `request-${n}`,
	at,
	sessionId: n % 3 === 0 ? 's2' : 's1',
	cwd: n % 3 === 0 ? '/home/dev/项目' : '/home/dev/shop',
	version: '2.1.330',
	model: n % 3 === 0 ? 'claude-haiku-4-5-20251001' : 'claude-opus-5-5',
	requestedModel: n % 3 === 0 ? haiku : opus,
	provider: 'bedrock',
	usage: {input: 10, output: 500, cacheRead: 40_000, cacheWrite5m: 2000, cacheWrite1h: 0},
	lowerBound: false,
	sidechain: false,
	...changes,
});

const call = (n: number, at: number, changes: Partial<Call> = {}): Call => ({
	eventId: `event-${n}`,
	requestId: `request-${n}`,
	at,
	operation: 'InvokeModelWithResponseStream',
	profile: n % 3 === 0 ? haiku : opus,
	region: 'us-east-1',
	ranIn: 'us-west-2',
	principal: {kind: 'sso', name: 'alice', arn: alice, accountId: '123456789012'},
	client: 'claude-cli/2.1.330 (external, cli)',
	bearer: false,
	outcome: 'ok',
	...changes,
});

const bob = {kind: 'assumed-role', name: 'bob', arn: 'arn:aws:sts::123456789012:assumed-role/Dev/bob'} as const;

/** A working morning: two sessions, two models, twelve replies of mine, three calls of bob's and a burst of refusals. */
export const morning = (now: number): readonly Action[] => {
	const numbers = Array.from({length: 12}, (_, index) => index + 1);
	const mine = numbers.map(n => call(n, now - (n + 8) * minute));
	const others = [1, 2, 3].map(n => call(100 + n, now - (n + 7) * minute, {principal: bob, client: 'Boto3/1.42'}));
	const refused = Array.from({length: 28}, (_, n) =>
		call(200 + n, now - 7 * minute - n * 100, {
			outcome: 'AccessDenied',
			message: `User: ${alice} is not authorized to perform: bedrock:InvokeModelWithResponseStream because no identity-based policy allows the action`,
		}),
	);
	const minutes = Array.from({length: 40}, (_, index): Point => {
		const at = Math.floor(now / minute) * minute - index * minute;
		return [at, 1 + (index % 4)];
	}).filter((_, index) => index % 7 !== 0);
	return [
		{type: 'configuration', base: bedrock, byFolder: new Map([['/home/dev/shop', bedrock]])},
		{
			type: 'sessions',
			sessions: [{pid: 4121, sessionId: 's1', cwd: '/home/dev/shop', version: '2.1.330', running: true}],
		},
		{type: 'slice', source: 'identity', value: {kind: 'sso', name: 'alice', arn: alice, accountId: '123456789012'}},
		{
			type: 'transcripts',
			turns: numbers.map(n => turn(n, now - n * minute)),
			failures: [],
		},
		{type: 'trail', records: [...mine, ...others, ...refused].map(entry => ({kind: 'call', call: entry}))},
		{
			type: 'metrics',
			keepSince: 0,
			updates: [
				{
					region: 'us-east-1',
					profile: opus,
					points: [
						['Invocations', minutes],
						['OutputTokenCount', minutes.map(([at, value]) => [at, value * 600])],
						['CacheReadInputTokens', minutes.map(([at, value]) => [at, value * 50_000])],
						['CacheWriteInputTokens', minutes.map(([at, value]) => [at, value * 2000])],
						['InvocationThrottles', minutes.slice(0, 2)],
					],
					speed: {p50LatencyMs: 3100, p50FirstTokenMs: 820},
				},
				{region: 'us-east-1', profile: haiku, points: [['Invocations', minutes.slice(20)]], speed: {p50LatencyMs: 900}},
			],
		},
	];
};

type Open = (context: SourceContext, region: string | undefined) => OpenSource;

/** A source as it is, but for what it asks. */
export const opening = (source: Source, open: Open): Source => ({...source, open}) as Source;

const learning = (source: Source, actions: readonly Action[]): Source =>
	opening(source, () => ({
		async read(dispatch) {
			for (const action of actions) dispatch(action);
		},
		explain: error => ({kind: 'unexpected', message: String(error)}),
	}));

/** Sources that tell of that morning, each what it would know. */
export const morningSources = (now: number): readonly Source[] => {
	const actions = morning(now);
	const of = (...types: readonly Action['type'][]) => actions.filter(({type}) => types.includes(type));
	return [
		learning(sessions, of('configuration', 'sessions')),
		learning(transcripts, of('transcripts')),
		learning(identity, of('slice')),
		learning(cloudtrail, of('trail')),
		learning(cloudwatch, of('metrics')),
	];
};

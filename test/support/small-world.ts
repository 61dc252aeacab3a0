import fc from 'fast-check';
import type {TrailRecord} from '../../source/domain/calls/call.ts';
import type {MetricsUpdate} from '../../source/domain/metrics/metrics.ts';
import type {Turn} from '../../source/domain/replies/turn.ts';
import type {Configuration} from '../../source/domain/routing/configuration.ts';
import type {SourceName} from '../../source/state/source-status.ts';
import type {Action} from '../../source/state/state.ts';
import {alice, call, globalOpus, minuteMs, noon, reply, usageOf} from './builders.ts';

const application = 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3d4e5f6';
const profiles = [globalOpus, 'us.anthropic.claude-opus-5-5', 'us.anthropic.claude-haiku-5-5', application, undefined];
const folders = ['/home/dev/shop', '/home/dev/docs', undefined];
const bob = 'arn:aws:iam::111122223333:user/bob';
const sessionOf = (n: number) => `s${n % 3}`;

const settings: Configuration = {
	...{provider: 'bedrock', providerFrom: {kind: 'no-switch'}, region: 'us-east-1'},
	...{regionFrom: {kind: 'claude-code-default'}, regionPrefix: 'us', findings: []},
};

const reading = (told: Partial<Extract<Action, {type: 'transcripts'}>>): Action => ({
	...{type: 'transcripts', turns: [], failures: []},
	...told,
});

const moment = fc.nat({max: 100});
const at = (minutes: number) => noon - minutes * minuteMs;

/** Each reply has one line, or several of which the last has all of it; some stand in a second session, too. */
const replies = fc
	.uniqueArray(
		fc.record({
			...{number: fc.nat({max: 30}), minutes: moment, session: fc.nat({max: 2}), output: fc.nat({max: 900})},
			...{profile: fc.constantFrom(...profiles), folder: fc.constantFrom(...folders), isCopied: fc.boolean()},
			...{isFirstParty: fc.nat({max: 5}).map(one => one === 0), hasRequestId: fc.boolean(), isSide: fc.boolean()},
			isPartial: fc.boolean(),
		}),
		{selector: ({number}) => number, maxLength: 12},
	)
	.map(list =>
		list.flatMap((one): readonly Turn[] => {
			const whole = reply(`${one.isFirstParty ? 'msg_01' : 'msg_bdrk_'}${one.number}`, {
				...{at: at(one.minutes), sessionId: sessionOf(one.session), cwd: one.folder, sidechain: one.isSide},
				...{provider: one.isFirstParty ? 'first-party' : 'bedrock', requestedModel: one.profile},
				...{requestId: one.hasRequestId ? `request-${one.number}` : undefined},
				usage: {input: 10, output: 1000 + one.output, cacheWrite5m: one.output},
			});
			const partial = {...whole, usage: usageOf({input: 10, output: 1})};
			const copy = {...whole, sessionId: sessionOf(one.session + 1)};
			return [whole, ...(one.isPartial ? [partial] : []), ...(one.isCopied ? [copy] : [])];
		}),
	);

const calls = fc
	.uniqueArray(
		fc.record({
			...{number: fc.nat({max: 40}), minutes: moment, isMine: fc.boolean(), hasResult: fc.boolean()},
			...{profile: fc.constantFrom(...profiles), outcome: fc.constantFrom('ok', 'ok', 'AccessDenied', 'Throttling')},
		}),
		{selector: ({number}) => number, maxLength: 12},
	)
	.map(list =>
		list.flatMap((one): readonly TrailRecord[] => {
			const principal = one.isMine
				? {kind: 'sso' as const, name: 'alice', arn: alice, accountId: '123456789012'}
				: {kind: 'iam-user' as const, name: 'bob', arn: bob, accountId: '111122223333'};
			const {profile, outcome, number} = one;
			const requestId = `request-${number}`;
			const message = outcome === 'ok' ? undefined : `${outcome}: no`;
			const record = call(`event-${number}`, {at: at(one.minutes), profile, outcome, principal, requestId, message});
			const result = {parentRequestId: requestId, ranIn: 'us-west-2', tokens: {input: 3, output: 4}};
			return [{kind: 'call', call: record}, ...(one.hasResult ? [{kind: 'result' as const, result}] : [])];
		}),
	);

const metrics = fc
	.uniqueArray(
		fc.record({profile: fc.nat({max: 3}), minutes: moment, tokens: fc.nat({max: 9000}), isUnread: fc.boolean()}),
		{selector: ({profile}) => profile, maxLength: 4},
	)
	.map(list =>
		list.map(
			({profile, minutes, tokens, isUnread}): MetricsUpdate => ({
				...{region: 'us-east-1', profile: (profiles[profile] ?? '').replace(/.*\//, ''), minutesFrom: 0, isUnread},
				points: [
					['Invocations', [[at(minutes), 2]]],
					['InputTokenCount', [[at(minutes), tokens]]],
					['CacheWriteInputTokens', [[at(minutes), tokens]]],
				],
			}),
		),
	);

const failures = fc
	.uniqueArray(fc.record({number: fc.nat({max: 20}), minutes: moment, session: fc.nat({max: 2})}), {
		...{selector: ({number}) => number, maxLength: 4},
	})
	.map(list =>
		list.map(({number, minutes, session}) =>
			reading({
				failures: [
					{
						...{id: `failure-${number}`, at: at(minutes), sessionId: sessionOf(session), isFinal: true, status: 403},
						message: 'AccessDeniedException: User is not authorized to perform: bedrock:InvokeModel',
					},
				],
			}),
		),
	);

const sessionWords = fc
	.uniqueArray(fc.record({minutes: moment, session: fc.nat({max: 2}), input: fc.nat({max: 9000})}), {
		...{selector: ({minutes}) => minutes, maxLength: 4},
	})
	.map(list =>
		list.flatMap(({minutes, session, input}) => {
			const common = {sessionId: sessionOf(session), at: at(minutes)};
			return [
				reading({costs: [{...common, usage: new Map([[globalOpus, usageOf({input})]])}]}),
				reading({compactions: [{...common, at: common.at - minuteMs}]}),
				reading({models: [{...common, model: 'us.anthropic.claude-opus-5-5'}]}),
			];
		}),
	);

const answered = (name: SourceName, region?: string): Action => ({
	type: 'status',
	status: {name, region, phase: 'waiting', failures: 0, lastSuccessAt: noon - minuteMs},
});

const rest: readonly Action[] = [
	{type: 'configuration', base: settings, byFolder: new Map([['/home/dev/docs', {...settings, regionPrefix: 'eu'}]])},
	{type: 'sessions', sessions: [{pid: 7, sessionId: 's0', cwd: '/home/dev/shop', running: true}]},
	{type: 'slice', source: 'identity', value: {kind: 'sso', name: 'alice', arn: alice, accountId: '123456789012'}},
	{type: 'slice', source: 'cloudtrail', value: new Map([['us-east-1', noon - 100 * minuteMs]])},
	{
		...{type: 'resolutions'},
		found: new Map([['a1b2c3d4e5f6', {state: 'resolved', models: ['anthropic.claude-opus-5-5'], scope: 'geo'}]]),
	},
	answered('transcripts'),
	answered('cloudtrail', 'us-east-1'),
	answered('cloudwatch', 'us-east-1'),
];

/** All that can be learnt of a small world, each thing by itself: what comes in which order is anybody's guess. */
export const smallWorld: fc.Arbitrary<readonly Action[]> = fc
	.tuple(replies, calls, metrics, failures, sessionWords)
	.map(([turns, records, updates, failed, words]) => [
		...turns.map(turn => reading({turns: [turn]})),
		...records.map((record): Action => ({type: 'trail', records: [record]})),
		...updates.map((update): Action => ({type: 'metrics', updates: [update], keepSince: 0})),
		...failed,
		...words,
		...rest,
	]);

/** Several readings of one source as one. */
export const merged = (actions: readonly Action[], isJoined: (index: number) => boolean): readonly Action[] => {
	const batches: Action[] = [];
	for (const [index, action] of actions.entries()) {
		const last = batches.at(-1);
		const isMergeable = last !== undefined && isJoined(index);
		if (isMergeable && last.type === 'trail' && action.type === 'trail') {
			batches[batches.length - 1] = {...last, records: [...last.records, ...action.records]};
		} else if (isMergeable && last.type === 'transcripts' && action.type === 'transcripts') {
			const both = (name: 'turns' | 'failures' | 'costs' | 'compactions' | 'models') => [
				...(last[name] ?? []),
				...(action[name] ?? []),
			];
			const names = ['turns', 'failures', 'costs', 'compactions', 'models'] as const;
			batches[batches.length - 1] = {...last, ...Object.fromEntries(names.map(name => [name, both(name)]))};
		} else batches.push(action);
	}
	return batches;
};

/** The numbers up to that, in any order. */
export const order = (length: number) =>
	fc.shuffledSubarray(
		Array.from({length}, (_, index) => index),
		{minLength: length, maxLength: length},
	);

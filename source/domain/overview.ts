import {type AccountSpend, accountSpend} from './account-spend.ts';
import type {Call} from './call.ts';
import {type CallCount, countCalls} from './event-log.ts';
import {type Join, joinCalls} from './join.ts';
import {type Refusal, refusalsSince} from './refusals.ts';
import {type Judgement, judge, routeSessions, type SessionRoute} from './routing.ts';
import {burnPerHour, type Spend, spendOf} from './spend.ts';
import type {SourceName, SourceStatus, State} from './state.ts';

/** Everything a screen, a report or the JSON shows, worked out from the state at one moment. */
export type Overview = {
	readonly state: State;
	/** Epoch ms. */
	readonly now: number;
	readonly feedSince: number;
	readonly sessions: readonly SessionRoute[];
	readonly judgement: Judgement;
	readonly spend: Spend;
	/** What CloudWatch says of the whole account; undefined while it has said nothing. */
	readonly account: AccountSpend | undefined;
	readonly burn: bigint | undefined;
	readonly projectedDay: bigint | undefined;
	readonly join: Join;
	readonly callCount: CallCount;
	readonly refusals: readonly Refusal[];
	readonly isMine: (call: Call) => boolean;
};

const hourMs = 3_600_000;

/** Where the day ends if the next hours go as the last 15 minutes did; unknown without a burn. */
const project = (spend: Spend, burn: bigint | undefined, now: number): bigint | undefined => {
	if (burn === undefined) return undefined;
	const midnight = new Date(now).setHours(24, 0, 0, 0);
	return spend.local.amount + (burn * BigInt(Math.max(0, midnight - now))) / BigInt(hourMs);
};

/** Local midnight before that moment, epoch ms, in the person's time zone. */
export const localMidnight = (now: number): number => new Date(now).setHours(0, 0, 0, 0);

/** Works out the overview. `now` is epoch ms. */
export const overview = (state: State, now: number): Overview => {
	const feedSince = now - state.feedMs;
	const join = joinCalls(state.ledger, state.log);
	const arn = state.identity?.arn;
	// SSO and roles: the ARN holds the session name, which CloudTrail's Username attribute does not reliably.
	const isMine = (call: {arn?: string | undefined; requestId?: string | undefined}) =>
		(arn !== undefined && call.arn === arn) || (call.requestId !== undefined && join.turnOf.has(call.requestId));
	const sessions = routeSessions({
		files: state.sessions,
		proofs: state.proofs,
		configurations: state.configurations,
		join,
		since: state.spendSince,
	});
	const spend = spendOf(state.ledger, state.spendSince);
	const burn = burnPerHour(state.ledger, now);
	return {
		...{state, now, feedSince, sessions, spend, burn, join},
		account: accountSpend(state.metrics, state.book, {since: state.spendSince, at: now}),
		judgement: judge(sessions),
		projectedDay: project(spend, burn, now),
		callCount: countCalls(state.log, feedSince, isMine),
		refusals: refusalsSince(state.failures, state.log.calls, feedSince),
		isMine: call => isMine({arn: call.principal.arn, requestId: call.requestId}),
	};
};

/**
 * The regions to watch: the ones asked for, else those that running sessions are configured for, else the ones Claude
 * Code would use now, else the SDK's own. Empty while configuration has not been read.
 */
export const watchedRegions = (state: State): readonly string[] => {
	if (state.askedRegions.length > 0) return state.askedRegions;
	if (state.configuration === undefined) return [];
	const ofSessions = state.sessions
		.filter(({running}) => running)
		.map(({cwd}) => state.configurations.get(cwd))
		.filter(configuration => configuration?.provider === 'bedrock')
		.map(configuration => configuration?.region as string);
	if (ofSessions.length > 0) return [...new Set(ofSessions)].sort();
	return [state.configuration.provider === 'bedrock' ? state.configuration.region : state.sdkRegion].filter(
		region => region !== undefined,
	);
};

/** A source's statuses, one per region where it has regions. */
export const statusesOf = (state: State, name: SourceName): readonly SourceStatus[] =>
	[...state.sources.values()].filter(status => status.name === name);

/** How a source is doing over all of its regions. */
export const healthOf = (state: State, name: SourceName) => {
	const statuses = statusesOf(state, name);
	return {
		isOff: statuses.every(({phase}) => phase === 'off'),
		isFailing: statuses.some(({problem}) => problem !== undefined),
		isFirstFetch: statuses.some(({phase, lastSuccessAt}) => phase === 'fetching' && lastSuccessAt === undefined),
		answeredAt: answeredAt(state, name),
	};
};

/** When a source last answered: the oldest of its regions, epoch ms; undefined when one never did. */
export const answeredAt = (state: State, name: SourceName): number | undefined => {
	const times = statusesOf(state, name).map(({lastSuccessAt}) => lastSuccessAt);
	const isComplete = times.length > 0 && times.every(time => time !== undefined);
	return isComplete ? Math.min(...(times as number[])) : undefined;
};

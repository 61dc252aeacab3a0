import {lruMemoize, weakMapMemoize} from 'reselect';
import {type FanOut, fanOuts} from '../domain/agents/fan-out.ts';
import type {Call} from '../domain/calls/call.ts';
import {type CallCount, type Caller, callersSince, countCalls} from '../domain/calls/callers.ts';
import {type Join, joinCalls} from '../domain/calls/join.ts';
import {localDay, localMonth} from '../domain/common/calendar.ts';
import {isWindowOver, windowAt} from '../domain/common/window.ts';
import type {ModelMetrics} from '../domain/metrics/metrics.ts';
import {billedThrough} from '../domain/money/bill.ts';
import {type Downgrade, downgradesSince} from '../domain/refusals/downgrades.ts';
import type {Failure} from '../domain/refusals/failures.ts';
import type {Refusal} from '../domain/refusals/refusals.ts';
import {type Judgement, judge, routeSessions, type SessionRoute} from '../domain/routing/routing.ts';
import {type AccountSpend, accountSpend, priceModel} from '../domain/spend/account-spend.ts';
import {type Budget, budgetOf} from '../domain/spend/budget.ts';
import {burnPerHour, projectDay} from '../domain/spend/burn.ts';
import {type CacheEconomics, cacheEconomics, type Thrash, thrashingSessions} from '../domain/spend/cache-economics.ts';
import {cacheSplit} from '../domain/spend/cache-split.ts';
import {type Reconciliation, reconcile} from '../domain/spend/reconcile.ts';
import {type Spend, spendOf} from '../domain/spend/spend.ts';
import {type WatchCost, watchCost} from '../domain/watching/watch-cost.ts';
import {explainedRefusals, failedCalls, nothingButFailing} from './explained-refusals.ts';
import {answeredAt, isPartlyUnknown, statusesOf} from './health.ts';
import {agentEvidence, type SessionCost, sessionCosts} from './session-costs.ts';
import type {State} from './state.ts';
import {plannedPerDay} from './watch-plan.ts';

/** Everything a screen, a report or the JSON shows, worked out from the state at one moment. */
export type Overview = {
	readonly state: State;
	/** Epoch ms. */
	readonly now: number;
	readonly feedSince: number;
	readonly sessions: readonly SessionRoute[];
	/** What a session has cost in the window, and its agents. */
	readonly costOf: (sessionId: string) => SessionCost;
	readonly judgement: Judgement;
	readonly spend: Spend;
	/** What CloudWatch says of the whole account; undefined while it has said nothing. */
	readonly account: AccountSpend | undefined;
	/** The same between two moments, epoch ms. */
	readonly accountBetween: (from: number, until: number) => AccountSpend | undefined;
	/** The same since the first of the month; undefined where no monthly budget asked for it. */
	readonly accountMonth: AccountSpend | undefined;
	readonly burn: bigint | undefined;
	readonly projectedDay: bigint | undefined;
	/** One per limit the person set, the day's first. */
	readonly budgets: readonly Budget[];
	readonly cache: CacheEconomics;
	readonly thrashing: readonly Thrash[];
	/** Sessions with too many agents, or too dear ones, the dearest first. */
	readonly fanOuts: readonly FanOut[];
	/** Sessions that answer from another model than was wanted, because that one is refused. */
	readonly downgrades: readonly Downgrade[];
	readonly watch: WatchCost;
	readonly join: Join;
	readonly trail: TrailReach;
	/** The calls since the trail's `since`. */
	readonly callCount: CallCount;
	readonly callers: readonly Caller[];
	readonly refusals: readonly Refusal[];
	readonly failures: readonly Failure[];
	/** Since when (epoch ms) calls of this machine have done nothing but fail. */
	readonly failingSince: number | undefined;
	readonly isMine: (call: Call) => boolean;
	/** Worked out when it is asked for: the screen needs it less often than a report. */
	readonly reconciliation: () => Reconciliation;
};

/** How far back CloudTrail's records of the feed's window really reach. */
export type TrailReach = {
	/** False while a region of it has never answered: then nobody knows how many calls there were. */
	readonly isRead: boolean;
	/** Whether they reach back as far as was asked. */
	readonly isComplete: boolean;
	/** Epoch ms. */
	readonly since: number;
};

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Replies that may be missing make the sum a lower bound. */
const boundedBy = (state: State, spend: Spend): Spend =>
	isPartlyUnknown(state) && !spend.local.lowerBound ? {...spend, local: {...spend.local, lowerBound: true}} : spend;

const budgetsOf = ({limits}: State, now: number, spentSince: (from: number) => Spend): readonly Budget[] => {
	const of = (period: Budget['period'], limit: bigint | undefined, since: number) =>
		limit === undefined ? [] : [budgetOf(period, limit, spentSince(since).local)];
	return [...of('day', limits.day, localDay(now)), ...of('month', limits.month, localMonth(now))];
};

/** The bill and the estimate of its days, where CloudWatch was read from the first of them on. */
const billedOf = (
	{slices, historySince}: State,
	accountSince: (from: number, until: number) => AccountSpend | undefined,
) => {
	const bill = slices['cost-explorer'];
	const through = bill && billedThrough(bill);
	if (bill === undefined || through === undefined) return undefined;
	const from = Date.parse(bill.from);
	// The bill counts days in UTC; a history that begins with the local month is hours away from it at most.
	if (historySince > from + 14 * hourMs) return undefined;
	const account = accountSince(from, Date.parse(through) + 24 * hourMs);
	return account && {amount: bill.amount, estimate: account.amount, through};
};

const trailReach = (state: State, feedSince: number): TrailReach => {
	const reaches = statusesOf(state, 'cloudtrail').map(({region = '', lastSuccessAt}) => {
		// Recordings of older versions do not say how far.
		const unsaid = lastSuccessAt === undefined ? undefined : feedSince;
		return state.slices.cloudtrail?.get(region) ?? unsaid;
	});
	const known = reaches.filter(reach => reach !== undefined);
	const isRead = reaches.length > 0 && known.length === reaches.length;
	const since = Math.max(feedSince, ...known);
	return {isRead, since, isComplete: isRead && since === feedSince};
};

/** The regions whose metrics have never been read. */
const unreadRegionsOf = (state: State): readonly string[] =>
	statusesOf(state, 'cloudwatch').flatMap(({region, lastSuccessAt}) => {
		const isKnown = lastSuccessAt !== undefined || [...state.metrics.values()].some(one => one.region === region);
		return isKnown || region === undefined ? [] : [region];
	});

/** What a model's tokens cost under the last few terms: the day's and the month's are asked for in turn. */
const termsKept = 4;
const pricerOf = weakMapMemoize((model: ModelMetrics) =>
	lruMemoize(
		(
			book: State['book'],
			resolutions: State['resolutions'],
			isCertain: boolean,
			hourShare: number,
			since: number,
			until: number | undefined,
		) => priceModel(model, {book, resolutions, isCertain, hourShare, since, until}),
		{maxSize: termsKept},
	),
);

const rememberedPrice: typeof priceModel = (model, {book, resolutions, isCertain, hourShare, since, until}) =>
	pricerOf(model)(book, resolutions, isCertain, hourShare, since, until);

/** An object whose fields are worked out when they are first looked at. */
const lazily = <Fields extends object>(makers: {readonly [Key in keyof Fields]: () => Fields[Key]}): Fields => {
	const made = {} as Fields;
	for (const key of Object.keys(makers) as (keyof Fields)[]) {
		const get = () => {
			const value = makers[key]();
			Object.defineProperty(made, key, {value, enumerable: true});
			return value;
		};
		Object.defineProperty(made, key, {get, enumerable: true, configurable: true});
	}
	return made;
};

/** The overview of a moment (epoch ms). Each part is worked out when it is first looked at. */
export const overview = (known: State, now: number): Overview => {
	const state = isWindowOver(known, now) ? {...known, ...windowAt(now, known)} : known;
	const {ledger, log, limits, metrics, book, resolutions, spendSince: since} = state;
	const feedSince = now - state.feedMs;
	const arn = state.slices.identity?.arn;
	const join = joinCalls(ledger, log, arn);
	const unreadRegions = unreadRegionsOf(state);
	// CloudWatch knows whole minutes: the one in which a window begins belongs to it.
	const accountSince = (from: number, until?: number) => {
		const split = cacheSplit(state.cacheLifetime, ledger);
		const whole = Math.floor(from / minuteMs) * minuteMs;
		return accountSpend({metrics, book, resolutions, split, since: whole, until, unreadRegions}, rememberedPrice);
	};
	const spends = new Map<number, Spend>();
	const spentSince = (from: number) => {
		const spend = spends.get(from) ?? spendOf(ledger, from);
		spends.set(from, spend);
		return spend;
	};
	const {sessions: files, proofs, models, configurations} = state;
	const view: Overview = lazily<Overview>({
		state: () => state,
		now: () => now,
		feedSince: () => feedSince,
		join: () => join,
		sessions: () => routeSessions({files, proofs, models, configurations, join, since}),
		costOf: () => sessionCosts(state, now),
		judgement: () => judge(view.sessions),
		spend: () => boundedBy(state, spentSince(since)),
		account: () => accountSince(since),
		accountBetween: () => accountSince,
		accountMonth: () => (limits.month === undefined ? undefined : accountSince(localMonth(now))),
		burn: () => burnPerHour(ledger, now),
		projectedDay: () => projectDay(spentSince(localDay(now)).local.amount, view.burn, now),
		budgets: () => budgetsOf(state, now, spentSince),
		cache: () => cacheEconomics(ledger, since),
		thrashing: () => thrashingSessions(ledger, now),
		fanOuts: () => fanOuts({ledger, proofs, evidence: agentEvidence(state, now), limits: state.fanOut}),
		downgrades: () => downgradesSince(state.failures, feedSince),
		watch: () => watchCost(state.requests, {cap: state.watchCap, planned: plannedPerDay(state, now), now}),
		trail: () => trailReach(state, feedSince),
		callCount: () => countCalls(log, view.trail.since, arn),
		callers: () => callersSince(log, feedSince, arn),
		refusals: () => explainedRefusals(state, feedSince),
		failures: () => failedCalls(state, feedSince),
		failingSince: () => nothingButFailing(state, {since: feedSince, now}),
		// SSO and roles: the ARN holds the session name, which CloudTrail's Username attribute does not reliably.
		isMine:
			() =>
			({principal, requestId}) =>
				(arn !== undefined && principal.arn === arn) || join.turnOf(requestId) !== undefined,
		reconciliation: () => () =>
			reconcile({
				...{ledger, log, account: view.account, callers: view.callers, arn, since, feedSince, now},
				billed: billedOf(state, accountSince),
				metricsAt: answeredAt(state, 'cloudwatch'),
				trailAt: answeredAt(state, 'cloudtrail'),
			}),
	});
	return view;
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

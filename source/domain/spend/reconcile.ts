import {type Caller, unwrittenSince} from '../calls/callers.ts';
import type {EventLog} from '../calls/event-log.ts';
import {type Measure, sumBetween} from '../common/timeline.ts';
import type {PicoUsd} from '../money/money.ts';
import {totalTokens} from '../money/usage.ts';
import type {AccountSpend} from './account-spend.ts';
import type {Entry, Ledger} from './ledger.ts';
import type {ReconcileNote} from './reconcile-note.ts';

/** One model's tokens by two clocks that are never added. */
type ModelDrift = {
	readonly model: string;
	readonly localTokens: number;
	/** Null where CloudWatch has not said anything of the model. */
	readonly accountTokens: number | null;
};

/** My tokens against the account's, my request ids against CloudTrail's, and what the differences are. */
export type Reconciliation = {
	readonly localTokens: number;
	readonly accountTokens: number | undefined;
	/** My part of the account's tokens, 0 to 1. */
	readonly share: number | undefined;
	/** Replies that CloudTrail confirmed by request id, and those it has not (yet). */
	readonly joinedCalls: number;
	readonly unseenCalls: number;
	/** Calls of mine on CloudTrail without a reply in any transcript: probes, retries, another machine. */
	readonly unwrittenCalls: number;
	readonly models: readonly ModelDrift[];
	readonly notes: readonly ReconcileNote[];
};

type Evidence = {
	readonly ledger: Ledger;
	readonly log: EventLog;
	readonly account: AccountSpend | undefined;
	/** What AWS billed, beside the account's estimate of the same days; absent where one of them is not known. */
	readonly billed?: {readonly amount: PicoUsd; readonly estimate: PicoUsd; readonly through: string} | undefined;
	readonly callers: readonly Caller[];
	/** Mine, where it is known. */
	readonly arn: string | undefined;
	/** Start of the spend window and of the feed's, epoch ms. */
	readonly since: number;
	readonly feedSince: number;
	/** When CloudWatch and CloudTrail last answered. */
	readonly metricsAt: number | undefined;
	readonly trailAt: number | undefined;
	readonly now: number;
};

const minuteMs = 60_000;
/** CloudTrail's worst measured delay; a reply that is older and still not there never will be. */
const latestMs = 90 * minuteMs;
/** Newer replies than this before CloudWatch's answer may not be in it. */
const settlingMs = 5 * minuteMs;
const mostNames = 3;

/** My replies: tokens by model, and how many of them CloudTrail can be expected to show, and has shown. */
type Mine = {readonly tokens: Map<string, number>; replies: number; withId: number; seen: number};

const addTokens = (tokens: Mine['tokens'], name: string, count: number) =>
	tokens.set(name, (tokens.get(name) ?? 0) + count);

const mine: Measure<Entry, Mine> = {
	create: () => ({tokens: new Map(), replies: 0, withId: 0, seen: 0}),
	add(sum, {posting: {model, profile, turn}, seen}) {
		if (turn.provider !== 'bedrock') return;
		addTokens(sum.tokens, model ?? profile ?? turn.model, totalTokens(turn.usage));
		if (turn.unlogged) return;
		sum.replies++;
		if (turn.requestId !== undefined) sum.withId++;
		if (seen !== undefined) sum.seen++;
	},
	merge(sum, part) {
		for (const [name, tokens] of part.tokens) addTokens(sum.tokens, name, tokens);
		sum.replies += part.replies;
		sum.withId += part.withId;
		sum.seen += part.seen;
	},
};

const driftOf = (local: Mine['tokens'], account: AccountSpend | undefined): readonly ModelDrift[] => {
	const seen = new Map<string, number>();
	for (const {model, profile, usage} of account?.models ?? []) addTokens(seen, model ?? profile, totalTokens(usage));
	const names = [...new Set([...local.keys(), ...seen.keys()])].sort();
	return names.map(model => ({
		model,
		localTokens: local.get(model) ?? 0,
		accountTokens: seen.get(model) ?? null,
	}));
};

const others = (
	callers: readonly Caller[],
	share: number | undefined,
	elsewhere: number,
): ReconcileNote | undefined => {
	if (share === undefined || share > 0.99) return undefined;
	const strangers = callers.filter(({mine, ok}) => !mine && ok > 0);
	const named = strangers.slice(0, mostNames).map(({name, ok}) => ({name, calls: ok}));
	return {kind: 'others', share: 1 - share, elsewhere, callers: named, unnamed: strangers.length - named.length};
};

/** The moment after this one, for windows that do not hold it, epoch ms. */
const after = (at: number) => at + 1;

const ahead = (
	drift: readonly ModelDrift[],
	{ledger: {entries}, account, since, metricsAt, now}: Evidence,
): readonly ReconcileNote[] => {
	if (metricsAt === undefined) return [];
	const settledUntil = after(metricsAt - settlingMs);
	const recent = sumBetween(entries, mine, Math.max(since, settledUntil)).replies;
	const settledTokens = driftOf(sumBetween(entries, mine, since, settledUntil).tokens, undefined);
	const missing = settledTokens.filter(({model, localTokens}) => {
		if (account?.lowerBound === true) return false;
		const seen = drift.find(one => one.model === model)?.accountTokens ?? 0;
		return localTokens > seen * 1.01;
	});
	return [
		...(recent === 0 ? [] : [{kind: 'metrics-behind' as const, replies: recent, answeredMsAgo: now - metricsAt}]),
		...missing.map(({model, localTokens}) => {
			const seen = drift.find(one => one.model === model)?.accountTokens ?? 0;
			return {kind: 'missing-in-metrics' as const, model, tokens: localTokens - seen};
		}),
	];
};

const unseenOf = ({withId, seen}: Mine): number => withId - seen;

const audit = (unseen: number, {ledger: {entries}, log, since, trailAt, now}: Evidence): readonly ReconcileNote[] => {
	const lostUntil = now - latestMs;
	const lost = unseenOf(sumBetween(entries, mine, since, lostUntil));
	const oldest = log.counted.first?.at ?? Number.POSITIVE_INFINITY;
	// What lies before the oldest record read cannot be expected to be found.
	const really = unseenOf(sumBetween(entries, mine, Math.max(since, after(oldest)), lostUntil));
	const late = unseen - lost;
	if (trailAt === undefined) return [];
	return [
		...(late === 0 ? [] : [{kind: 'trail-behind' as const, replies: late}]),
		...(really === 0 ? [] : [{kind: 'missing-in-trail' as const, replies: really}]),
	];
};

const againstBill = (billed: Evidence['billed']): ReconcileNote | undefined => {
	if (billed === undefined || billed.amount === 0n || billed.estimate === 0n) return undefined;
	const {amount, estimate, through} = billed;
	const drift = Number(((estimate - amount) * 1000n) / amount) / 10;
	return {kind: 'bill-drift', through, percent: drift};
};

/** Compares the clocks. Nothing here is a fault by itself: the notes say what a difference most likely is. */
export const reconcile = (evidence: Evidence): Reconciliation => {
	const {ledger, log, account, callers, since, feedSince, arn} = evidence;
	const local = sumBetween(ledger.entries, mine, since);
	const models = driftOf(local.tokens, account);
	const localTokens = models.reduce((sum, model) => sum + model.localTokens, 0);
	const accountTokens = account?.tokens;
	const hasShare = accountTokens !== undefined && accountTokens > 0;
	const share = hasShare ? Math.min(1, localTokens / accountTokens) : undefined;
	const unwrittenCalls = unwrittenSince(log, Math.max(feedSince, since), arn);
	const unpriced = (account?.models ?? []).flatMap(({profile, calls, unpriced: reason}) =>
		reason === undefined || calls === 0 ? [] : [{kind: 'unpriced' as const, profile, reason}],
	);
	return {
		...{localTokens, accountTokens, share, models, unwrittenCalls},
		joinedCalls: local.seen,
		unseenCalls: local.replies - local.seen,
		notes: [
			others(callers, share, unwrittenCalls),
			account?.lowerBound === true ? {kind: 'unread' as const, names: account.unread} : undefined,
			...ahead(models, evidence),
			...audit(unseenOf(local), evidence),
			againstBill(evidence.billed),
			unwrittenCalls === 0 ? undefined : {kind: 'unwritten' as const, calls: unwrittenCalls},
			...unpriced,
		].filter(note => note !== undefined),
	};
};

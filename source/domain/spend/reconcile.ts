import type {Caller} from '../calls/callers.ts';
import type {EventLog} from '../calls/event-log.ts';
import type {PicoUsd} from '../money/money.ts';
import {totalTokens} from '../money/usage.ts';
import type {AccountSpend} from './account-spend.ts';
import type {Ledger, Posting} from './ledger.ts';
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
	readonly isMine: (call: {readonly arn?: string | undefined; readonly requestId?: string | undefined}) => boolean;
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

const nameOf = ({model, profile, turn}: Posting) => model ?? profile ?? turn.model;

const driftOf = (mine: readonly Posting[], account: AccountSpend | undefined): readonly ModelDrift[] => {
	const local = new Map<string, number>();
	for (const posting of mine) {
		const name = nameOf(posting);
		local.set(name, (local.get(name) ?? 0) + totalTokens(posting.turn.usage));
	}
	const seen = new Map<string, number>();
	for (const {model, profile, usage} of account?.models ?? []) {
		const name = model ?? profile;
		seen.set(name, (seen.get(name) ?? 0) + totalTokens(usage));
	}
	const names = [...new Set([...local.keys(), ...seen.keys()])].sort();
	return names.map(model => ({
		model,
		localTokens: local.get(model) ?? 0,
		accountTokens: seen.get(model) ?? null,
	}));
};

const others = (callers: readonly Caller[], share: number | undefined): ReconcileNote | undefined => {
	if (share === undefined || share > 0.99) return undefined;
	const strangers = callers.filter(({mine, ok}) => !mine && ok > 0);
	const named = strangers.slice(0, mostNames).map(({name, ok}) => ({name, calls: ok}));
	return {kind: 'others', share: 1 - share, callers: named, unnamed: strangers.length - named.length};
};

const ahead = (
	drift: readonly ModelDrift[],
	mine: readonly Posting[],
	{metricsAt, now}: Evidence,
): readonly ReconcileNote[] => {
	if (metricsAt === undefined) return [];
	const recent = mine.filter(({turn}) => turn.at > metricsAt - settlingMs).length;
	const settled = mine.filter(({turn}) => turn.at <= metricsAt - settlingMs);
	const settledTokens = driftOf(settled, undefined);
	const missing = settledTokens.filter(({model, localTokens}) => {
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

const audit = (mine: readonly Posting[], {log, trailAt, now}: Evidence) => {
	const ids = new Set([...log.counted.values()].map(({requestId}) => requestId));
	const withId = mine.filter(({turn}) => turn.requestId !== undefined);
	const unseen = withId.filter(({turn}) => !ids.has(turn.requestId));
	const lost = unseen.filter(({turn}) => turn.at < now - latestMs);
	const oldest = Math.min(...[...log.counted.values()].map(({at}) => at));
	// What lies before the oldest record read cannot be expected to be found.
	const really = lost.filter(({turn}) => turn.at > oldest);
	const late = unseen.length - lost.length;
	const notes: readonly ReconcileNote[] =
		trailAt === undefined
			? []
			: [
					...(late === 0 ? [] : [{kind: 'trail-behind' as const, replies: late}]),
					...(really.length === 0 ? [] : [{kind: 'missing-in-trail' as const, replies: really.length}]),
				];
	return {joined: withId.length - unseen.length, notes};
};

const againstBill = (billed: Evidence['billed']): ReconcileNote | undefined => {
	if (billed === undefined || billed.amount === 0n || billed.estimate === 0n) return undefined;
	const {amount, estimate, through} = billed;
	const drift = Number(((estimate - amount) * 1000n) / amount) / 10;
	return {kind: 'bill-drift', through, percent: drift};
};

/** Bedrock replies of this machine that no transcript has, though CloudTrail counts them as mine. */
const unwritten = ({ledger, log, isMine, feedSince, since}: Evidence): number => {
	const ids = new Set([...ledger.values()].map(({turn}) => turn.requestId));
	const from = Math.max(feedSince, since);
	const calls = [...log.counted.values()].filter(call => call.at >= from && call.outcome === 'ok' && isMine(call));
	return calls.filter(({requestId}) => !ids.has(requestId)).length;
};

const compute = (evidence: Evidence): Reconciliation => {
	const {ledger, account, callers, since} = evidence;
	const mine = [...ledger.values()].filter(({turn}) => turn.provider === 'bedrock' && turn.at >= since);
	const models = driftOf(mine, account);
	const localTokens = mine.reduce((sum, {turn}) => sum + totalTokens(turn.usage), 0);
	const accountTokens = account?.tokens;
	const hasShare = accountTokens !== undefined && accountTokens > 0;
	const share = hasShare ? Math.min(1, localTokens / accountTokens) : undefined;
	const {joined, notes} = audit(mine, evidence);
	const unwrittenCalls = unwritten(evidence);
	const unpriced = (account?.models ?? []).flatMap(({profile, calls, unpriced: reason}) =>
		reason === undefined || calls === 0 ? [] : [{kind: 'unpriced' as const, profile, reason}],
	);
	return {
		...{localTokens, accountTokens, share, models, unwrittenCalls},
		joinedCalls: joined,
		unseenCalls: mine.length - joined,
		notes: [
			others(callers, share),
			...ahead(models, mine, evidence),
			...notes,
			againstBill(evidence.billed),
			unwrittenCalls === 0 ? undefined : {kind: 'unwritten' as const, calls: unwrittenCalls},
			...unpriced,
		].filter(note => note !== undefined),
	};
};

let remembered: {readonly evidence: Evidence; readonly result: Reconciliation} | undefined;

/** Whether two moments give the same answer: ages are told in minutes. */
const isSame = (a: Evidence, b: Evidence): boolean => {
	const keys = ['ledger', 'log', 'account', 'since', 'metricsAt', 'trailAt'] as const;
	const isSameBill = a.billed?.amount === b.billed?.amount && a.billed?.estimate === b.billed?.estimate;
	return isSameBill && keys.every(key => a[key] === b[key]) && b.now - a.now < minuteMs && b.now >= a.now;
};

/**
 * Compares the clocks. Nothing here is a fault by itself: the notes say what a difference most likely means. The last
 * answer is kept for a minute, while nothing arrives.
 */
export const reconcile = (evidence: Evidence): Reconciliation => {
	if (remembered !== undefined && isSame(remembered.evidence, evidence)) return remembered.result;
	const result = compute(evidence);
	remembered = {evidence, result};
	return result;
};

import type {PicoUsd} from '../money/money.ts';

/**
 * What CloudWatch charges for one request, pico-dollars: $0.01 per thousand. Its first million a month are free, but
 * whether others used them up is not known here, so they are counted. https://aws.amazon.com/cloudwatch/pricing/
 */
export const metricRequestPrice: PicoUsd = 10_000_000n;

/** One request that was made of AWS. */
export type Request = {
	/** As IAM names it: `cloudtrail:LookupEvents`. */
	readonly operation: string;
	/** What AWS charges for it, pico-dollars. */
	readonly price: PicoUsd;
	/** Epoch ms. */
	readonly at: number;
};

/** What watching has cost so far, and what a day of it comes to. */
export type WatchCost = {
	readonly soFar: PicoUsd;
	/** At the rate of the last hour; in the first minutes as planned; undefined while there is no plan either. */
	readonly perDay: PicoUsd | undefined;
	/** The most it may cost in a day. */
	readonly cap: PicoUsd;
	readonly metricsRequested: number;
};

/** Requests by operation, what they cost, and what was spent by minute of the last hour (epoch ms of its start). */
export type Requests = {
	readonly counts: ReadonlyMap<string, number>;
	readonly spent: PicoUsd;
	readonly firstAt?: number | undefined;
	readonly recent: ReadonlyMap<number, PicoUsd>;
};

export const noRequests: Requests = {counts: new Map(), spent: 0n, recent: new Map()};

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** The first reading asks for the whole day at once. */
const warmUpMs = 3 * minuteMs;
const leastMs = 10 * minuteMs;

export const countRequest = (
	{counts, spent, firstAt = Number.POSITIVE_INFINITY, recent}: Requests,
	{operation, price, at}: Request,
): Requests => {
	const minute = Math.floor(at / minuteMs) * minuteMs;
	const kept = new Map([...recent].filter(([when]) => when > at - hourMs));
	kept.set(minute, (kept.get(minute) ?? 0n) + price);
	return {
		counts: new Map(counts).set(operation, (counts.get(operation) ?? 0) + 1),
		spent: spent + price,
		firstAt: Math.min(firstAt, at),
		recent: kept,
	};
};

/** Sums up what watching costs at that moment (epoch ms); `planned` stands in while too little was measured. */
export const watchCost = (
	{counts, spent: soFar, firstAt, recent}: Requests,
	{cap, planned, now}: {readonly cap: PicoUsd; readonly planned: PicoUsd | undefined; readonly now: number},
): WatchCost => {
	const settledAt = Math.max((firstAt ?? now) + warmUpMs, now - hourMs);
	const watchedMs = now - settledAt;
	const spent = [...recent].reduce((sum, [at, cost]) => (at >= settledAt ? sum + cost : sum), 0n);
	return {
		...{soFar, cap},
		perDay: watchedMs < leastMs ? planned : (spent * BigInt(24 * hourMs)) / BigInt(Math.round(watchedMs)),
		metricsRequested: counts.get('cloudwatch:GetMetricStatistics') ?? 0,
	};
};

/** The part of what watching may cost that is for CloudWatch: with the default of $0.10 a day it stays below $0.05. */
export const metricsShare = (cap: PicoUsd): PicoUsd => (cap * 9n) / 20n;

import type {PicoUsd} from '../money/money.ts';
import {promptTokens} from '../money/usage.ts';
import type {Ledger, Posting} from './ledger.ts';

/** What the prompt cache costs and saves, priced Bedrock replies only; pico-dollars at list price. */
export type CacheEconomics = {
	readonly reads: PicoUsd;
	readonly writes: PicoUsd;
	/** What the same prompts would have cost uncached, less what they did cost; negative when writing never paid off. */
	readonly saved: PicoUsd;
	/** Cache reads of all prompt tokens, 0 to 1; undefined without a prompt. */
	readonly hitShare: number | undefined;
};

/** A session that pays for writing its context again and again instead of reading it. */
export type Thrash = {
	readonly sessionId: string;
	readonly cwd?: string | undefined;
	readonly readTokens: number;
	readonly writeTokens: number;
};

const isBedrockSince =
	(since: number) =>
	({turn}: Posting) =>
		turn.provider === 'bedrock' && turn.at >= since;

const compute = (ledger: Ledger, since: number): CacheEconomics => {
	let [reads, writes, saved] = [0n, 0n, 0n];
	let [readTokens, prompt] = [0, 0];
	for (const {turn, quote} of [...ledger.values()].filter(isBedrockSince(since))) {
		readTokens += turn.usage.cacheRead;
		prompt += promptTokens(turn.usage);
		if (quote.state === 'unpriced') continue;
		const {input = 0n, cacheRead = 0n, cacheWrite5m = 0n, cacheWrite1h = 0n} = quote.price.rates;
		const {usage} = turn;
		const read = cacheRead * BigInt(usage.cacheRead);
		const write = cacheWrite5m * BigInt(usage.cacheWrite5m) + cacheWrite1h * BigInt(usage.cacheWrite1h);
		const cached = BigInt(usage.cacheRead + usage.cacheWrite5m + usage.cacheWrite1h);
		reads += read;
		writes += write;
		saved += input * cached - read - write;
	}
	return {reads, writes, saved, hitShare: prompt === 0 ? undefined : readTokens / prompt};
};

const remembered = new WeakMap<Ledger, {readonly since: number; readonly economics: CacheEconomics}>();

/** Reads, writes and what they saved since then (epoch ms). Computed once per ledger and window. */
export const cacheEconomics = (ledger: Ledger, since: number): CacheEconomics => {
	const known = remembered.get(ledger);
	if (known?.since === since) return known.economics;
	const economics = compute(ledger, since);
	remembered.set(ledger, {since, economics});
	return economics;
};

const alarmMs = 10 * 60_000;
/** In each half of the ten minutes, so that one large first prompt raises no alarm. */
const leastReplies = 2;
const leastWritten = 50_000;

const isThrashing = (postings: readonly Posting[]): boolean => {
	const sum = (kind: 'cacheRead' | 'cacheWrite5m' | 'cacheWrite1h') =>
		postings.reduce((total, {turn}) => total + turn.usage[kind], 0);
	const written = sum('cacheWrite5m') + sum('cacheWrite1h');
	return postings.length >= leastReplies && written >= leastWritten && written > sum('cacheRead');
};

/** Sessions whose cache writes stayed high and reads low in both halves of the last ten minutes. */
export const thrashingSessions = (ledger: Ledger, now: number): readonly Thrash[] => {
	const recent = new Map<string, Posting[]>();
	for (const posting of ledger.values()) {
		const isRecent = isBedrockSince(now - alarmMs)(posting) && posting.turn.at <= now;
		if (!isRecent) continue;
		const {sessionId} = posting.turn;
		recent.set(sessionId, [...(recent.get(sessionId) ?? []), posting]);
	}
	return [...recent].flatMap(([sessionId, postings]) => {
		const middle = now - alarmMs / 2;
		const early = postings.filter(({turn}) => turn.at < middle);
		const late = postings.filter(({turn}) => turn.at >= middle);
		if (!isThrashing(early) || !isThrashing(late)) return [];
		const tokens = (kind: 'cacheRead' | 'cacheWrite5m' | 'cacheWrite1h') =>
			postings.reduce((total, {turn}) => total + turn.usage[kind], 0);
		return [
			{
				sessionId,
				cwd: postings[0]?.turn.cwd,
				readTokens: tokens('cacheRead'),
				writeTokens: tokens('cacheWrite5m') + tokens('cacheWrite1h'),
			},
		];
	});
};

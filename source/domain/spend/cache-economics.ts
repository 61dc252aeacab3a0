import {type Measure, sumBetween} from '../common/timeline.ts';
import type {PicoUsd} from '../money/money.ts';
import {promptTokens} from '../money/usage.ts';
import {type Entry, entriesSince, type Ledger} from './ledger.ts';
import type {Posting} from './posting.ts';

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

type Sums = {reads: PicoUsd; writes: PicoUsd; saved: PicoUsd; readTokens: number; prompt: number};

const cacheSums: Measure<Entry, Sums> = {
	create: () => ({reads: 0n, writes: 0n, saved: 0n, readTokens: 0, prompt: 0}),
	add(sum, {posting: {turn, quote}}) {
		if (turn.provider !== 'bedrock') return;
		const {usage} = turn;
		sum.readTokens += usage.cacheRead;
		sum.prompt += promptTokens(usage);
		if (quote.state === 'unpriced') return;
		const {input = 0n, cacheRead = 0n, cacheWrite5m = 0n, cacheWrite1h = 0n} = quote.price.rates;
		const read = cacheRead * BigInt(usage.cacheRead);
		const write = cacheWrite5m * BigInt(usage.cacheWrite5m) + cacheWrite1h * BigInt(usage.cacheWrite1h);
		const cached = BigInt(usage.cacheRead + usage.cacheWrite5m + usage.cacheWrite1h);
		sum.reads += read;
		sum.writes += write;
		sum.saved += input * cached - read - write;
	},
	merge(sum, part) {
		sum.reads += part.reads;
		sum.writes += part.writes;
		sum.saved += part.saved;
		sum.readTokens += part.readTokens;
		sum.prompt += part.prompt;
	},
};

/** Reads, writes and what they saved since then (epoch ms). */
export const cacheEconomics = ({entries}: Ledger, since: number): CacheEconomics => {
	const {reads, writes, saved, readTokens, prompt} = sumBetween(entries, cacheSums, since);
	return {reads, writes, saved, hitShare: prompt === 0 ? undefined : readTokens / prompt};
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
	const recent = [...entriesSince(ledger, now - alarmMs)].filter(
		({at, posting}) => at <= now && !posting.turn.unlogged && posting.turn.provider === 'bedrock',
	);
	const bySession = [...Map.groupBy(recent, ({posting}) => posting.turn.sessionId)];
	return bySession
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.flatMap(([sessionId, entries]) => {
			const postings = entries.map(({posting}) => posting);
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

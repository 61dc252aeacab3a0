import {type CountMetric, type Metrics, type ModelMetrics, seriesOf} from './metrics.ts';
import {parseModelId} from './model-id.ts';
import type {PicoUsd} from './money.ts';
import {type Asked, type PriceBook, quote} from './price-book.ts';
import {sumSince} from './series.ts';
import {noUsage, type Usage} from './usage.ts';

/** What CloudWatch's token counts of the whole account come to. */
export type AccountSpend = {
	readonly since: number;
	/** On the assumption of 5-minute cache writes and no prompt above a price step. */
	readonly amount: PicoUsd;
	/** The same as `amount`: nothing CloudWatch leaves open makes it cheaper. */
	readonly low: PicoUsd;
	/** If every cache write were for an hour and every prompt above the step. */
	readonly high: PicoUsd;
	readonly calls: number;
	readonly tokens: number;
	readonly unpricedTokens: number;
};

/** Longer than any price step, so that what is added to it is charged above the step. */
const longPrompt = 1_000_000;

const priceOf = (book: PriceBook, usage: Usage, asked: Asked): PicoUsd | undefined => {
	const quoted = quote(book, usage, asked);
	return quoted.state === 'priced' ? quoted.amount : undefined;
};

/** Sums of many calls cannot be quoted as one: its size would cross a price step that no single call did. */
const priceSum = (book: PriceBook, usage: Usage, asked: Asked, isAboveStep: boolean): PicoUsd | undefined => {
	const base = isAboveStep ? longPrompt : 0;
	const before = priceOf(book, {...noUsage, input: base}, asked);
	let sum = 0n;
	for (const [kind, count] of Object.entries(usage) as [keyof Usage, number][]) {
		if (count === 0) continue;
		const one = {...noUsage, input: base};
		const after = priceOf(book, {...one, [kind]: one[kind] + 1}, asked);
		if (before === undefined || after === undefined) return undefined;
		sum += (after - before) * BigInt(count);
	}
	return sum;
};

const add = (total: AccountSpend, model: ModelMetrics, book: PriceBook, at: number): AccountSpend => {
	const sum = (metric: CountMetric) => Math.round(sumSince(seriesOf(model, metric), total.since));
	const writes = sum('CacheWriteInputTokens');
	const usage: Usage = {
		...noUsage,
		input: sum('InputTokenCount'),
		output: sum('OutputTokenCount'),
		cacheRead: sum('CacheReadInputTokens'),
	};
	const tokens = usage.input + usage.output + usage.cacheRead + writes;
	const {model: id, scope} = parseModelId(model.profile);
	const counted = {...total, calls: total.calls + sum('Invocations'), tokens: total.tokens + tokens};
	const asked = {model: id ?? model.profile, scope, at};
	const amount = priceSum(book, {...usage, cacheWrite5m: writes}, asked, false);
	const high = priceSum(book, {...usage, cacheWrite1h: writes}, asked, true);
	if (amount === undefined) return {...counted, unpricedTokens: total.unpricedTokens + tokens};
	return {
		...counted,
		amount: total.amount + amount,
		low: total.low + amount,
		high: total.high + (high ?? amount),
	};
};

/**
 * The account's estimate since then (epoch ms), at the prices of `at`. The 5-minute and 1-hour split of cache writes and
 * the size of single prompts are not in CloudWatch: hence a range. Undefined while CloudWatch has said nothing.
 */
export const accountSpend = (
	metrics: Metrics,
	book: PriceBook,
	{since, at}: {readonly since: number; readonly at: number},
): AccountSpend | undefined => {
	if (metrics.size === 0) return undefined;
	const nothing = {since, amount: 0n, low: 0n, high: 0n, calls: 0, tokens: 0, unpricedTokens: 0};
	return [...metrics.values()].reduce((total, model) => add(total, model, book, at), nothing);
};

/** The part of the account's money that is mine, 0 to 1; undefined where there is nothing to compare with. */
export const shareOfAccount = ({
	account,
	spend,
}: {
	readonly account: AccountSpend | undefined;
	readonly spend: {readonly local: {readonly amount: PicoUsd}};
}): number | undefined => {
	if (account === undefined || account.amount === 0n) return undefined;
	// The transcripts are minutes ahead of CloudWatch: more than everything is everything.
	return Math.min(1, Number((spend.local.amount * 10_000n) / account.amount) / 10_000);
};

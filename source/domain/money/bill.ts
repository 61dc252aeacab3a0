import {record, text} from '../common/json.ts';
import type {PicoUsd} from './money.ts';

/** What AWS charged one model, by Cost Explorer's name of it: `Claude Opus 5.5 (Amazon Bedrock Edition)`. */
export type BilledModel = {readonly service: string; readonly amount: PicoUsd};

/** Claude on Bedrock on the bill of the month so far. Hours to a day late. */
export type Bill = {
	/** First day and the day after the last, as Cost Explorer counts them: UTC, `YYYY-MM-DD`. */
	readonly from: string;
	readonly to: string;
	readonly amount: PicoUsd;
	/** By day, UTC; only days with an entry. */
	readonly days: ReadonlyMap<string, PicoUsd>;
	/** Dearest first. */
	readonly models: readonly BilledModel[];
	/** AWS still expects the figures to change. */
	readonly isProvisional: boolean;
	/** When it was asked for, epoch ms. */
	readonly askedAt: number;
	readonly currency: string;
};

/**
 * Claude models are billed as services of their own, each under its name with this ending; `Amazon Bedrock` itself is
 * Nova, Titan, logs and guardrails. https://aws.amazon.com/marketplace/ (seller of record), facts of real accounts.
 */
export const isClaudeOnBedrock = (service: string): boolean => /^Claude\b.*\(Amazon Bedrock Edition\)$/.test(service);

/** What a day's entry says at most: Cost Explorer's first days after midnight UTC are empty. */
export const billedThrough = ({days}: Bill): string | undefined => [...days.keys()].sort().at(-1);

/** A bill as JSON can hold it. */
export const billToJson = (bill: Bill) => ({
	...bill,
	amount: String(bill.amount),
	days: [...bill.days].map(([day, amount]) => [day, String(amount)]),
	models: bill.models.map(({service, amount}) => ({service, amount: String(amount)})),
});

const amountOf = (value: unknown): PicoUsd | undefined =>
	typeof value === 'string' && /^-?\d{1,30}$/.test(value) ? BigInt(value) : undefined;

/** Reads what `billToJson` wrote; undefined for anything else. */
export const billFromJson = (value: unknown): Bill | undefined => {
	const it = record(value);
	const [from, to, currency] = [text(it?.from), text(it?.to), text(it?.currency)];
	const [amount, askedAt] = [amountOf(it?.amount), it?.askedAt];
	const isWhole = from !== undefined && to !== undefined && currency !== undefined && amount !== undefined;
	if (!isWhole || typeof askedAt !== 'number') return undefined;
	const days = new Map<string, PicoUsd>();
	for (const entry of Array.isArray(it?.days) ? it.days : []) {
		const [day, spent] = Array.isArray(entry) ? [text(entry[0]), amountOf(entry[1])] : [];
		if (day === undefined || spent === undefined) return undefined;
		days.set(day, spent);
	}
	const models: BilledModel[] = [];
	for (const entry of Array.isArray(it?.models) ? it.models.map(record) : []) {
		const [service, spent] = [text(entry?.service), amountOf(entry?.amount)];
		if (service === undefined || spent === undefined) return undefined;
		models.push({service, amount: spent});
	}
	return {from, to, amount, days, models, isProvisional: it?.isProvisional === true, askedAt, currency};
};

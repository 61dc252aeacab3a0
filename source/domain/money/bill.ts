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

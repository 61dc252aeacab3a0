import type {Amount} from '../domain/money/amount.ts';
import type {PicoUsd} from '../domain/money/money.ts';
import type {Verdict} from '../domain/routing/routing.ts';

/** What a sum of replies needs to be written as money. */
export type Sum = Pick<Amount, 'amount' | 'low' | 'high' | 'calls' | 'unpricedCalls' | 'unpricedTokens' | 'lowerBound'>;

/** What one short line says about this machine. It names no account, no principal and no folder. */
export type Status = {
	readonly verdict: Verdict;
	/** Calls have done nothing but fail since the last reply. */
	readonly isFailing?: true | undefined;
	/** What the window cost; undefined while no transcript has been read. */
	readonly spent?: Sum | undefined;
	/** The transcripts could not be read at all. */
	readonly isUnread: boolean;
	/** `today`, or how far the window reaches back. */
	readonly window: string;
	/** Per hour. */
	readonly burn?: PicoUsd | undefined;
	/** The newest one, in words; `at` is epoch ms. */
	readonly refusal?: {readonly model?: string | undefined; readonly words: string; readonly at: number} | undefined;
};

/** The window that begins with the local day: only such a line ends at midnight. */
export const today = 'today';

/** A refusal is shown for so long, ms. */
export const freshRefusalMs = 15 * 60_000;

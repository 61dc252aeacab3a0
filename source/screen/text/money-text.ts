import {isUnpriced} from '../../domain/money/amount.ts';
import type {PicoUsd} from '../../domain/money/money.ts';
import type {Sum} from '../../state/status.ts';
import {formatCount, formatUsd} from './format.ts';

type Figure = Readonly<Record<'amount' | 'low' | 'high', PicoUsd>> & {readonly lowerBound?: boolean};

/** One figure, or the range it lies in: `$4.40–4.90`; ≥ where it is a lower bound. */
export const rangeText = ({amount, low, high, lowerBound = false}: Figure): string =>
	`${lowerBound ? '≥' : ''}${low === high ? formatUsd(amount) : `${formatUsd(low)}–${formatUsd(high).slice(1)}`}`;

const hasUnpriced = ({unpricedCalls, unpricedTokens}: Sum): boolean => unpricedCalls > 0 || unpricedTokens > 0;

/**
 * A sum of replies as money: a range where it is not exact, ≥ for a lower bound, which one with unpriced parts is, never
 * $0 for an unknown price.
 */
export const moneyText = (sum: Sum): string => {
	if (isUnpriced(sum)) return `unpriced ${formatCount(sum.unpricedTokens)} tok`;
	return rangeText({...sum, lowerBound: sum.lowerBound || hasUnpriced(sum)});
};

/** What of a sum is not in its dollars: `+12k tok unpriced`; undefined where that is nothing or all of it. */
export const unpricedPart = (sum: Sum): string | undefined => {
	if (isUnpriced(sum) || !hasUnpriced(sum)) return undefined;
	return sum.unpricedTokens > 0 ? `+${formatCount(sum.unpricedTokens)} tok unpriced` : `+${sum.unpricedCalls} unpriced`;
};

/** The money and what is not in it: `≥$1.20 +12k tok unpriced`. */
export const costText = (sum: Sum): string => [moneyText(sum), unpricedPart(sum)].filter(part => part).join(' ');

/** What was billed without a reply line, within a sum: `incl. $0.31 unlogged (compaction)`; undefined where nothing was. */
export const unloggedText = ({
	unlogged,
	unloggedTokens,
}: {
	readonly unlogged: PicoUsd;
	readonly unloggedTokens: number;
}): string | undefined => {
	if (unloggedTokens === 0) return undefined;
	const what = unlogged === 0n ? `${formatCount(unloggedTokens)} tok` : formatUsd(unlogged);
	return `incl. ${what} unlogged (compaction)`;
};

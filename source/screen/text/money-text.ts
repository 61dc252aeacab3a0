import {isUnpriced} from '../../domain/money/amount.ts';
import type {PicoUsd} from '../../domain/money/money.ts';
import type {Sum} from '../../state/status.ts';
import {formatCount, formatUsd} from './format.ts';

type Figure = Readonly<Record<'amount' | 'low' | 'high', PicoUsd>> & {readonly lowerBound?: boolean};

/** One figure, or the range it lies in: `$4.40–4.90`; ≥ where it is a lower bound. */
export const rangeText = ({amount, low, high, lowerBound = false}: Figure): string =>
	`${lowerBound ? '≥' : ''}${low === high ? formatUsd(amount) : `${formatUsd(low)}–${formatUsd(high).slice(1)}`}`;

/** A sum of replies as money: a range where it is not exact, ≥ for a lower bound, never $0 for an unknown price. */
export const moneyText = (sum: Sum): string => {
	if (isUnpriced(sum)) return `unpriced ${formatCount(sum.unpricedTokens)} tok`;
	return rangeText(sum);
};

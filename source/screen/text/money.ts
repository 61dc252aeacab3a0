import type {Budget} from '../../domain/spend/budget.ts';
import {answeredAt, hasSpoken} from '../../state/health.ts';
import type {Overview} from '../../state/overview.ts';
import {formatUsd} from './format.ts';
import {type Line, type Style, span} from './line.ts';

import {moneyText} from './money-text.ts';

export {costText, moneyText, rangeText, unloggedText, unpricedPart} from './money-text.ts';

const levelStyle: Readonly<Record<Budget['level'], Style>> = {ok: 'good', near: 'warn', over: 'bad'};
const levelMark: Readonly<Record<Budget['level'], string>> = {ok: '', near: '▲ ', over: '✗ '};

/** `▲ 86% of $20.00 today` */
export const budgetWords = ({period, share, limit, level}: Budget): string =>
	`${levelMark[level]}${Math.floor(share * 100)}% of ${formatUsd(limit)} ${period === 'day' ? 'today' : 'this month'}`;

/** A bar of how much of a limit is used, with its words behind it. */
export const budgetLine = (budget: Budget, width: number): Line => {
	const words = ` ${budgetWords(budget)}`;
	const cells = Math.min(24, width - words.length - 1);
	const style = levelStyle[budget.level];
	if (cells < 6) return [span(words.trim(), style)];
	const full = Math.min(cells, Math.round(budget.share * cells));
	return [span('█'.repeat(full), style), span('░'.repeat(cells - full), 'dim'), span(words, style)];
};

/** What was spent in the window: `…` while nothing has been read, `?` where it cannot be. */
export const spentText = ({spend: {local}, state}: Overview): string => {
	if (local.calls > 0 || answeredAt(state, 'transcripts') !== undefined) return moneyText(local);
	return hasSpoken(state, 'transcripts') ? '?' : '…';
};

import {isUnpriced} from '../../domain/money/amount.ts';
import {totalTokens} from '../../domain/money/usage.ts';
import type {ModelSpend} from '../../domain/spend/spend.ts';
import {outlookOf} from '../../state/lifecycle.ts';
import type {Overview} from '../../state/overview.ts';
import type {Column} from '../text/columns.ts';
import {formatCount, formatShare} from '../text/format.ts';
import type {Style} from '../text/line.ts';
import {shortModel} from '../text/model-name.ts';
import {moneyText, unpricedPart} from '../text/money.ts';
import {lifecycleWord} from '../words/lifecycle.ts';

const cacheShare = ({usage}: ModelSpend): string => {
	const prompt = usage.input + usage.cacheRead + usage.cacheWrite5m + usage.cacheWrite1h;
	return formatShare(usage.cacheRead, prompt) ?? '';
};

const scopeMark: {readonly [scope in ModelSpend['scope']]: string} = {
	global: 'global',
	geo: 'geo',
	'in-region': 'region',
	unknown: 'scope?',
};

/** The columns of the spend table. */
export const spendColumns = ({state, now}: Overview): readonly Column<ModelSpend>[] => [
	{
		title: 'model',
		cell: row => shortModel(row.model ?? row.profile ?? 'unknown'),
		max: 24,
		min: 8,
		drop: 0,
	},
	{title: 'scope', cell: ({scope}) => scopeMark[scope], style: () => 'dim', drop: 5},
	{title: 'calls', cell: ({calls}) => formatCount(calls), align: 'right', drop: 3},
	{title: 'in', cell: ({usage}) => formatCount(totalTokens(usage) - usage.output), align: 'right', drop: 4},
	{title: 'out', cell: ({usage}) => formatCount(usage.output), align: 'right', drop: 2},
	{title: 'cached', cell: cacheShare, style: () => 'dim', align: 'right', drop: 1},
	{
		title: 'cost',
		cell: moneyText,
		style: (row): Style => (isUnpriced(row) ? 'warn' : 'strong'),
		align: 'right',
		drop: 0,
	},
	{
		title: '',
		cell: ({model}) => (model === undefined ? '' : lifecycleWord(outlookOf(state, model, now), now)),
		style: () => 'warn',
		drop: 2,
	},
	// Without room for it the cost still says that there is more.
	{title: '', cell: row => unpricedPart(row) ?? '', style: () => 'warn', drop: 2},
];

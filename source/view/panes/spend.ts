import type {Overview} from '../../domain/overview.ts';
import type {ModelSpend} from '../../domain/spend.ts';
import {totalTokens} from '../../domain/usage.ts';
import {type Column, layOut} from '../columns.ts';
import {formatCount, formatShare, formatUsd} from '../format.ts';
import {type Line, type Style, span} from '../line.ts';
import {shortModel} from '../model-name.ts';
import {sanitize} from '../sanitize.ts';
import {clockOf, noteLines, type PaneContent, type PaneInput, problemLines} from './pane.ts';

const isUnpriced = (row: ModelSpend) => row.unpricedTokens > 0 && row.unpricedTokens === totalTokens(row.usage);

/** Dollars, a range where the amount is not exact, or how much is unpriced. Never $0 for an unknown price. */
export const moneyText = (
	row: Pick<ModelSpend, 'amount' | 'low' | 'high' | 'unpricedTokens' | 'lowerBound' | 'usage'>,
): string => {
	const isNothingPriced = row.unpricedTokens > 0 && row.unpricedTokens === totalTokens(row.usage);
	if (isNothingPriced) return `unpriced ${formatCount(row.unpricedTokens)} tok`;
	const amount = row.low === row.high ? formatUsd(row.amount) : `${formatUsd(row.low)}–${formatUsd(row.high).slice(1)}`;
	return row.lowerBound ? `≥${amount}` : amount;
};

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

const columns: readonly Column<ModelSpend>[] = [
	{
		title: 'model',
		cell: row => (row.model === undefined ? sanitize(row.profile ?? 'unknown') : shortModel(row.model)),
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
];

const pace = ({burn, projectedDay, spend}: Overview): Line => {
	const parts: Line[] = [
		[span(burn === undefined ? 'idle 15m' : `${formatUsd(burn)}/h`, burn === undefined ? 'dim' : 'plain')],
		[span(`${formatCount(spend.local.calls)} calls`, 'dim')],
	];
	if (projectedDay !== undefined) parts.splice(1, 0, [span(`day → ${formatUsd(projectedDay)}`, 'dim')]);
	const {unpricedTokens} = spend.local;
	if (unpricedTokens > 0) parts.push([span(`unpriced ${formatCount(unpricedTokens)} tok`, 'warn')]);
	return parts.flatMap((part, index) => (index === 0 ? part : [span(' · ', 'dim'), ...part]));
};

const apart = ({spend}: Overview): readonly Line[] => {
	const lines: Line[] = [];
	if (spend.direct.calls > 0) {
		const calls = `${formatCount(spend.direct.calls)} replies did not come from Bedrock`;
		lines.push([span(`▲ ${calls}: ${moneyText(spend.direct)} list price, not in the sum`, 'warn')]);
	}
	if (spend.unproven.calls > 0) {
		lines.push([span(`? ${formatCount(spend.unproven.calls)} replies of unproven origin, not in the sum`, 'warn')]);
	}
	return lines;
};

/** Spend: today's estimate big, the pace, what is kept apart, then a row per model. */
export const spendPane = ({overview, width}: PaneInput): PaneContent => {
	const {spend, state} = overview;
	const table = layOut(columns, spend.models, {width, titles: width >= 44 && spend.models.length > 0});
	const {progress} = state;
	const reading: readonly Line[] =
		progress === undefined
			? []
			: [[span(`reading transcripts ${formatShare(progress.bytesDone, progress.bytes) ?? ''}`, 'accent')]];
	return {
		title: 'Spend',
		headline: [span(moneyText(spend.local), 'strong'), span(' today, estimate', 'dim')],
		clock: clockOf(overview, 'transcripts', 'files'),
		notices: [
			...problemLines(overview, ['transcripts']),
			...noteLines(overview, 'transcripts'),
			...reading,
			pace(overview),
			...apart(overview),
		],
		table,
	};
};

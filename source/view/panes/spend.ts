import {shareOfAccount} from '../../domain/account-spend.ts';
import {answeredAt, type Overview} from '../../domain/overview.ts';
import type {Amount, ModelSpend} from '../../domain/spend.ts';
import {totalTokens} from '../../domain/usage.ts';
import {type Column, layOut} from '../columns.ts';
import {formatAge, formatCount, formatShare, formatUsd} from '../format.ts';
import {type Line, type Style, span} from '../line.ts';
import {shortModel} from '../model-name.ts';
import {clockOf, noteLines, type PaneContent, type PaneInput, problemLines} from './pane.ts';

const isUnpriced = (row: ModelSpend) => row.unpricedTokens > 0 && row.unpricedTokens === totalTokens(row.usage);

type Money = Pick<ModelSpend, 'amount' | 'low' | 'high' | 'unpricedTokens' | 'lowerBound'> & {
	/** All tokens, where they are known to be more than the unpriced ones. */
	readonly tokens: number;
};

/** Dollars, a range where the amount is not exact, or how much is unpriced. Never $0 for an unknown price. */
const formatMoney = ({amount, low, high, unpricedTokens, lowerBound, tokens}: Money): string => {
	if (unpricedTokens > 0 && unpricedTokens === tokens) return `unpriced ${formatCount(unpricedTokens)} tok`;
	const dollars = low === high ? formatUsd(amount) : `${formatUsd(low)}–${formatUsd(high).slice(1)}`;
	return lowerBound ? `≥${dollars}` : dollars;
};

/** A sum of replies as money. */
export const moneyText = (sum: Amount): string => formatMoney({...sum, tokens: totalTokens(sum.usage)});

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
		cell: row => (row.model === undefined ? (row.profile ?? 'unknown') : shortModel(row.model)),
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

const roomy = 60;

/** The account's figure beside mine, from another and later clock: compared, never added. */
const accountPart = (overview: Overview, width: number): Line | undefined => {
	const {account, state, now} = overview;
	if (account === undefined || account.tokens === 0) return undefined;
	const share = shareOfAccount(overview);
	const amount = formatMoney({...account, lowerBound: false});
	const mine = share === undefined ? '' : ` mine ${formatShare(share, 1)}`;
	const age = width >= roomy ? ` (${formatAge(answeredAt(state, 'cloudwatch'), now)})` : '';
	return [span(`account ${amount}`), span(`${age}${mine}`, 'dim')];
};

const replies = (count: number) => `${formatCount(count)} ${count === 1 ? 'reply' : 'replies'}`;

/** Replies that are in no sum of Bedrock's: said in a few words where there is little room, never left out. */
const apart = ({spend: {direct, unproven}}: Overview, width: number): readonly (Line | undefined)[] => {
	const isShort = width < roomy + 40;
	const cost = isShort ? '' : ` (${moneyText(direct)} list price, not in the sum)`;
	const unprovenText = isShort ? 'unproven' : 'of unproven origin, not in the sum';
	return [
		direct.calls === 0 ? undefined : [span(`▲ ${replies(direct.calls)} not from Bedrock${cost}`, 'warn')],
		unproven.calls === 0 ? undefined : [span(`? ${replies(unproven.calls)} ${unprovenText}`, 'warn')],
	];
};

const pace = (overview: Overview, width: number): Line => {
	const {burn, projectedDay, spend} = overview;
	const {unpricedTokens, calls} = spend.local;
	const parts: readonly (Line | undefined)[] = [
		[span(burn === undefined ? 'idle 15m' : `${formatUsd(burn)}/h`, burn === undefined ? 'dim' : 'plain')],
		...apart(overview, width),
		projectedDay === undefined ? undefined : [span(`day → ${formatUsd(projectedDay)}`, 'dim')],
		accountPart(overview, width),
		unpricedTokens === 0 ? undefined : [span(`unpriced ${formatCount(unpricedTokens)} tok`, 'warn')],
		[span(`${formatCount(calls)} calls`, 'dim')],
	];
	return parts
		.filter(part => part !== undefined)
		.flatMap((part, index) => (index === 0 ? part : [span(' · ', 'dim'), ...part]));
};

/** Spend: today's estimate big, the pace, what is kept apart, then a row per model. */
export const spendPane = (input: PaneInput): PaneContent => {
	const {overview, width} = input;
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
			...problemLines(input, 'transcripts'),
			...noteLines(overview, 'transcripts'),
			...reading,
			pace(overview, width),
		],
		table,
	};
};

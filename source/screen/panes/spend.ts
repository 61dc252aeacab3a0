import {isUnpriced} from '../../domain/money/amount.ts';
import {billedThrough} from '../../domain/money/bill.ts';
import {formatPercent} from '../../domain/money/discount.ts';
import {shareOfAccount} from '../../domain/spend/account-spend.ts';
import {lastReplyAt} from '../../domain/spend/burn.ts';
import type {ModelSpend} from '../../domain/spend/spend.ts';
import {answeredAt, isStale} from '../../state/health.ts';
import type {Overview} from '../../state/overview.ts';
import {filterRows, type Traits} from '../input/filter.ts';
import {inOrder, type Ranked} from '../input/order.ts';
import {formatAge, formatCount, formatShare, formatSpan, formatUsd} from '../text/format.ts';
import {type Line, span} from '../text/line.ts';
import {shortModel} from '../text/model-name.ts';
import {budgetLine, moneyText, rangeText, spentText, unloggedText} from '../text/money.ts';
import {organisationLines, pricingNotes} from '../words/organisation.ts';
import {reconcileNoteWords} from '../words/reconcile-note.ts';
import {unpricedWords} from '../words/unpriced-reason.ts';
import {list} from './listing.ts';
import {clockOf, noteLines, type PaneContent, type PaneInput, problemLines} from './pane.ts';
import {spendColumns} from './spend-columns.ts';

const roomy = 60;

/** The account's figure beside mine, from another and later clock: compared, never added. */
const accountPart = ({account, spend, state, now}: Overview, width: number): Line | undefined => {
	if (account === undefined || account.tokens === 0) return undefined;
	const share = shareOfAccount(account, spend.local.amount);
	const isAllUnpriced = account.unpricedTokens === account.tokens;
	const amount = isAllUnpriced ? `unpriced ${formatCount(account.tokens)} tok` : rangeText(account);
	const rest =
		!isAllUnpriced && account.unpricedTokens > 0 ? ` +${formatCount(account.unpricedTokens)} tok unpriced` : '';
	const mine = share === undefined ? '' : ` mine ${formatShare(share, 1)}`;
	const age = width >= roomy ? ` (${formatAge(answeredAt(state, 'cloudwatch'), now)})` : '';
	return [span(`account ${amount}`), span(`${rest}${age}${mine}`, 'dim')];
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

const joined = (parts: readonly (Line | undefined)[]): Line =>
	parts
		.filter(part => part !== undefined)
		.flatMap((part, index) => (index === 0 ? part : [span(' · ', 'dim'), ...part]));

const pace = (overview: Overview, width: number): Line => {
	const {burn, projectedDay, spend, state, now} = overview;
	const repliedAt = lastReplyAt(state.ledger, now);
	const idle = repliedAt === undefined ? undefined : [span(`idle ${formatAge(repliedAt, now)}`, 'dim')];
	const {unpricedCalls, unpricedTokens, calls} = spend.local;
	const unpriced = `+${unpricedCalls} unpriced ${formatCount(unpricedTokens)} tok`;
	return joined([
		burn === undefined ? idle : [span(`${formatUsd(burn)}/h`)],
		...apart(overview, width),
		unpricedCalls === 0 ? undefined : [span(unpriced, 'warn')],
		projectedDay === undefined ? undefined : [span(`day → ${formatUsd(projectedDay)}`, 'dim')],
		accountPart(overview, width),
		[span(`${formatCount(calls)} calls`, 'dim')],
	]);
};

/** Why some replies have no price, and what was taken off the others. */
const caveats = ({spend, state: {book}}: Overview): readonly Line[] => {
	const {local, unpriced} = spend;
	const reasons = unpriced.map(({model, reason, calls}): Line => {
		return [span(`▲ ${shortModel(model)} ×${calls} unpriced: `, 'warn'), span(unpricedWords(reason))];
	});
	const unlogged = unloggedText(local);
	const told = unlogged === undefined ? reasons : [...reasons, [span(unlogged, 'dim')] satisfies Line];
	if (local.list === local.amount) return told;
	const {overall} = book.discounts;
	const rate = overall === undefined ? 'per model' : formatPercent(overall);
	return [...told, [span(`list price ${formatUsd(local.list)}, your discount (${rate}) taken off`, 'dim')]];
};

/** The difference between the clocks is told in sentences, which need so many columns. */
const leastForWords = 70;

/** What the cache, AWS's bill and bedtop itself come to: shown where there is room. */
const footnotes = (overview: Overview, width: number): readonly Line[] => {
	const {cache, state, now, watch, spend, accountMonth} = overview;
	const bill = state.slices['cost-explorer'];
	const hit = cache.hitShare === undefined ? undefined : formatShare(cache.hitShare, 1);
	const saved = cache.saved < 0n ? `lost ${formatUsd(-cache.saved)}` : `saved ${formatUsd(cache.saved)}`;
	const economics = `cache ${hit} hit ${saved} (read ${formatUsd(cache.reads)}, write ${formatUsd(cache.writes)})`;
	const billed = bill && `billed ${formatUsd(bill.amount)} this month through ${billedThrough(bill) ?? 'no day yet'}`;
	const perDay = watch.perDay === undefined ? '' : `, ${formatUsd(watch.perDay)}/day`;
	return [
		...pricingNotes(overview),
		bill === undefined ? undefined : [span(`${billed} (asked ${formatAge(bill.askedAt, now)})`, 'dim')],
		accountMonth === undefined || accountMonth.tokens === 0
			? undefined
			: [span(`account this month ${rangeText(accountMonth)}`, 'dim')],
		spend.local.calls === 0 || hit === undefined ? undefined : [span(economics, 'dim')],
		state.requests.counts.size === 0
			? undefined
			: [span(`bedtop's own requests ${formatUsd(watch.soFar)}${perDay} at most`, 'dim')],
		...(width < leastForWords
			? []
			: overview.reconciliation().notes.map((note): Line => [span(reconcileNoteWords(note), 'dim')])),
	].filter(line => line !== undefined);
};

const traitsOf = (row: ModelSpend): Traits => ({
	model: shortModel(row.model ?? row.profile ?? 'unknown'),
	profile: row.profile,
	isMine: true,
	isTrouble: row.unpricedTokens > 0 || row.lowerBound,
});

/** `opus-5.5 $12.74` */
export const modelSpendWords = (row: ModelSpend): Line => [
	span(`${shortModel(row.model ?? row.profile ?? 'unknown')} `),
	span(moneyText(row), isUnpriced(row) ? 'warn' : 'strong'),
];

/** A name of the row that stays its own. */
const rowKey = ({profile, model, scope, scopeFrom}: ModelSpend) => [profile, model, scope, scopeFrom].join(' ');

/** What decides the order of the rows, and is kept steady. */
export const rankSpend = ({spend}: Overview): readonly Ranked[] =>
	spend.models.map(row => ({key: rowKey(row), value: isUnpriced(row) ? -1 : Number(row.amount)}));

/** Spend: the window's estimate big, the pace, budgets, what is kept apart, then a row per model. */
export const spendPane = (input: PaneInput): PaneContent => {
	const {overview, width, filter, order} = input;
	const {spend, state, budgets} = overview;
	const {progress} = state;
	const reading: readonly Line[] =
		progress === undefined
			? []
			: [[span(`reading transcripts ${formatShare(progress.bytesDone, progress.bytes) ?? ''}`, 'accent')]];
	return {
		headline: [
			span(spentText(overview), 'strong'),
			span(` ${formatSpan(state.spanMs, state.begins)}, estimate`, 'dim'),
		],
		clock: clockOf(overview, 'transcripts', 'files'),
		notices: [
			...problemLines(input, 'transcripts'),
			...noteLines(overview, 'transcripts'),
			...reading,
			pace(overview, width),
			...budgets.map(budget => budgetLine(budget, width)),
			...problemLines(input, 'inference-profiles'),
			...problemLines(input, 'cost-explorer'),
			...organisationLines(overview),
			...caveats(overview),
		],
		listing: list({
			columns: spendColumns(overview),
			rows: inOrder(filterRows(filter, spend.models, traitsOf), rowKey, order),
			keyOf: rowKey,
			targetOf: ({profile, model}) => ({kind: 'model', key: profile ?? model ?? ''}),
			...{width, titles: width >= 44, outOf: spend.models.length},
		}),
		footnotes: footnotes(overview, width),
		isStale: isStale(state, 'transcripts', overview.now),
	};
};

import type {Caller} from '../../domain/calls/callers.ts';
import {type Amount, isUnpriced} from '../../domain/money/amount.ts';
import {type Bill, billedThrough} from '../../domain/money/bill.ts';
import {type PicoUsd, usdNumber} from '../../domain/money/money.ts';
import {
	type OrganisationCost,
	type OrganisationPricing,
	organisationCost,
	organisationTotal,
} from '../../domain/money/organisation.ts';
import {totalTokens, type Usage} from '../../domain/money/usage.ts';
import {type AccountModel, type AccountSpend, shareOfAccount} from '../../domain/spend/account-spend.ts';
import {breakDown, type Dimension} from '../../domain/spend/breakdown.ts';
import type {Budget} from '../../domain/spend/budget.ts';
import type {ModelSpend} from '../../domain/spend/spend.ts';
import {noteWords} from '../../screen/words/note.ts';
import {reconcileNoteWords} from '../../screen/words/reconcile-note.ts';
import {unpricedWords} from '../../screen/words/unpriced-reason.ts';
import {answeredAt} from '../../state/health.ts';
import type {Overview} from '../../state/overview.ts';
import {agentsJson} from './json-agents.ts';
import {figures, iso, listUsd, money, range} from './json-values.ts';

/** What the client billed but wrote no reply line for; contained in the sum. */
const unloggedJson = ({unlogged, unloggedTokens: tokens}: Amount) =>
	tokens === 0 ? null : {...money(unlogged), tokens, from: 'cost-state'};

const amountJson = (since: number, amount: Amount) => ({since: iso(since), ...figures(amount)});

/** Where no model of the account has a price its money is null. */
const accountMoney = ({amount, tokens, unpricedTokens, ...account}: AccountSpend) =>
	tokens > 0 && unpricedTokens === tokens
		? {usd: null, picoUsd: null, usdRange: null}
		: {...money(amount), usdRange: range(account)};

const accountJson = (account: AccountSpend | undefined, asOf: number | undefined) =>
	account === undefined
		? null
		: {
				since: iso(account.since),
				...accountMoney(account),
				listUsd: listUsd(account),
				calls: account.calls,
				tokens: account.tokens,
				unpricedTokens: account.unpricedTokens,
				asOf: iso(asOf),
				lowerBound: account.lowerBound,
				unread: account.unread,
			};

type Priced = {readonly amount: PicoUsd; readonly low: PicoUsd; readonly high: PicoUsd; readonly list: PicoUsd};

/** The fields that rows of both clocks share. Without a price the money is null, never 0. */
const rowJson = (row: Priced & {readonly calls: number; readonly usage: Usage}, isPriced: boolean) => ({
	calls: row.calls,
	inputTokens: row.usage.input,
	outputTokens: row.usage.output,
	cacheReadTokens: row.usage.cacheRead,
	cacheWrite5mTokens: row.usage.cacheWrite5m,
	cacheWrite1hTokens: row.usage.cacheWrite1h,
	usd: isPriced ? usdNumber(row.amount) : null,
	picoUsd: isPriced ? String(row.amount) : null,
	usdRange: isPriced ? range(row) : null,
	listUsd: isPriced ? listUsd(row) : null,
	priced: isPriced,
});

/** At the organisation's own prices, which never replace the list's. */
const organisationJson = (cost: OrganisationCost | undefined) =>
	cost === undefined ? null : {...money(cost.amount), lowerBound: cost.lowerBound};

const localModel = (row: ModelSpend, pricing: OrganisationPricing | undefined) => ({
	model: row.model ?? null,
	scope: row.scope,
	profile: row.profile ?? null,
	clock: 'local',
	region: null,
	...rowJson(row, !isUnpriced(row)),
	unpricedTokens: row.unpricedTokens,
	unpricedReason: null,
	lowerBound: row.lowerBound,
	unlogged: unloggedJson(row),
	organisation: organisationJson(pricing && organisationCost(pricing, row)),
	priceDate: row.priceDate ?? null,
	scopeFrom: row.scopeFrom,
});

const accountModel = (row: AccountModel) => ({
	model: row.model ?? null,
	scope: row.scope,
	profile: row.profile,
	clock: 'account',
	region: row.region,
	...rowJson(row, row.unpriced === undefined),
	unpricedTokens: row.unpriced === undefined ? 0 : totalTokens(row.usage),
	unpricedReason: row.unpriced === undefined ? null : unpricedWords(row.unpriced),
	lowerBound: row.lowerBound,
	priceDate: row.priceDate ?? null,
	scopeFrom: 'metric',
});

const billJson = (bill: Bill | undefined) =>
	bill === undefined
		? null
		: {
				since: bill.from,
				through: billedThrough(bill) ?? null,
				...money(bill.amount),
				currency: bill.currency,
				provisional: bill.isProvisional,
				asOf: iso(bill.askedAt),
				days: [...bill.days].map(([day, amount]) => ({day, ...money(amount)})),
				models: bill.models.map(({service, amount}) => ({service, ...money(amount)})),
			};

const budgetJson = ({period, limit, spent, share, level, unpricedCalls}: Budget) => ({
	period,
	limitUsd: usdNumber(limit),
	spentUsd: usdNumber(spent),
	share,
	level,
	unpricedCalls,
});

const sums = ({state}: Overview, dimension: Dimension) =>
	[...breakDown(state.ledger, dimension, state.spendSince)].map(([key, amount]) => ({key, ...figures(amount)}));

/** The `spend` object. `spend.models` has this machine's rows first, then the account's; they are never to be added. */
export const spendJson = (overview: Overview) => {
	const {state, spend, burn, projectedDay, account, accountMonth, budgets, cache, thrashing} = overview;
	const asOf = answeredAt(state, 'cloudwatch');
	const pricing = state.configuration?.organisation?.pricing;
	const organisation = organisationJson(pricing && organisationTotal(pricing, spend.models));
	return {
		estimate: true,
		local: {...amountJson(spend.since, spend.local), unlogged: unloggedJson(spend.local), organisation},
		direct: amountJson(spend.since, spend.direct),
		unproven: amountJson(spend.since, spend.unproven),
		account: accountJson(account, asOf),
		accountMonth: accountJson(accountMonth, asOf),
		billed: billJson(state.slices['cost-explorer']),
		burnUsdPerHour: burn === undefined ? null : usdNumber(burn),
		projectedDayUsd: projectedDay === undefined ? null : usdNumber(projectedDay),
		budgetUsd: state.limits.day === undefined ? null : usdNumber(state.limits.day),
		budgetMonthUsd: state.limits.month === undefined ? null : usdNumber(state.limits.month),
		budgets: budgets.map(budgetJson),
		models: [
			...spend.models.map(row => localModel(row, pricing)),
			...(account?.models ?? []).filter(({calls, usage}) => calls + usage.input + usage.output > 0).map(accountModel),
		],
		unpriced: spend.unpriced.map(one => ({...one, reason: unpricedWords(one.reason)})),
		byHour: sums(overview, 'hour'),
		byDay: sums(overview, 'day'),
		bySession: sums(overview, 'session'),
		byFolder: sums(overview, 'folder'),
		byAgent: agentsJson(overview),
		byScope: sums(overview, 'scope'),
		cache: {
			readUsd: usdNumber(cache.reads),
			writeUsd: usdNumber(cache.writes),
			savedUsd: usdNumber(cache.saved),
			hitShare: cache.hitShare ?? null,
			thrashing,
		},
	};
};

/** The `reconcile` object: two clocks side by side, and the difference in words. */
export const reconcileJson = (overview: Overview) => {
	const {state, account, spend} = overview;
	const {localTokens, accountTokens, share, joinedCalls, unseenCalls, unwrittenCalls, models, notes} =
		overview.reconciliation();
	return {
		localTokens,
		accountTokens: accountTokens ?? null,
		share: share ?? null,
		usdShare: isUnpriced(spend.local) ? null : (shareOfAccount(account, spend.local.amount) ?? null),
		...{joinedCalls, unseenCalls, unwrittenCalls, models},
		notes: [...notes.map(reconcileNoteWords), ...[...state.notes.values()].flat().map(noteWords)],
	};
};

/** The `watch` object: what bedtop's own requests cost, at list price beyond the free million. */
export const watchJson = ({state, watch}: Overview) => ({
	calls: Object.fromEntries(state.requests.counts),
	metricsRequested: watch.metricsRequested,
	usdSoFar: usdNumber(watch.soFar),
	usdPerDay: watch.perDay === undefined ? null : usdNumber(watch.perDay),
	maxUsdPerDay: usdNumber(watch.cap),
});

/** Calls per principal as CloudTrail has them; tokens are evidence of the records that carry them, never cost. */
export const callerJson = ({arn, name, calls, ok, refused, throttled, failed, mine, tokens}: Caller) => ({
	caller: name ?? null,
	arn: arn ?? null,
	...{calls, ok, refused, throttled, failed, mine},
	tokens: tokens === undefined ? null : {calls: tokens.calls, inputTokens: tokens.input, outputTokens: tokens.output},
});

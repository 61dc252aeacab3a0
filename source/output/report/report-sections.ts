import {foldBursts} from '../../domain/calls/bursts.ts';
import type {} from '../../domain/calls/call.ts';
import {type CountMetric, countSince, type ModelMetrics} from '../../domain/metrics/metrics.ts';
import type {Amount} from '../../domain/money/amount.ts';
import {organisationCost} from '../../domain/money/organisation.ts';
import {totalTokens} from '../../domain/money/usage.ts';
import {outcomeClass} from '../../domain/refusals/outcome.ts';
import {breakDown, type Dimension} from '../../domain/spend/breakdown.ts';
import type {ModelSpend} from '../../domain/spend/spend.ts';
import {openFilter} from '../../screen/input/filter.ts';
import {headerLine} from '../../screen/layout/header.ts';
import {callsPane} from '../../screen/panes/calls.ts';
import {metricsName, modelsPane, shownModels} from '../../screen/panes/models.ts';
import type {PaneContent, PaneInput} from '../../screen/panes/pane.ts';
import {routingPane} from '../../screen/panes/routing.ts';
import {spendPane} from '../../screen/panes/spend.ts';
import {alarmLines, refusalLines} from '../../screen/panes/trouble.ts';
import {
	formatAge,
	formatCount,
	formatFolder,
	formatLatency,
	formatTime,
	formatUsd,
	localDate,
} from '../../screen/text/format.ts';
import {type Line, span} from '../../screen/text/line.ts';
import {calledModel, shortModel} from '../../screen/text/model-name.ts';
import {costText, rangeText} from '../../screen/text/money.ts';
import {failureWords} from '../../screen/words/failure.ts';
import {unpricedWords} from '../../screen/words/unpriced-reason.ts';
import {statusesOf} from '../../state/health.ts';
import type {Overview} from '../../state/overview.ts';

/** Rows of a printed table; the keys of the first row are the column titles. */
export type ReportTable = readonly Readonly<Record<string, string>>[];

export type ReportSection = {readonly title: string; readonly lines: readonly Line[]; readonly table?: ReportTable};

const mostCalls = 20;

const sessionRows = ({sessions, now}: Overview, home: string): ReportTable =>
	sessions.map(({cwd, sessionId, proven, model, region, pid, configured}) => ({
		session: cwd === undefined ? sessionId : formatFolder(cwd, home),
		pid: pid === undefined ? 'ended' : String(pid),
		configured,
		proven: proven?.provider ?? 'no reply',
		model: model === undefined ? '' : shortModel(model),
		region: region ?? '',
		'last reply': formatAge(proven?.at, now),
	}));

const amountCells = (amount: Amount) => ({
	calls: formatCount(amount.calls),
	in: formatCount(amount.usage.input),
	out: formatCount(amount.usage.output),
	'cache read': formatCount(amount.usage.cacheRead),
	'cache write': formatCount(amount.usage.cacheWrite5m + amount.usage.cacheWrite1h),
	cost: costText(amount),
});

/** Beside the list price, where an administrator has set others. */
const organisationCell = (row: ModelSpend, {state: {configuration}}: Overview) => {
	const pricing = configuration?.organisation?.pricing;
	const cost = pricing && organisationCost(pricing, row);
	if (pricing === undefined) return {};
	const words = cost === undefined ? 'unpriced' : `${cost.lowerBound ? '≥' : ''}${formatUsd(cost.amount)}`;
	return {organisation: words};
};

const spendRows = (overview: Overview): ReportTable =>
	overview.spend.models.map(row => ({
		model: shortModel(row.model ?? row.profile ?? 'unknown'),
		scope: row.scope,
		'scope from': row.scopeFrom,
		...amountCells(row),
		...organisationCell(row, overview),
	}));

const breakdownRows = ({state}: Overview, home: string): ReportTable => {
	const rows = (dimension: Dimension, name: (key: string) => string) =>
		[...breakDown(state.ledger, dimension, state.spendSince)].map(([key, amount]) => ({
			by: dimension,
			'': name(key),
			...amountCells(amount),
		}));
	const hours = rows('hour', key => formatTime(Date.parse(key)).slice(0, 5));
	const days = rows('day', key => localDate(Date.parse(key)));
	return [
		...(days.length > 1 ? days : hours),
		...rows('folder', key => formatFolder(key, home)),
		...rows('session', key => key),
	];
};

/** The account's rows, from a later clock: beside mine, never added to them. */
const accountRows = ({account}: Overview): ReportTable =>
	(account?.models ?? [])
		.filter(({usage}) => totalTokens(usage) > 0)
		.map(({model, profile, namespace, region, scope, calls, usage, unpriced, ...figures}) => ({
			model: shortModel(model ?? profile),
			scope: namespace === 'AWS/BedrockMantle' ? 'mantle' : scope,
			region,
			calls: formatCount(calls),
			in: formatCount(usage.input),
			out: formatCount(usage.output),
			'cache read': formatCount(usage.cacheRead),
			'cache write': formatCount(usage.cacheWrite5m + usage.cacheWrite1h),
			cost: unpriced === undefined ? rangeText(figures) : `unpriced: ${unpricedWords(unpriced)}`,
		}));

/** What asking would cost, before it is switched on. */
const billHint = ({state}: Overview): readonly string[] =>
	state.slices.identity === undefined || statusesOf(state, 'cost-explorer').length > 0
		? []
		: ['AWS’s bill is not asked for: with --cost-explorer it is, for $0.01 a look, at most four a day'];

const callerRows = ({callers}: Overview): ReportTable =>
	callers.map(({name, mine, calls, ok, refused, throttled, failed}) => ({
		caller: `${name ?? '?'}${mine ? ' (you)' : ''}`,
		calls: formatCount(calls),
		ok: formatCount(ok),
		refused: formatCount(refused),
		throttled: formatCount(throttled),
		failed: formatCount(failed),
	}));

const metricRows = (overview: Overview): ReportTable => {
	const {now, state} = overview;
	const day = (model: ModelMetrics, metric: CountMetric) => formatCount(countSince(model, metric, state.spendSince));
	return shownModels(overview).map(model => ({
		model: metricsName(model, state),
		region: model.region,
		'calls/h': formatCount(countSince(model, 'Invocations', now - 3_600_000)),
		'calls today': day(model, 'Invocations'),
		in: day(model, 'InputTokenCount'),
		out: day(model, 'OutputTokenCount'),
		'cache read': day(model, 'CacheReadInputTokens'),
		'cache write': day(model, 'CacheWriteInputTokens'),
		p50: formatLatency(model.p50LatencyMs),
		'first token': formatLatency(model.p50FirstTokenMs),
		throttles: day(model, 'InvocationThrottles'),
	}));
};

const callRows = ({state, isMine, feedSince}: Overview): ReportTable => {
	const calls = state.log.calls.filter(({at}) => at >= feedSince);
	return foldBursts(calls)
		.slice(0, mostCalls)
		.map(({call, count}) => ({
			time: formatTime(call.at),
			outcome: `${outcomeClass(call) === 'ok' ? '' : '✗ '}${call.outcome}${count > 1 ? ` ×${count}` : ''}`,
			model: calledModel(call.profile, state.resolutions),
			caller: `${call.principal.name ?? '?'}${isMine(call) ? ' (you)' : ''}`,
			region: call.ranIn === undefined ? call.region : `${call.region} → ${call.ranIn}`,
		}));
};

/** A pane's headline, its clock and those of its lines that are not rows of the table. */
const summary = ({headline, clock}: PaneContent, own: readonly Line[]): readonly Line[] => [
	[...headline, span('  '), ...clock],
	...own,
];

/** The report: the same panes as on the screen, their rows as tables. */
export const reportSections = (
	overview: Overview,
	{isDemo, columns, home}: {isDemo: boolean; columns: number; home: string},
): readonly ReportSection[] => {
	const input: PaneInput = {overview, width: columns, home, filter: openFilter};
	const badges: Line = isDemo ? [span('DEMO', 'warn')] : [];
	const [routing, spend, models, calls] = [routingPane, spendPane, modelsPane, callsPane].map(pane => pane(input)) as [
		PaneContent,
		PaneContent,
		PaneContent,
		PaneContent,
	];
	const refusals = refusalLines(overview);
	const alarms = alarmLines(overview);
	const failures = overview.failures.map(
		(failure): Line => [span(`▲ ${failureWords(failure)}`, 'warn'), span(` ${failure.message}`, 'dim')],
	);
	const {local} = overview.spend;
	const tokens: Line = [span(`${formatCount(local.calls)} replies, ${formatCount(totalTokens(local.usage))} tokens`)];
	return [
		{title: 'bedtop', lines: [headerLine(overview, {columns, badges})]},
		...(refusals.length === 0 ? [] : [{title: 'Refusals', lines: refusals}]),
		...(failures.length === 0 ? [] : [{title: 'Failed calls', lines: failures}]),
		...(alarms.length === 0 ? [] : [{title: 'Alarms', lines: alarms}]),
		{title: 'Routing', lines: summary(routing, routing.notices), table: sessionRows(overview, home)},
		{
			title: 'Spend',
			lines: summary(spend, [...spend.notices, tokens, ...(spend.footnotes ?? [])]),
			table: spendRows(overview),
		},
		{title: 'Spend by time, folder and session', lines: [], table: breakdownRows(overview, home)},
		{
			title: 'Account',
			lines: billHint(overview).map((note): Line => [span(note)]),
			table: accountRows(overview),
		},
		{title: 'Models', lines: summary(models, models.notices), table: metricRows(overview)},
		{title: 'Callers', lines: [], table: callerRows(overview)},
		{title: 'Calls', lines: summary(calls, calls.notices), table: callRows(overview)},
	];
};

import {outcomeClass} from '../domain/call.ts';
import {type ModelMetrics, seriesOf} from '../domain/metrics.ts';
import type {Overview} from '../domain/overview.ts';
import {sumSince} from '../domain/series.ts';
import {totalTokens} from '../domain/usage.ts';
import {formatAge, formatCount, formatFolder, formatLatency, formatTime} from './format.ts';
import {headerLine} from './header.ts';
import {type Line, span} from './line.ts';
import {shortModel} from './model-name.ts';
import {callsPane, foldBursts} from './panes/calls.ts';
import {modelsPane, shownModels} from './panes/models.ts';
import type {PaneContent, PaneInput} from './panes/pane.ts';
import {routingPane} from './panes/routing.ts';
import {moneyText, spendPane} from './panes/spend.ts';
import {refusalLines} from './trouble.ts';

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

const spendRows = ({spend}: Overview): ReportTable =>
	spend.models.map(row => ({
		model: row.model === undefined ? (row.profile ?? 'unknown') : shortModel(row.model),
		scope: row.scope,
		'scope from': row.scopeFrom,
		calls: formatCount(row.calls),
		in: formatCount(row.usage.input),
		out: formatCount(row.usage.output),
		'cache read': formatCount(row.usage.cacheRead),
		'cache write': formatCount(row.usage.cacheWrite5m + row.usage.cacheWrite1h),
		cost: moneyText(row),
	}));

const metricRows = (overview: Overview): ReportTable => {
	const {now, state} = overview;
	const day = (model: ModelMetrics, metric: Parameters<typeof seriesOf>[1]) =>
		formatCount(sumSince(seriesOf(model, metric), state.spendSince));
	return shownModels(overview).map(model => ({
		model: shortModel(model.profile),
		region: model.region,
		'calls/h': formatCount(sumSince(seriesOf(model, 'Invocations'), now - 3_600_000)),
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
	return foldBursts(calls, isMine)
		.slice(0, mostCalls)
		.map(({call, count, mine}) => ({
			time: formatTime(call.at),
			outcome: `${outcomeClass(call.outcome) === 'ok' ? '' : '✗ '}${call.outcome}${count > 1 ? ` ×${count}` : ''}`,
			model: call.profile === undefined ? '?' : shortModel(call.profile),
			caller: `${call.principal.name ?? '?'}${mine ? ' (you)' : ''}`,
			region: call.ranIn === undefined ? call.region : `${call.region} → ${call.ranIn}`,
		}));
};

/** A pane's headline, its clock and those of its lines that are not rows of the table. */
const summary = ({headline, clock}: PaneContent, own: readonly Line[]): readonly Line[] => [
	[...headline, span('  '), ...clock],
	...own,
];

/** The report: the same panes as on the screen, their rows as tables for ink-table. */
export const reportSections = (
	overview: Overview,
	{isDemo, columns, home}: {isDemo: boolean; columns: number; home: string},
): readonly ReportSection[] => {
	const input: PaneInput = {overview, width: columns, home};
	const [routing, spend, models, calls] = [routingPane, spendPane, modelsPane, callsPane].map(pane => pane(input)) as [
		PaneContent,
		PaneContent,
		PaneContent,
		PaneContent,
	];
	const refusals = refusalLines(overview);
	const {local} = overview.spend;
	const tokens: Line = [span(`${formatCount(local.calls)} replies, ${formatCount(totalTokens(local.usage))} tokens`)];
	return [
		{title: 'bedtop', lines: [headerLine(overview, {columns, isDemo})]},
		...(refusals.length === 0 ? [] : [{title: 'Refusals', lines: refusals}]),
		{title: 'Routing', lines: summary(routing, routing.notices), table: sessionRows(overview, home)},
		{title: 'Spend', lines: summary(spend, [...spend.notices, tokens]), table: spendRows(overview)},
		{title: 'Models', lines: summary(models, models.notices), table: metricRows(overview)},
		{title: 'Calls', lines: summary(calls, calls.notices), table: callRows(overview)},
	];
};

import type {ReportRow} from '../../domain/report/row.ts';
import type {Overview} from '../../state/overview.ts';
import type {Report} from '../../state/report.ts';
import {iso, money, range} from '../json/json-values.ts';

/** The session and the agent of a row by agent. */
const keyJson = (by: Report['by'], key: string | undefined) => {
	if (key === undefined || by !== 'agent') return {key: key ?? null};
	const [sessionId = '', agentId = ''] = key.split('\0');
	return {key: agentId, sessionId};
};

const rowJson = (by: Report['by'], row: ReportRow) => {
	const {key, name, clock, calls, refusals, usage, unpricedTokens, lowerBound} = row;
	return {
		...keyJson(by, key),
		name: name ?? null,
		clock,
		...(row.money === undefined ? {usd: null, picoUsd: null} : money(row.money.amount)),
		usdRange: row.money === undefined ? null : range(row.money),
		lowerBound,
		calls,
		refusals: refusals ?? null,
		inputTokens: usage?.input ?? null,
		outputTokens: usage?.output ?? null,
		cacheReadTokens: usage?.cacheRead ?? null,
		cacheWrite5mTokens: usage?.cacheWrite5m ?? null,
		cacheWrite1hTokens: usage?.cacheWrite1h ?? null,
		unpricedTokens: unpricedTokens ?? null,
	};
};

/** A report as an object in the contract's style: rows by clock, and what each clock's rows come to. */
export const reportJson = (
	{by, since, parts}: Report,
	{now}: Pick<Overview, 'now'>,
	meta: {readonly version: string; readonly isDemo: boolean},
) => ({
	...{schema: 1, at: iso(now), demo: meta.isDemo, version: meta.version, estimate: true},
	by,
	since: iso(since),
	rows: parts.flatMap(({rows}) => rows.map(row => rowJson(by, row))),
	totals: parts.map(part => ({...rowJson(by, part.total), since: iso(part.since), asOf: iso(part.asOf)})),
});

import {describe, expect, test} from 'vitest';
import {dimensions} from '../../../source/domain/report/dimension.ts';
import {toJson} from '../../../source/output/json/json.ts';
import {csvCell, reportCsv} from '../../../source/output/report/by-csv.ts';
import {reportJson} from '../../../source/output/report/by-json.ts';
import {renderReportBy} from '../../../source/output/report/by-text.ts';
import {overview} from '../../../source/state/overview.ts';
import {reportOf} from '../../../source/state/report.ts';
import type {SourceStatus} from '../../../source/state/source-status.ts';
import {call, ledgerOf, linked, logOf, minuteMs, noon, reply, stateOf} from '../../support/builders.ts';

const meta = {version: '1.0.0', isDemo: false};
const cloudtrail = {name: 'cloudtrail', region: 'us-east-1', phase: 'idle', failures: 0, lastSuccessAt: noon} as const;
const transcripts = {name: 'transcripts', phase: 'idle', failures: 0, lastSuccessAt: noon} as const;

const known = () => {
	const turns = [
		reply('m1', {requestId: 'r1', usage: {input: 1_000_000}}),
		reply('m2', {at: noon - 26 * 60 * minuteMs, usage: {input: 500_000}, lowerBound: true}),
		reply('m3', {requestedModel: 'nobody', model: 'nobody', usage: {input: 12_000}}),
		reply('m4', {cwd: '=HYPERLINK("http://x")', sessionId: 's2', agentId: 'a1', agentType: 'Explore'}),
	];
	const log = logOf(call('1', {requestId: 'r1'}), call('2', {outcome: 'AccessDenied', message: 'no'}));
	return overview(
		stateOf({
			...linked(ledgerOf(...turns), log),
			...{spendSince: noon - 48 * 60 * minuteMs, feedMs: 48 * 60 * minuteMs},
			sources: new Map<string, SourceStatus>([
				['cloudtrail us-east-1', cloudtrail],
				['transcripts', transcripts],
			]),
		}),
		noon + 1000,
	);
};

test.each(dimensions)('by %s: the totals are those of --json, and so are the sums of the rows', by => {
	const view = known();
	const {rows, totals} = reportJson(reportOf(view, by), view, meta);
	const {spend, callCount} = toJson(view, meta);
	const [local, trail] = totals;
	expect(local).toMatchObject({
		clock: 'local',
		picoUsd: spend.local.picoUsd,
		calls: spend.local.calls,
		lowerBound: true,
	});
	expect(trail).toMatchObject({
		clock: 'cloudtrail',
		usd: null,
		inputTokens: null,
		calls: 2,
		refusals: callCount.refused,
	});
	const sumOf = (clock: string) => rows.filter(row => row.clock === clock).reduce((sum, row) => sum + row.calls, 0);
	expect([sumOf('local'), sumOf('cloudtrail')]).toEqual([4, 2]);
	const dollars = rows.reduce((sum, {picoUsd}) => sum + BigInt(picoUsd ?? 0), 0n);
	expect(String(dollars)).toBe(spend.local.picoUsd);
});

test('what has no price is null, and no row says $0 for it', () => {
	const view = known();
	const {rows} = reportJson(reportOf(view, 'model'), view, meta);
	expect(rows.find(({key}) => key === 'nobody')).toMatchObject({usd: null, picoUsd: null, unpricedTokens: 12_000});
	const text = renderReportBy(reportOf(view, 'model'), {now: view.now, home: '/home/dev', columns: 100, isDemo: false});
	expect(text).toMatch(/^nobody +unpriced 12k tok/m);
});

test('clocks that have never answered have no rows', () => {
	const {rows, totals} = reportJson(reportOf(overview(stateOf(), noon), 'day'), {now: noon}, meta);
	expect([rows, totals]).toEqual([[], []]);
	const nothing = reportOf(overview(stateOf(), noon), 'day');
	expect(renderReportBy(nothing, {now: noon, home: '', columns: 80, isDemo: false})).toMatch(/No source has answered/);
});

describe('as text', () => {
	const text = (by: (typeof dimensions)[number], columns: number) =>
		renderReportBy(reportOf(known(), by), {now: noon + 1000, home: '/home/dev', columns, isDemo: false});

	test.each([60, 100])('no line of %i columns is too long, and no amount is cut', columns => {
		for (const by of dimensions) {
			const tables = text(by, columns)
				.split('\n')
				.filter(line => !/, since /.test(line));
			for (const line of tables) expect(line.length).toBeLessThanOrEqual(columns);
			expect(text(by, columns)).toMatch(/total +≥\$6\.00/);
		}
	});

	test('a table for each clock, with bars, the lower bounds marked', () => {
		expect(text('project', 100).split('\n').slice(2, 8)).toEqual([
			expect.stringMatching(/^this machine, from transcripts, since /),
			'project                  cost                          calls refused   in out cached clock',
			'~/shop                 ≥$6.00 ████████████████████████     3       0 1.5M   0     0% local',
			'=HYPERLINK("http://x")  $0.00                              1       0    0   0      – local',
			'total                  ≥$6.00                              4       0 1.5M   0     0% local',
			'',
		]);
	});
});

describe('as CSV', () => {
	test.each([
		['=1+1', "'=1+1"],
		['+1', "'+1"],
		['-1', "'-1"],
		['@SUM(A1)', "'@SUM(A1)"],
		['\t=1', "'\t=1"],
		['=A("x")', '"\'=A(""x"")"'],
		['a,b', '"a,b"'],
		['two\nlines', '"two\nlines"'],
		['~/shop', '~/shop'],
		[0.5, '0.5'],
		[null, ''],
		[true, 'true'],
	])('the cell %j is %j', (value, cell) => expect(csvCell(value)).toBe(cell));

	test('lines end in CR LF, each with as many cells as the header', () => {
		const view = known();
		const lines = reportCsv(reportOf(view, 'project'), view.now).split('\r\n');
		expect(lines.at(-1)).toBe('');
		expect(lines[0]).toMatch(/^key,name,clock,usd,picoUsd,usdLow,usdHigh,lowerBound,calls,refusals,inputTokens,/);
		expect(lines[1]).toBe('/home/dev/shop,,local,6,6000000000000,6,6,true,3,0,1512000,0,0,0,0,12000');
		expect(lines[2]).toMatch(/^"'=HYPERLINK\(""http:\/\/x""\)",,local,/);
		const byAgent = reportCsv(reportOf(view, 'agent'), view.now).split('\r\n');
		expect(byAgent[0]).toMatch(/^sessionId,key,name,clock,/);
		expect(byAgent[1]).toMatch(/^s2,a1,Explore,local,/);
	});
});

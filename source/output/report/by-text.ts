import {promptTokens} from '../../domain/money/usage.ts';
import {type Dimension, isTime} from '../../domain/report/dimension.ts';
import {type ReportClock, type ReportRow, weightOf} from '../../domain/report/row.ts';
import {type Column, chooseColumns, drawRow, drawTitles} from '../../screen/text/columns.ts';
import {formatAge, formatCount, formatFolder, formatShare, formatTime, localDate} from '../../screen/text/format.ts';
import {type Line, plainText, span} from '../../screen/text/line.ts';
import {shortModel} from '../../screen/text/model-name.ts';
import {rangeText} from '../../screen/text/money.ts';
import type {Report, ReportPart} from '../../state/report.ts';

type Shown = {readonly now: number; readonly home: string; readonly columns: number; readonly isDemo: boolean};

const clockWords: Readonly<Record<ReportClock, string>> = {
	local: 'local',
	cloudwatch: 'CloudWatch',
	cloudtrail: 'CloudTrail',
};

const clockSentences: Readonly<Record<ReportClock, string>> = {
	local: 'this machine, from transcripts',
	cloudwatch: 'the whole account, from CloudWatch',
	cloudtrail: 'calls of the whole account, from CloudTrail',
};

/** What stands for all that a clock cannot tell apart; transcripts can tell that a reply is of no agent. */
const openKey = (by: Dimension, {clock}: ReportRow): string =>
	by === 'agent' && clock === 'local' ? '– (no agent)' : '–';

const idColumns = 8;

const keyWords = (by: Dimension, row: ReportRow, home: string): string => {
	const {key, name} = row;
	if (key === undefined) return openKey(by, row);
	const at = Date.parse(key);
	switch (by) {
		case 'day':
			return localDate(at);
		case 'hour':
			return `${localDate(at)} ${formatTime(at).slice(0, 5)}`;
		case 'model':
			return shortModel(key);
		case 'project':
			return formatFolder(key, home);
		case 'session':
			return `${key.slice(0, idColumns)} ${name === undefined ? '' : formatFolder(name, home)}`.trimEnd();
		case 'agent':
			return `${name ?? 'type?'} ${key.split('\0')[1] ?? ''}`;
		case 'principal':
			return name ?? key;
		default:
			return key;
	}
};

const costWords = ({money, lowerBound, unpricedTokens = 0, clock}: ReportRow): string => {
	if (money === undefined) return clock === 'cloudtrail' ? '–' : `unpriced ${formatCount(unpricedTokens)} tok`;
	return rangeText({...money, lowerBound: lowerBound || unpricedTokens > 0});
};

const countWords = (count: number | undefined): string => (count === undefined ? '–' : formatCount(count));

const barColumns = 24;
const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A share of the longest bar; what is more than nothing is at least seen. */
const bar = (weight: number, heaviest: number): string => {
	if (weight <= 0 || heaviest <= 0) return '';
	const parts = Math.max(1, Math.round((weight / heaviest) * barColumns * 8));
	return '█'.repeat(Math.floor(parts / 8)) + (eighths[parts % 8] ?? '');
};

const columnsFor = (by: Dimension, {rows}: ReportPart, home: string): readonly Column<ReportRow>[] => {
	// What is of no key is often most of it, and would leave the others no bar to compare.
	const weight = (row: ReportRow) => (row.key === undefined ? 0 : weightOf(row));
	const heaviest = rows.reduce((most, row) => Math.max(most, weight(row)), 0);
	return [
		{title: by, cell: row => keyWords(by, row, home), max: 48, min: 10, cut: isTime(by) ? 'end' : 'start', drop: 0},
		{title: 'cost', cell: costWords, align: 'right', drop: 0},
		{title: '', cell: row => bar(weight(row), heaviest), max: barColumns, drop: 5},
		{title: 'calls', cell: ({calls}) => formatCount(calls), align: 'right', drop: 1},
		{title: 'refused', cell: ({refusals}) => countWords(refusals), align: 'right', drop: 2},
		{title: 'in', cell: ({usage}) => countWords(usage && promptTokens(usage)), align: 'right', drop: 4},
		{title: 'out', cell: ({usage}) => countWords(usage?.output), align: 'right', drop: 4},
		{
			title: 'cached',
			cell: ({usage}) => (usage && formatShare(usage.cacheRead, promptTokens(usage))) ?? '–',
			align: 'right',
			drop: 6,
		},
		{title: 'clock', cell: ({clock}) => clockWords[clock], drop: 3},
	];
};

const moment = (at: number): string => `${localDate(at)} ${formatTime(at).slice(0, 5)}`;

const partLines = (by: Dimension, part: ReportPart, {now, home, columns: width}: Shown): readonly Line[] => {
	const {clock, rows, total, since, asOf} = part;
	const age = asOf === undefined ? '' : `, ${formatAge(asOf, now)}`;
	const title = `${clockSentences[clock]}, since ${moment(since)}${age}`;
	if (rows.length === 0) return [[span(title)], [span('nothing')]];
	const totalKey = 'total';
	const columns = columnsFor(by, part, home);
	const [first, cost, barColumn, ...others] = columns as [Column<ReportRow>, Column<ReportRow>, Column<ReportRow>];
	const summed: readonly Column<ReportRow>[] = [
		{...first, cell: row => (row === total ? totalKey : first.cell(row))},
		cost,
		{...barColumn, cell: row => (row === total ? '' : barColumn.cell(row))},
		...others,
	];
	const chosen = chooseColumns(summed, [...rows, total], width, true);
	return [[span(title)], drawTitles(chosen, width), ...[...rows, total].map(row => drawRow(chosen, row, width))];
};

/** A report for a person or a log: a table for each clock, because they are never added together. */
export const renderReportBy = (report: Report, shown: Shown): string => {
	const {by, parts, since} = report;
	const demo = shown.isDemo ? 'DEMO  ' : '';
	const lines: readonly Line[] = [
		[span(`${demo}Spend by ${by} since ${moment(since)}, an estimate`)],
		...(parts.length === 0 ? [[span('No source has answered: bedtop doctor says why.')] satisfies Line] : []),
		...parts.flatMap(part => [[], ...partLines(by, part, shown)]),
	];
	return `${lines.map(line => plainText(line).trimEnd()).join('\n')}\n`;
};

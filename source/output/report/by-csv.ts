import type {Report} from '../../state/report.ts';
import {reportJson} from './by-json.ts';

const columns = [
	...(['key', 'name', 'clock', 'usd', 'picoUsd', 'usdLow', 'usdHigh', 'lowerBound', 'calls', 'refusals'] as const),
	...(['inputTokens', 'outputTokens', 'cacheReadTokens', 'cacheWrite5mTokens', 'cacheWrite1hTokens'] as const),
	'unpricedTokens',
] as const;

/** What a spreadsheet would take for a formula: https://owasp.org/www-community/attacks/CSV_Injection */
const startsFormula = /^[=+\-@\t\r]/;

/** A cell of RFC 4180; nothing is empty. A folder or a name that looks like a formula is made a text. */
export const csvCell = (value: string | number | boolean | null | undefined): string => {
	if (value === null || value === undefined) return '';
	const text = typeof value === 'string' && startsFormula.test(value) ? `'${value}` : String(value);
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** The rows as CSV with a header, lines ending in CR LF. By agent there is one column more, for the session. */
export const reportCsv = (report: Report, now: number): string => {
	const {rows} = reportJson(report, {now}, {version: '', isDemo: false});
	const names = report.by === 'agent' ? ['sessionId' as const, ...columns] : columns;
	const lines = rows.map(row => {
		const [usdLow, usdHigh] = row.usdRange ?? [row.usd, row.usd];
		const cells = {sessionId: undefined, ...row, usdLow, usdHigh};
		return names.map(name => csvCell(cells[name])).join(',');
	});
	return [names.join(','), ...lines].map(line => `${line}\r\n`).join('');
};

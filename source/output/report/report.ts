import {plainText, truncate} from '../../screen/text/line.ts';
import {sanitize} from '../../screen/text/sanitize.ts';
import type {Overview} from '../../state/overview.ts';
import {heading, sheet, table as tableOf} from '../sheet.ts';
import {type ReportTable, reportSections} from './report-sections.ts';

/** Lines are cut for reading; tables are as wide as they are. */
const lineColumns = 120;

const widestCell = 60;

/** Cells of one line, as narrow as a person can read, without anything a terminal might obey. */
const harmless = (row: ReportTable[number]): Record<string, string> =>
	Object.fromEntries(Object.entries(row).map(([title, text]) => [title, truncate(sanitize(text), widestCell)]));

/** One round as text for a person or a log: sections with a table each, no colours, no cursor movements. */
export const renderReport = (overview: Overview, options: {isDemo: boolean; home: string}): string => {
	const sections = reportSections(overview, {...options, columns: lineColumns});
	return sheet(
		sections.map(({title, lines, table = []}) => [
			heading(title),
			...lines.map(plainText),
			...tableOf(table.map(harmless)),
		]),
	);
};

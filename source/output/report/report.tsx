import {Box, renderToString, Text} from 'ink';
import {Table} from 'ink-table';
import type {ReactNode} from 'react';
import {type Line, plainText, truncate} from '../../screen/text/line.ts';
import {sanitize} from '../../screen/text/sanitize.ts';
import type {Overview} from '../../state/overview.ts';
import {type ReportTable, reportSections} from './report-sections.ts';

/** Lines are cut for reading; tables are never squeezed, because ink-table breaks when it is. */
const lineColumns = 120;
const tableColumns = 400;

const widestCell = 60;

/** Cells of one line, as narrow as a person can read, without anything a terminal might obey. */
const harmless = (row: ReportTable[number]): Record<string, string> =>
	Object.fromEntries(Object.entries(row).map(([title, text]) => [title, truncate(sanitize(text), widestCell)]));

const Section = ({title, lines, table}: {title: string; lines: readonly Line[]; table?: ReportTable | undefined}) => (
	<Box flexDirection="column" marginBottom={1}>
		<Text bold>{title}</Text>
		{lines.map(plainText).map(text => (
			<Text key={text}>{text}</Text>
		))}
		{table !== undefined && table.length > 0 && <Table data={table.map(harmless)} />}
	</Box>
);

/** One round as text for a person or a log: sections with a table each, no colours, no cursor movements. */
export const renderReport = (overview: Overview, options: {isDemo: boolean; home: string}): string => {
	const sections = reportSections(overview, {...options, columns: lineColumns});
	const report: ReactNode = (
		<Box flexDirection="column">
			{sections.map(({title, lines, table}) => (
				<Section key={title} title={title} lines={lines} table={table} />
			))}
		</Box>
	);
	return `${renderToString(report, {columns: tableColumns}).trimEnd()}\n`;
};

import chalk from 'chalk';
import {widthOf} from '../screen/text/line.ts';

/** What a paragraph begins with. */
export const heading = (text: string): string => chalk.bold(text);

/** What matters less. */
export const aside = (text: string): string => chalk.dim(text);

/** A row of a table, by the titles of its columns. */
export type TableRow = Readonly<Record<string, string>>;

const padded = (text: string, columns: number): string => text + ' '.repeat(Math.max(0, columns - widthOf(text)));

/**
 * A table in a frame, its columns as wide as their widest cell; wide characters count. Columns stand in the order in
 * which rows first name them. Cells are one line without control characters.
 */
export const table = (rows: readonly TableRow[]): readonly string[] => {
	const titles = [...new Set(rows.flatMap(row => Object.keys(row)))];
	if (titles.length === 0) return [];
	const widths = titles.map(title => Math.max(widthOf(title), ...rows.map(row => widthOf(row[title] ?? ''))));
	const rule = (left: string, middle: string, right: string) =>
		left + widths.map(width => '─'.repeat(width + 2)).join(middle) + right;
	const line = (cells: readonly string[]) =>
		`│${cells.map((cell, index) => ` ${padded(cell, widths[index] ?? 0)} `).join('│')}│`;
	return [
		rule('┌', '┬', '┐'),
		line(titles),
		...rows.flatMap(row => [rule('├', '┼', '┤'), line(titles.map(title => row[title] ?? ''))]),
		rule('└', '┴', '┘'),
	];
};

/** Paragraphs of lines as one text, a blank line between them; those without a line are left out. */
export const sheet = (paragraphs: readonly (readonly string[])[]): string => {
	const texts = paragraphs.filter(lines => lines.length > 0).map(lines => lines.map(line => line.trimEnd()).join('\n'));
	return `${texts.join('\n\n').trimEnd()}\n`;
};

import {fitLine, type Line, pad, type Style, span, widthOf} from '../text/line.ts';
import {sanitize} from '../text/sanitize.ts';
import {wrapProse, wrapText} from '../text/wrap.ts';

/** One thing that a card says: its name, the words, and what is to be known about them. */
export type Field = {
	readonly label: string;
	/** Fields without one are left out. */
	readonly value: string | undefined;
	readonly style?: Style | undefined;
	readonly note?: string | undefined;
	/** The value is somebody's sentences and may be longer than any line. */
	readonly isProse?: boolean | undefined;
};

/** From here on labels stand beside their values, below it above them. */
const besideFrom = 60;
const labelColumns = 14;
const indent = 2;

const isBeside = (width: number) => width >= besideFrom;

/** A text of one style, wrapped. */
export const paragraph = (text: string, width: number, style: Style = 'plain'): readonly Line[] =>
	wrapText(sanitize(text), width).map(line => [span(line, style)]);

/** Somebody's sentences or lines, wrapped, longer than a paragraph may be. */
export const prose = (text: string, width: number, style: Style = 'plain'): readonly Line[] =>
	wrapProse(text, width).map(line => [span(line, style)]);

/** A word over what follows it, with a free line before it. */
export const heading = (text: string, width: number): readonly Line[] => [[], ...paragraph(text, width, 'strong')];

/** The first line of a card: it is the only one that is cut. */
export const titleOf = (line: Line, width: number): Line => fitLine(line, width);

const valueLines = ({value = '', style, note, isProse}: Field, width: number): readonly Line[] => {
	const lines = isProse === true ? prose(value, width, style) : paragraph(value, width, style);
	if (note === undefined) return lines;
	const last = lines.at(-1) ?? [];
	const used = last.reduce((sum, [text]) => sum + widthOf(text), 0);
	const rest = sanitize(note);
	if (used > 0 && used + 2 + widthOf(rest) <= width)
		return [...lines.slice(0, -1), [...last, span(`  ${rest}`, 'dim')]];
	return [...lines, ...paragraph(note, width, 'dim')];
};

const fieldLines = (field: Field, width: number): readonly Line[] => {
	if (!isBeside(width)) {
		const values = valueLines(field, Math.max(1, width - indent));
		return [
			...paragraph(field.label, width, 'dim'),
			...values.map((line): Line => [span(' '.repeat(indent)), ...line]),
		];
	}
	return valueLines(field, width - labelColumns).map(
		(line, index): Line => [span(pad(index === 0 ? field.label : '', labelColumns), 'dim'), ...line],
	);
};

/** Fields one under the other, each value whole. */
export const fieldsOf = (fields: readonly Field[], width: number): readonly Line[] =>
	fields.filter(({value}) => value !== undefined && value !== '').flatMap(field => fieldLines(field, width));

/** Longer than any policy; terminals take about 74,000 characters of base64. */
const longestCopy = 20_000;

/** What goes to the clipboard, as it is but for control characters: it travels in an escape sequence and is pasted. */
export const clipboardText = (text: string): string =>
	text
		.slice(0, longestCopy)
		.replace(/\p{Cc}/gu, character => (character === '\n' || character === '\t' ? character : ''));

/** The same for what must stay on one line: a shell runs what a line break follows. */
export const clipboardLine = (text: string): string => clipboardText(text).replace(/[\n\t\u2028\u2029]+/g, ' ');

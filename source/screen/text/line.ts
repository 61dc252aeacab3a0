import cliTruncate from 'cli-truncate';
import stringWidth from 'string-width';
import {wholeNumbers} from './number-edge.ts';
import {sanitize} from './sanitize.ts';

/** What a piece of text means; the theme decides how that looks. */
export type Style = 'plain' | 'strong' | 'dim' | 'good' | 'warn' | 'bad' | 'accent' | 'rule' | 'selected';

export type Span = readonly [text: string, style: Style];

/** One row of the screen. */
export type Line = readonly Span[];

/**
 * A piece of text with its meaning. Everything that reaches the terminal passes here, so this is where other people's
 * strings are made harmless.
 */
export const span = (text: string, style: Style = 'plain'): Span => [sanitize(text), style];

/** ASCII and the signs this program draws itself: one column each. Spares string-width its start and its loop. */
export const isNarrow = (text: string) => /^[\x20-\x7e·×–…→│─▁-█░▲✓✗⇧▸▏←↑↓]*$/.test(text);

/** Terminal columns of a text: wide characters count 2. */
export const widthOf = (text: string): number => (isNarrow(text) ? text.length : stringWidth(text));

export const lineWidth = (line: Line): number => line.reduce((sum, [text]) => sum + widthOf(text), 0);

/** What cli-truncate keeps of a text's beginning. */
const beginning = (text: string, columns: number): number => cliTruncate(text, columns).length - 1;

/** Cut to so many columns, with an ellipsis where something is missing; at its end never within a number. */
export const truncate = (text: string, columns: number, position: 'start' | 'end' = 'end'): string => {
	if (columns <= 0) return '';
	if (widthOf(text) <= columns) return text;
	// The library's first call takes 10 ms, and the first frame has lines to cut.
	const isPlain = isNarrow(text);
	if (position === 'start') {
		return isPlain ? `…${text.slice(text.length - columns + 1)}` : cliTruncate(text, columns, {position});
	}
	const end = isPlain ? columns - 1 : beginning(text, columns);
	return `${text.slice(0, wholeNumbers(text, end))}…`;
};

/** Cut and padded to exactly so many columns. */
export const pad = (text: string, columns: number, align: 'left' | 'right' = 'left'): string => {
	const cut = truncate(text, columns);
	const padding = ' '.repeat(Math.max(0, columns - widthOf(cut)));
	return align === 'left' ? cut + padding : padding + cut;
};

/** A line cut to so many columns. */
export const fitLine = (line: Line, columns: number): Line => {
	if (lineWidth(line) <= columns) return line;
	const fitted: Span[] = [];
	let left = columns;
	for (const [text, style] of line) {
		if (left <= 0) break;
		const isLast = widthOf(text) > left;
		fitted.push([isLast ? truncate(text, left) : text, style]);
		left -= widthOf(text);
	}
	return fitted;
};

/** Left and right parts with filling between them; what is on the right goes first when there is no room for both. */
export const spread = (left: Line, right: Line, columns: number, filling = ' ', style: Style = 'rule'): Line => {
	const room = columns - lineWidth(left) - lineWidth(right);
	if (room < 1) return fitLine(left, columns);
	return [...left, [filling.repeat(room), style], ...right];
};

/** The bare text, for tests and for telling whether two lines look the same. */
export const plainText = (line: Line): string => line.map(([text]) => text).join('');

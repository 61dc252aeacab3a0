import chalk from 'chalk';
import type {Line, Style} from './line.ts';

type Paint = (text: string) => string;

/** Only the terminal's own 16 colours. State is never colour alone: every coloured word has a shape or word beside it. */
const theme: Readonly<Record<Style, Paint>> = {
	plain: text => text,
	strong: chalk.bold,
	dim: chalk.dim,
	good: chalk.green,
	warn: chalk.yellow,
	bad: chalk.bold.red,
	accent: chalk.cyan,
	rule: chalk.dim,
};

/** A line with its colours, as a terminal takes it. */
export const paint = (line: Line): string => line.map(([text, style]) => theme[style](text)).join('');

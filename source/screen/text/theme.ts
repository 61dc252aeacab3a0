import chalk from 'chalk';
import type {Line, Style} from './line.ts';
import type {ThemeName} from './theme-names.ts';

type Paint = (text: string) => string;
type Theme = Readonly<Record<Style, Paint>>;

const plain: Paint = text => text;

/** Only the terminal's own 16 colours. State is never colour alone: every coloured word has a shape or word beside it. */
const standard: Theme = {
	plain,
	strong: chalk.bold,
	dim: chalk.dim,
	good: chalk.green,
	warn: chalk.yellow,
	bad: chalk.bold.red,
	accent: chalk.cyan,
	rule: chalk.dim,
	selected: chalk.inverse,
};

/** For a dark room: nothing bold, nothing bright. */
const quiet: Theme = {
	...standard,
	plain: chalk.dim,
	strong: plain,
	good: chalk.dim.green,
	warn: chalk.dim.yellow,
	bad: chalk.red,
	accent: chalk.dim.cyan,
};

/** Nothing dim: what matters less is plain, what matters is bold, what is wrong is reversed. */
const contrast: Theme = {
	plain,
	strong: chalk.bold,
	dim: plain,
	good: chalk.bold.greenBright,
	warn: chalk.bold.yellowBright,
	bad: chalk.bold.inverse.redBright,
	accent: chalk.bold.cyanBright,
	rule: plain,
	selected: chalk.bold.inverse,
};

/** Blue against yellow and magenta, which people who do not tell red from green do tell apart. */
const colourBlind: Theme = {...standard, good: chalk.blueBright, warn: chalk.yellow, bad: chalk.bold.magentaBright};

const themes: Readonly<Record<ThemeName, Theme>> = {
	default: standard,
	dim: quiet,
	'high-contrast': contrast,
	'colour-blind': colourBlind,
};

/** Lines with their colours, as a terminal takes them. */
export const createPaint =
	(name: ThemeName): ((line: Line) => string) =>
	line =>
		line.map(([text, style]) => themes[name][style](text)).join('');

/** The same in the standard theme. */
export const paint = createPaint('default');

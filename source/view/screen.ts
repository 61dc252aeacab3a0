import type {Overview} from '../domain/overview.ts';
import {footerLine, headerLine} from './header.ts';
import {keymap} from './keymap.ts';
import {halves, layOutScreen, type Pane, type PaneId, paneIds} from './layout.ts';
import {fitLine, type Line, lineWidth, span, spread} from './line.ts';
import {moneyText} from './money.ts';
import {callsPane} from './panes/calls.ts';
import {modelsPane} from './panes/models.ts';
import {bodyOf, lengthOf, type PaneContent, type PaneInput} from './panes/pane.ts';
import {routingPane, verdictLine} from './panes/routing.ts';
import {spendPane} from './panes/spend.ts';
import {troubleLines} from './trouble.ts';

export type ScreenInput = {
	readonly columns: number;
	readonly rows: number;
	readonly focus: PaneId | undefined;
	readonly isHelp: boolean;
	readonly isDemo: boolean;
	readonly home?: string | undefined;
};

const contents: Readonly<Record<PaneId, (input: PaneInput) => PaneContent>> = {
	routing: routingPane,
	spend: spendPane,
	models: modelsPane,
	calls: callsPane,
};

const blank: Line = [];

/** From this width on panes stand side by side, and there is room for footnotes. */
const wide = 100;
const tall = 40;

const titleLine = ({id, width}: Pane, {title, headline, clock}: PaneContent, focus: PaneId | undefined): Line => {
	const number = `${paneIds.indexOf(id) + 1} `;
	const isFocused = id === focus;
	const left: Line = [
		span(number, isFocused ? 'accent' : 'dim'),
		span(`${title} `, isFocused ? 'accent' : 'strong'),
		...headline,
		span(' '),
	];
	return spread(left, [span(' '), ...clock], width, '─');
};

/** A pane as exactly its height in lines. */
const paneLines = (pane: Pane, content: PaneContent, focus: PaneId | undefined): readonly Line[] => {
	const lines = [titleLine(pane, content, focus), ...bodyOf(content, pane.height - 1)];
	const fitted = lines.slice(0, pane.height).map(line => fitLine(line, pane.width));
	return [...fitted, ...Array<Line>(pane.height - fitted.length).fill(blank)];
};

const sideBySide = (panes: readonly {readonly width: number; readonly lines: readonly Line[]}[]): readonly Line[] => {
	const [left, right] = panes;
	if (left === undefined) return [];
	if (right === undefined) return left.lines;
	return left.lines.map((line, index) => [
		...line,
		span(' '.repeat(Math.max(0, left.width - lineWidth(line)))),
		span(' │ ', 'rule'),
		...(right.lines[index] ?? blank),
	]);
};

/** Each pane's content once per width: the layout measures at the same width at which most panes are then drawn. */
const contentsOf = (overview: Overview, home: string | undefined) => {
	const known = new Map<string, PaneContent>();
	return (id: PaneId, width: number): PaneContent => {
		const key = `${id} ${width}`;
		const content = known.get(key) ?? contents[id]({overview, width, home});
		known.set(key, content);
		return content;
	};
};

/** One line, for slivers: the verdict, today's money, and the newest refusal or the region. */
const ribbon = (overview: Overview, columns: number): Line => {
	const [trouble] = troubleLines(overview);
	const today: Line = [span(` ${moneyText(overview.spend.local)}`, 'strong'), span(' today', 'dim')];
	return fitLine([...verdictLine(overview.judgement.verdict), ...today, span('  '), ...(trouble ?? blank)], columns);
};

const helpLines = (): readonly Line[] => [
	[span('bedtop', 'accent'), span(' – keys', 'strong')],
	...keymap.map(({shown, does}): Line => [span(`  ${shown.padEnd(6)}`, 'strong'), span(does)]),
	[span('✓ proven  ▲ look  ✗ refused  ? not known', 'dim')],
	[span('Ages say how old each number is; money is an estimate from', 'dim')],
	[span('list prices. Transcripts: seconds. CloudWatch: minutes.', 'dim')],
	[span('CloudTrail: minutes to over an hour.', 'dim')],
];

/** The whole screen: exactly `rows` lines (a ribbon may be shorter), none wider than `columns`. */
export const composeScreen = (overview: Overview, input: ScreenInput): readonly Line[] => {
	const {columns, rows, focus, isDemo, home} = input;
	if (input.isHelp)
		return helpLines()
			.map(line => fitLine(line, columns))
			.slice(0, rows);
	const trouble = troubleLines(overview);
	const contentOf = contentsOf(overview, home);
	const measured = (id: PaneId) => {
		const isHalf = columns >= wide && (id === 'routing' || id === 'spend');
		// The width at which it is then drawn, so that it is worked out only once.
		const [left, right] = halves(columns);
		const content = contentOf(id, isHalf ? (id === 'routing' ? left : right) : columns);
		// Footnotes make a pane grow only where the others do not miss those rows.
		const spare = rows >= tall ? 8 : 2;
		return lengthOf(content) + (isHalf ? Math.min(spare, content.footnotes?.length ?? 0) : 0);
	};
	const layout = layOutScreen({
		columns,
		rows,
		focus,
		troubleLines: trouble.length,
		content: {
			routing: measured('routing'),
			spend: measured('spend'),
			models: measured('models'),
			calls: measured('calls'),
		},
	});
	if (layout.kind === 'ribbon') return [ribbon(overview, columns)];
	const panes = layout.rows.flatMap(row =>
		sideBySide(
			row.map(pane => ({
				width: pane.width,
				lines: paneLines(pane, contentOf(pane.id, pane.width), focus),
			})),
		),
	);
	return [
		...(layout.hasHeader ? [headerLine(overview, {columns, isDemo})] : []),
		...trouble.slice(0, layout.troubleRows),
		...panes,
		...(layout.hasFooter ? [footerLine(columns)] : []),
	]
		.map(line => fitLine(line, columns))
		.slice(0, rows);
};

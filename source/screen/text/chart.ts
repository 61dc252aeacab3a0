import {formatCount, formatTime, localDate} from './format.ts';
import {type Line, pad, type Span, type Style, span, widthOf} from './line.ts';

export type ChartOptions = {
	readonly width: number;
	/** All rows, the time axis included. */
	readonly height: number;
	readonly style: Style;
	/** When the first point begins, epoch ms, and how long each one is. */
	readonly startAt: number;
	readonly lengthMs: number;
	/** What ends after this moment (epoch ms) may still change: it is dimmed. */
	readonly provisionalFrom?: number | undefined;
	/** Columns for the figures beside the plot, at least: charts below each other are aligned by it. */
	readonly labelColumns?: number | undefined;
	readonly isAscii?: boolean | undefined;
};

type Points = readonly (number | undefined)[];

/** How a cell is divided: so many points beside and above each other, and the sign for those that are set. */
type Raster = {
	readonly across: number;
	readonly down: number;
	/** `filled` points from the bottom of each column of the cell; `isZero` where all that is there is a zero. */
	readonly sign: (filled: readonly number[], isZero: boolean) => string;
};

/** Bits of U+2800, from the bottom up, for the left and the right column. */
const brailleBits = [
	[0x40, 0x04, 0x02, 0x01],
	[0x80, 0x20, 0x10, 0x08],
] as const;

const braille: Raster = {
	across: 2,
	down: 4,
	sign: filled => {
		const bits = filled.flatMap((count, column) => brailleBits[column]?.slice(0, count) ?? []);
		return bits.length === 0 ? ' ' : String.fromCodePoint(0x2800 + bits.reduce((sum, bit) => sum | bit, 0));
	},
};

const ascii: Raster = {
	across: 1,
	down: 1,
	sign: ([filled = 0], isZero) => (filled === 0 ? ' ' : isZero ? '.' : '#'),
};

const known = (points: Points): readonly number[] =>
	points.filter((point): point is number => point !== undefined && Number.isFinite(point));

/** The next round figure: what an axis ends with. */
const roundUp = (value: number): number => {
	if (value <= 1) return 1;
	const unit = 10 ** Math.floor(Math.log10(value));
	return (([1, 2, 3, 4, 5, 6, 8].find(step => step * unit >= value) ?? 10) as number) * unit;
};

/** The points that a column of the raster stands for: the one it lies in, or all of those that share it. */
const columnOf = (points: Points, column: number, columns: number): number | undefined => {
	const first = Math.floor((column * points.length) / columns);
	const last = Math.max(first + 1, Math.floor(((column + 1) * points.length) / columns));
	const values = known(points.slice(first, last));
	return values.length === 0 ? undefined : Math.max(...values);
};

/** How many raster points high a value is: a zero is seen, what is unknown is not, and a little is more than nothing. */
const levelOf = (value: number | undefined, top: number, levels: number): number => {
	if (value === undefined) return 0;
	if (value <= 0) return 1;
	const share = Math.min(1, value / top);
	return levels < 4 ? Math.max(1, Math.round(share * levels)) : Math.max(2, 1 + Math.round(share * (levels - 1)));
};

type Cell = {readonly levels: readonly number[]; readonly isZero: boolean; readonly isProvisional: boolean};

const cellsOf = (points: Points, cells: number, {raster, rows, top, options}: Plot): readonly Cell[] => {
	const columns = cells * raster.across;
	const {startAt, lengthMs, provisionalFrom = Number.POSITIVE_INFINITY} = options;
	return Array.from({length: cells}, (_, cell) => {
		const own = Array.from({length: raster.across}, (_, index) => cell * raster.across + index);
		const values = own.map(column => columnOf(points, column, columns));
		const lastColumn = own.at(-1) ?? 0;
		const lastPoint = Math.max(
			Math.floor((lastColumn * points.length) / columns),
			Math.ceil(((lastColumn + 1) * points.length) / columns) - 1,
		);
		return {
			levels: values.map(value => levelOf(value, top, rows * raster.down)),
			isZero: values.every(value => value === undefined || value <= 0),
			isProvisional: startAt + (lastPoint + 1) * lengthMs > provisionalFrom,
		};
	});
};

type Plot = {
	readonly raster: Raster;
	readonly rows: number;
	readonly top: number;
	readonly options: ChartOptions;
};

/** One row of the plot; `fromBottom` counts from 0. */
const rowOf = (cells: readonly Cell[], fromBottom: number, {raster, options: {style}}: Plot): Line => {
	const spans: [string, Style][] = [];
	for (const {levels, isZero, isProvisional} of cells) {
		const filled = levels.map(level => Math.min(raster.down, Math.max(0, level - fromBottom * raster.down)));
		const looks = isProvisional ? 'dim' : style;
		const last = spans.at(-1);
		const sign = raster.sign(filled, isZero);
		if (last?.[1] === looks) last[0] += sign;
		else spans.push([sign, looks]);
	}
	return spans.map(([text, looks]): Span => span(text, looks));
};

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Distances between times that people count in. */
const stepsMs: readonly number[] = [
	...[1, 2, 5, 10, 15, 30].map(minutes => minutes * minuteMs),
	...[1, 2, 3, 4, 6, 12].map(hours => hours * hourMs),
	...[1, 2, 7, 14, 28].map(days => days * dayMs),
];

/** Five for the time itself, two between it and the next. */
const columnsPerTime = 7;

/** The times below the plot: local ones, days where it is about days. */
const timeAxis = (cells: number, count: number, {startAt, lengthMs}: ChartOptions): string => {
	const totalMs = count * lengthMs;
	const offsetMs = new Date(startAt).getTimezoneOffset() * minuteMs;
	const stepMs = stepsMs.find(step => (step / totalMs) * cells >= columnsPerTime) ?? totalMs;
	const textOf = (at: number) => {
		const time = formatTime(at).slice(0, 5);
		return stepMs >= dayMs || (totalMs > dayMs && time === '00:00') ? localDate(at).slice(5) : time;
	};
	let axis = '';
	for (let at = Math.ceil((startAt - offsetMs) / stepMs) * stepMs + offsetMs; at < startAt + totalMs; at += stepMs) {
		const column = Math.floor(((at - startAt) / totalMs) * cells);
		const text = textOf(at);
		const isRoom = axis === '' || column >= axis.length;
		if (isRoom && column + text.length <= cells) axis = axis.padEnd(column) + text;
	}
	return axis === '' && cells >= 5 ? textOf(startAt) : axis;
};

const leastCells = 4;

/**
 * A filled line over time, with what the axes say: nothing is drawn where nothing is known, while a zero has its point on
 * the bottom row. Empty where there is no room for it.
 */
export const lineChart = (points: Points, options: ChartOptions): readonly Line[] => {
	const rows = options.height - 1;
	const top = roundUp(Math.max(0, ...known(points)));
	const labels = new Map([[rows - 1, formatCount(top)]]);
	// Half of an odd figure would be rounded, and so be in a wrong place.
	if (rows >= 5 && top % 2 === 0) labels.set(Math.floor((rows * 4 - 1) / 8), formatCount(top / 2));
	if (rows > 1) labels.set(0, '0');
	const labelWidth = Math.max(options.labelColumns ?? 0, ...[...labels.values()].map(widthOf));
	const cells = options.width - labelWidth - 1;
	if (rows < 1 || cells < leastCells || points.length === 0) return [];
	const plot: Plot = {raster: options.isAscii === true ? ascii : braille, rows, top, options};
	const drawn = cellsOf(points, cells, plot);
	const ruler = options.isAscii === true ? '|' : '│';
	const plotted = Array.from({length: rows}, (_, index): Line => {
		const fromBottom = rows - 1 - index;
		const label = pad(labels.get(fromBottom) ?? '', labelWidth, 'right');
		return [span(label, 'dim'), span(ruler, 'rule'), ...rowOf(drawn, fromBottom, plot)];
	});
	return [...plotted, [span(' '.repeat(labelWidth + 1)), span(timeAxis(cells, points.length, options), 'dim')]];
};

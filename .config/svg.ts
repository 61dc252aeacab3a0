import type {Cell} from '../test/support/cells.ts';
import {type Look, lookOf, paper} from './colours.ts';
import {cell, round, type Shape, shapeOf} from './glyphs.ts';

/** What a picture shows, for people who do not see it. */
export type Caption = {readonly title: string; readonly description: string};

/** Between the window's edge and the text. */
const margin = 14;
/** Height of the window's own bar. */
const bar = 32;
/** Where a font's letters stand in their line. */
const baseline = 12.8;

const fonts = "ui-monospace,SFMono-Regular,'SF Mono',Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono',monospace";

const escapes: Readonly<Record<string, string>> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;'};

/** What XML does not allow in any form. */
const illegal =
	// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is what this is for
	/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

const escapeXml = (text: string): string =>
	text.replace(illegal, '\ufffd').replace(/[&<>"]/g, sign => escapes[sign] ?? sign);

/** In every font there is, and as wide as its other letters. */
const isPlain = (text: string): boolean => /^[\x20-\x7e\xa1-\xac\xae-\xff–—…‘’“”•]$/u.test(text);

type Piece = {readonly text: string; readonly column: number; readonly columns: number; readonly look: Look};

type Layers = {
	/** Attributes → path data. */
	readonly behind: Map<string, string>;
	readonly shapes: Map<string, string>;
	readonly texts: string[];
	/** Attributes of a text → its class. */
	readonly classes: Map<string, string>;
};

const append = (layer: Map<string, string>, attributes: string, path: string): void => {
	layer.set(attributes, (layer.get(attributes) ?? '') + path);
};

const attributesOf = (shape: Shape, colour: string): string => {
	if (shape.kind === 'fill') return `fill="${colour}"`;
	if (shape.kind === 'shade') return `fill="${colour}" fill-opacity="${shape.opacity}"`;
	return `fill="none" stroke="${colour}" stroke-width="${shape.width}"`;
};

const isSameLook = (one: Look, other: Look): boolean => one.colour === other.colour && one.isBold === other.isBold;

/** The letters of a row as pieces that a font can set: no wide gaps, no signs of uncertain width among others. */
const piecesOf = (row: readonly (Piece & {readonly isDrawn: boolean})[]): readonly Piece[] => {
	const pieces: Piece[] = [];
	let gap: string | undefined;
	for (const {isDrawn, ...piece} of row) {
		const last = pieces.at(-1);
		if (isDrawn) gap = undefined;
		else if (piece.text === ' ') gap = gap === '' ? ' ' : undefined;
		else if (last !== undefined && gap !== undefined && isPlain(piece.text) && isSameLook(last.look, piece.look)) {
			const text = `${last.text}${gap}${piece.text}`;
			pieces[pieces.length - 1] = {...last, text, columns: piece.column + piece.columns - last.column};
			gap = '';
		} else {
			pieces.push(piece);
			gap = isPlain(piece.text) ? '' : undefined;
		}
	}
	return pieces;
};

const textElement = ({text, column, columns, look}: Piece, top: number, classes: Layers['classes']): string => {
	const attributes = `fill:${look.colour}${look.isBold ? ';font-weight:700' : ''}`;
	const name = classes.get(attributes) ?? `t${classes.size}`;
	classes.set(attributes, name);
	const [x, y, width] = [margin + column * cell.width, round(top + baseline), columns * cell.width];
	// One sign has no spacing that could be adjusted.
	const fit = columns <= 2 ? `x="${x + width / 2}" text-anchor="middle"` : `x="${x}" textLength="${width}"`;
	return `<text class="${name}" y="${y}" ${fit}>${escapeXml(text)}</text>`;
};

const drawRow = (row: readonly Cell[], top: number, layers: Layers): void => {
	let column = 0;
	const placed = row.map(place => {
		const [{text, columns}, look, x] = [place, lookOf(place), margin + column * cell.width];
		if (look.behind !== undefined) {
			append(layers.behind, `fill="${look.behind}"`, `M${x} ${top}h${columns * cell.width}v${cell.height}H${x}z`);
		}
		const shape = shapeOf(text, x, top);
		if (shape !== undefined) append(layers.shapes, attributesOf(shape, look.colour), shape.path);
		column += columns;
		return {text, columns, look, column: column - columns, isDrawn: shape !== undefined};
	});
	for (const piece of piecesOf(placed)) layers.texts.push(textElement(piece, top, layers.classes));
};

/** Neighbours that touch become one: a rule of 80 signs is one line. */
const joinLines = (path: string): string =>
	path.replace(/(?:M[\d.]+ [\d.]+H[\d.]+){2,}/g, chain => {
		const lines = [...chain.matchAll(/M([\d.]+) ([\d.]+)H([\d.]+)/g)];
		return lines
			.map(([, from, y, to], index) => {
				const [, , yBefore, toBefore] = lines[index - 1] ?? [];
				return `${from === toBefore && y === yBefore ? '' : `M${from} ${y}`}H${to}`;
			})
			.join('')
			.replace(/(?:H[\d.]+)+(H[\d.]+)/g, '$1');
	});

const paths = (layer: ReadonlyMap<string, string>): readonly string[] =>
	[...layer].map(([attributes, path]) => `<path ${attributes} d="${joinLines(path)}"/>`);

const windowElements = (width: number, height: number, title: string): readonly string[] => [
	`<rect x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="9.5" fill="${paper}" stroke="#3a404b"/>`,
	...['#ff6259', '#febc2e', '#2bc840'].map(
		(fill, index) => `<circle cx="${20 + index * 20}" cy="16" r="6" fill="${fill}"/>`,
	),
	`<text class="title" x="${width / 2}" y="20.5">${escapeXml(title)}</text>`,
];

/**
 * A terminal's content as an SVG: compact, the same in every font (all but letters is drawn, and letters are held to
 * their columns), readable on light and dark pages.
 */
export const renderSvg = (rows: readonly (readonly Cell[])[], {title, description}: Caption): string => {
	const columns = Math.max(0, ...rows.map(row => row.reduce((sum, place) => sum + place.columns, 0)));
	const [width, height] = [2 * margin + columns * cell.width, bar + rows.length * cell.height + margin];
	const layers: Layers = {behind: new Map(), shapes: new Map(), texts: [], classes: new Map()};
	for (const [index, row] of rows.entries()) drawRow(row, bar + index * cell.height, layers);
	const style = [
		`text{font-family:${fonts};font-size:${cell.fontSize}px;font-variant-ligatures:none}`,
		'.title{font-size:12px;fill:#9aa1ad;text-anchor:middle}',
		...[...layers.classes].map(([attributes, name]) => `.${name}{${attributes}}`),
	];
	return `${[
		`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title description">`,
		`<title id="title">${escapeXml(title)}</title>`,
		`<desc id="description">${escapeXml(description)}</desc>`,
		`<style>${style.join('')}</style>`,
		...windowElements(width, height, title),
		...paths(layers.behind),
		'<g stroke-linecap="round" stroke-linejoin="round">',
		...paths(layers.shapes),
		'</g>',
		...layers.texts,
		'</svg>',
	].join('\n')}\n`;
};

/** Size of a cell: fonts are 0.6 of their size wide, and a line wants some air. */
export const cell = {width: 8, height: 17, fontSize: 13.3} as const;

/** How a sign is drawn: a path that is filled, filled through a veil, or drawn as lines of so many pixels. */
export type Shape =
	| {readonly kind: 'fill'; readonly path: string}
	| {readonly kind: 'shade'; readonly path: string; readonly opacity: number}
	| {readonly kind: 'line'; readonly path: string; readonly width: number};

/** With no more than two decimals, which is less than anybody sees. */
export const round = (value: number): string => String(Math.round(value * 100) / 100);

const {width, height} = cell;

const box = (x: number, y: number, w: number, h: number) =>
	`M${round(x)} ${round(y)}h${round(w)}v${round(h)}h${round(-w)}z`;

/** Which of its four sides a rule reaches from the middle: left, right, up, down. */
const arms: Readonly<Record<string, string>> = {
	'─': 'lr',
	'│': 'ud',
	'┌': 'rd',
	'┐': 'ld',
	'└': 'ru',
	'┘': 'lu',
	'├': 'rud',
	'┤': 'lud',
	'┬': 'lrd',
	'┴': 'lru',
	'┼': 'lrud',
	'╭': 'rd',
	'╮': 'ld',
	'╰': 'ru',
	'╯': 'lu',
	'╴': 'l',
	'╵': 'u',
	'╶': 'r',
	'╷': 'd',
};

const rule = (reached: string, x: number, y: number): string => {
	// Half a pixel off the grid: a line one pixel wide is then sharp.
	const [middle, centre] = [x + width / 2 - 0.5, y + height / 2];
	const left = reached.includes('l') ? x : middle;
	const right = reached.includes('r') ? x + width : middle;
	const top = reached.includes('u') ? y : centre;
	const bottom = reached.includes('d') ? y + height : centre;
	const across = left === right ? '' : `M${round(left)} ${round(centre)}H${round(right)}`;
	return top === bottom ? across : `${across}M${round(middle)} ${round(top)}V${round(bottom)}`;
};

const full = 0x2588;
const shades: Readonly<Record<string, number>> = {'░': 0.25, '▒': 0.5, '▓': 0.75};

/** Left free above ▁ to █, so that the sparklines of two rows are two. */
const air = 2;

/** ▁ to █ grow from below by eighths, ▉ to ▏ shrink towards the left. */
const block = (code: number, x: number, y: number): string | undefined => {
	if (code < 0x2581 || code > 0x258f) return undefined;
	if (code > full) return box(x, y, (width * (0x2590 - code)) / 8, height);
	const filled = ((height - air) * (code - 0x2580)) / 8;
	return box(x, y + height - filled, width, filled);
};

/** Where each bit of U+2800 has its dot: column, row. */
const dots = [
	[0, 0],
	[0, 1],
	[0, 2],
	[1, 0],
	[1, 1],
	[1, 2],
	[0, 3],
	[1, 3],
] as const;

const braille = (code: number, x: number, y: number): string =>
	dots
		.filter((_, bit) => (code >> bit) & 1)
		.map(([column, row]) => `M${round(x + 2 + column * 4)} ${round(y + 2.1 + row * 4.25)}h0`)
		.join('');

/** Signs that fonts draw at any size or not at all, in a cell of 8 × 17. */
const drawn: Readonly<Record<string, readonly [path: string, lineWidth?: number]>> = {
	'✓': ['m1 9 2.3 3 4-7', 1.6],
	'✗': ['m1.2 5.5 5.6 7m0-7-5.6 7', 1.6],
	'▲': ['m0 13h8l-4-8z'],
	'▼': ['m0 5h8l-4 8z'],
	'▸': ['m1.5 4.5 5 4-5 4z'],
	'→': ['m.5 9h6.7m-2.8-2.8 2.8 2.8-2.8 2.8', 1.2],
	'←': ['m7.5 9h-6.7m2.8-2.8-2.8 2.8 2.8 2.8', 1.2],
	'↑': ['m4 13.5v-9m-2.8 2.8 2.8-2.8 2.8 2.8', 1.2],
	'↓': ['m4 4.5v9m-2.8-2.8 2.8 2.8 2.8-2.8', 1.2],
	'⇧': ['m4 4.5 3.3 4h-1.6v4.5h-3.4v-4.5h-1.6z', 1],
	'⏎': ['m7 5v4h-6m2.6-2.6-2.6 2.6 2.6 2.6', 1.2],
};

/** The path of a sign whose cell begins there; undefined: it is left to the font. */
export const shapeOf = (sign: string, x: number, y: number): Shape | undefined => {
	const code = sign.codePointAt(0) ?? 0;
	if (sign.length !== 1 || code < 0x2190) return undefined;
	const reached = arms[sign];
	if (reached !== undefined) return {kind: 'line', path: rule(reached, x, y), width: 1};
	const opacity = shades[sign];
	if (opacity !== undefined) return {kind: 'shade', path: box(x, y, width, height), opacity};
	if (code >= 0x2800 && code <= 0x28ff) return {kind: 'line', path: braille(code, x, y), width: 2.4};
	const known = drawn[sign];
	if (known !== undefined) {
		const path = `M${round(x)} ${round(y)}${known[0]}`;
		return known[1] === undefined ? {kind: 'fill', path} : {kind: 'line', path, width: known[1]};
	}
	const path = block(code, x, y);
	return path === undefined ? undefined : {kind: 'fill', path};
};

import {type Line, type Span, widthOf} from './line.ts';

/** What the program draws itself, sign for sign, so that columns stay where they are. */
const signs: Readonly<Record<string, string>> = {
	'✓': '+',
	'✗': 'x',
	'▲': '!',
	'×': 'x',
	'·': '.',
	'–': '-',
	'…': '~',
	'→': '>',
	'←': '<',
	'↑': '^',
	'↓': 'v',
	'│': '|',
	'─': '-',
	...Object.fromEntries([...'┌┐└┘├┤┬┴┼'].map(corner => [corner, '+'])),
	'▁': '_',
	'▂': '.',
	'▃': ':',
	'▄': '-',
	'▅': '=',
	'▆': '+',
	'▇': '*',
	'█': '#',
	'░': '.',
	'▸': '>',
	'▏': '_',
	'⇧': '^',
	'“': '"',
	'”': '"',
	'‘': "'",
	'’': "'",
	'≥': '>',
	'⁻': '-',
};

/** How full a braille cell is, from none to all of its eight dots. */
const fillings = ' ..::==##';

const dotsOf = (code: number) => [...(code - 0x2800).toString(2)].filter(bit => bit === '1').length;

const isBraille = (code: number) => code >= 0x2800 && code <= 0x28ff;

const signOf = (character: string): string => {
	const code = character.codePointAt(0) ?? 0;
	const width = widthOf(character);
	// A letter with accents of its own becomes the letter.
	if (code < 0x80) return (character[0] ?? '').padEnd(width, '?');
	if (isBraille(code) && character.length === 1) return fillings[dotsOf(code)] ?? '#';
	return signs[character] ?? '?'.repeat(width);
};

let segmenter: Intl.Segmenter | undefined;

/** Made when it is first needed: loading Intl takes longer than all else in a frame. */
const graphemes = (text: string): readonly string[] => {
	segmenter ??= new Intl.Segmenter();
	return [...segmenter.segment(text)].map(({segment}) => segment);
};

/** A text in nothing but ASCII, its columns where they were; line ends and colours stay. */
export const asciiText = (text: string): string => {
	if (/^[\x20-\x7e]*$/.test(text)) return text;
	const isOurs = [...text].every(character => character.length === 1 && (character in signs || character < '\u0080'));
	return (isOurs ? [...text] : graphemes(text)).map(signOf).join('');
};

/** A line in nothing but printable ASCII, as wide as before. */
export const toAscii = (line: Line): Line => line.map(([text, style]): Span => [asciiText(text), style]);

import {widthOf} from './line.ts';
import {sanitize} from './sanitize.ts';

const isAscii = (text: string) => /^[\x20-\x7e]*$/.test(text);

/** What a reader takes for single characters: cut only between them. */
const graphemesOf = (text: string): readonly string[] =>
	isAscii(text) ? [...text] : [...new Intl.Segmenter().segment(text)].map(({segment}) => segment);

type Word = {readonly graphemes: readonly string[]; readonly width: number; readonly blanks: number};

/** Words with the number of blanks before each; blanks at the end belong to none. */
const wordsOf = (text: string): readonly Word[] => {
	const words: Word[] = [];
	let [graphemes, blanks]: [string[], number] = [[], 0];
	const finish = () => {
		if (graphemes.length === 0) return;
		words.push({graphemes, width: widthOf(graphemes.join('')), blanks});
		[graphemes, blanks] = [[], 0];
	};
	for (const grapheme of graphemesOf(text)) {
		if (grapheme === ' ') {
			finish();
			blanks++;
		} else graphemes.push(grapheme);
	}
	finish();
	return words;
};

/** A word that no line is wide enough for, in pieces. */
const piecesOf = ({graphemes}: Word, width: number): readonly string[] => {
	const pieces: string[] = [];
	let [piece, used] = ['', 0];
	for (const grapheme of graphemes) {
		const columns = widthOf(grapheme);
		if (piece !== '' && used + columns > width) {
			pieces.push(piece);
			[piece, used] = [grapheme, columns];
		} else {
			piece += grapheme;
			used += columns;
		}
	}
	return [...pieces, piece];
};

/**
 * A text as lines of at most so many columns, wide characters counted. It breaks at blanks, which are lost there, and
 * within a word only where the word alone is wider than a line. Only a single character can be wider than asked for.
 */
export const wrapText = (text: string, width: number): readonly string[] => {
	const columns = Math.max(1, width);
	const lines: string[] = [];
	let line: string | undefined;
	let used = 0;
	for (const word of wordsOf(text)) {
		const gap = line === undefined ? 0 : word.blanks;
		if (line !== undefined && used + gap + word.width <= columns) {
			line += ' '.repeat(gap) + word.graphemes.join('');
			used += gap + word.width;
			continue;
		}
		if (line !== undefined) lines.push(line);
		const pieces = word.width <= columns ? [word.graphemes.join('')] : piecesOf(word, columns);
		lines.push(...pieces.slice(0, -1));
		line = pieces.at(-1) ?? '';
		used = widthOf(line);
	}
	return line === undefined ? lines : [...lines, line];
};

/** AWS's longest messages have about 1,500 characters. */
const longestProse = 4000;
/** `sanitize` cuts what is longer than any screen is wide. */
const chunk = /[\s\S]{1,1000}/gu;

/**
 * Somebody else's text of several lines or sentences, harmless and wrapped; blanks that begin a line begin all that come
 * of it. What is over 4,000 characters long is cut first.
 */
export const wrapProse = (text: string, width: number): readonly string[] => {
	const isLong = text.length > longestProse;
	const short = isLong ? `${text.slice(0, longestProse)}…` : text;
	return short.split(/\r?\n/).flatMap(source => {
		const safe = (source.match(chunk) ?? []).map(sanitize).join('');
		const indent = ' '.repeat(Math.min(Math.floor(width / 2), /^ */.exec(safe)?.[0].length ?? 0));
		return wrapText(safe, width - indent.length).map(line => indent + line);
	});
};

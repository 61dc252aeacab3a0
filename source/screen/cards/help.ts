import type {Keymap} from '../input/keymap.ts';
import {helpHints} from '../input/keys.ts';
import {type Line, pad, span, widthOf} from '../text/line.ts';
import type {Card} from './card.ts';

const legend: readonly Line[] = [
	[span('✓', 'good'), span(' proven, answered  ', 'dim'), span('▲', 'warn'), span(' look', 'dim')],
	[span('✗', 'bad'), span(' refused  ', 'dim'), span('?', 'warn'), span(' not known (yet)', 'dim')],
	[],
	[span('Each number has an age and a clock:', 'dim')],
	[span('files seconds · CloudWatch minutes ·', 'dim')],
	[span('CloudTrail minutes to over an hour.', 'dim')],
	[span('Money is an estimate from list prices.', 'dim')],
	[],
	[span('Filter: ', 'dim'), span('haiku !ok who:alice'), span(' – also', 'dim')],
	[span('region: model: client: folder: outcome:', 'dim')],
];

const gap = 3;

/** Two columns where they fit. */
const arrange = (entries: readonly Line[], widest: number, width: number): readonly Line[] => {
	if (width < 2 * widest + gap) return entries;
	const half = Math.ceil(entries.length / 2);
	const textOf = (line: Line) => line.map(([text]) => text).join('');
	return entries.slice(0, half).map((line, index): Line => {
		const right = entries[half + index] ?? [];
		return [...line, span(' '.repeat(widest + gap - widthOf(textOf(line)))), ...right];
	});
};

/** Every key with what it does, made from the keymap in force, then what the signs mean. */
export const helpCard = (keymap: Keymap, width: number): Card => {
	const hints = helpHints(keymap);
	const signs = Math.max(...hints.map(({shown}) => widthOf(shown)));
	const entries = hints.map(({shown, does}): Line => [span(`${pad(shown, signs)}  `, 'strong'), span(does)]);
	const widest = signs + 2 + Math.max(...hints.map(({does}) => widthOf(does)));
	return {title: [span('Help', 'strong')], body: [...arrange(entries, widest, width), [], ...legend]};
};

import type {Cell} from '../test/support/cells.ts';

type Rgb = readonly [number, number, number];

/** A dark terminal that reads well on a light page and on a dark one: all but black have a contrast over 4.5 : 1. */
const ink: Rgb = [0xd9, 0xdc, 0xe3];
export const paper = '#15171c';
const ground: Rgb = [0x15, 0x17, 0x1c];

/** The 16 colours in the order of their codes. */
const palette: readonly Rgb[] = [
	[0x3a, 0x40, 0x4b],
	[0xff, 0x7b, 0x72],
	[0x7e, 0xe0, 0x87],
	[0xf2, 0xc1, 0x4e],
	[0x79, 0xb0, 0xff],
	[0xd7, 0xa0, 0xff],
	[0x62, 0xd2, 0xe6],
	[0xd9, 0xdc, 0xe3],
	[0x8b, 0x92, 0x9e],
	[0xff, 0xa1, 0x98],
	[0xa4, 0xf0, 0xab],
	[0xff, 0xd8, 0x7a],
	[0xa5, 0xca, 0xff],
	[0xe6, 0xc1, 0xff],
	[0x95, 0xe4, 0xf2],
	[0xff, 0xff, 0xff],
];

/** So much of the colour is left where it is dim. */
const dimmed = 0.62;

const hex = (colour: Rgb): string => `#${colour.map(part => Math.round(part).toString(16).padStart(2, '0')).join('')}`;

const dim = (colour: Rgb): Rgb => {
	const mix = (index: 0 | 1 | 2) => colour[index] * dimmed + ground[index] * (1 - dimmed);
	return [mix(0), mix(1), mix(2)];
};

/** How a cell looks: the colour of what is written, and what is behind it where that is not the terminal's own. */
export type Look = {readonly colour: string; readonly behind: string | undefined; readonly isBold: boolean};

/** The look of a cell, reversed and dimmed as terminals do it. */
export const lookOf = ({foreground, background, isBold, isDim, isInverse}: Cell): Look => {
	const front = palette[foreground ?? -1] ?? ink;
	const back = palette[background ?? -1];
	const [text, field] = isInverse ? [back ?? ground, front] : [front, back];
	return {colour: hex(isDim ? dim(text) : text), behind: field && hex(field), isBold};
};

import type {Overview} from '../../domain/overview.ts';
import type {Keymap} from '../keymap.ts';
import type {Target} from '../target.ts';
import type {Card} from './card.ts';
import {helpCard} from './help.ts';

export type CardInput = {
	readonly width: number;
	readonly height: number;
	readonly keymap: Keymap;
	readonly home?: string | undefined;
};

/** The card of what was opened; undefined where it is no longer known. */
export const cardOf = (_overview: Overview, target: Target, {keymap, width}: CardInput): Card | undefined => {
	switch (target.kind) {
		case 'help':
			return helpCard(keymap, width);
		default:
			return undefined;
	}
};

import type {Overview} from '../../state/overview.ts';
import type {Keymap} from '../input/keymap.ts';
import type {Target} from '../panes/target.ts';
import {callCard} from './call.ts';
import type {Card} from './card.ts';
import {helpCard} from './help.ts';
import {modelCard} from './model.ts';
import {refusalCard} from './refusal.ts';
import {sessionCard} from './session.ts';

type CardInput = {
	readonly width: number;
	readonly height: number;
	readonly keymap: Keymap;
	readonly home?: string | undefined;
};

/** The card of what was opened; undefined where it is no longer known. */
export const cardOf = (overview: Overview, target: Target, input: CardInput): Card | undefined => {
	switch (target.kind) {
		case 'help':
			return helpCard(input.keymap, input.width);
		case 'call':
			return callCard(overview, target.eventId, input);
		case 'refusal':
			return refusalCard(overview, target.key, input);
		case 'session':
			return sessionCard(overview, target.sessionId, input);
		case 'model':
			return modelCard(overview, target.key, input);
	}
};

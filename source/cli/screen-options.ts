import {themeNames} from '../screen/text/theme-names.ts';
import type {OptionRow} from './option-row.ts';
import {keys} from './structured-settings.ts';
import {oneOf} from './value-kinds.ts';

/** OSC 9 (iTerm2, Windows Terminal, kitty, WezTerm) or OSC 777 (urxvt, foot, Ghostty, VTE). */
const notifyProtocols = ['osc9', 'osc777'] as const;
export type NotifyProtocol = (typeof notifyProtocols)[number];

/** The options about what is seen and heard. */
export const screenOptions = {
	bell: {kind: 'off-switch', as: 'hasBell', words: 'never ring', setting: 'Whether a refusal rings the bell.'},
	notify: {
		kind: 'value',
		of: oneOf(notifyProtocols),
		as: 'notify',
		words: "besides, the terminal's own notification",
		more: ' (or osc777) when something is new',
		value: 'osc9',
		alone: "the terminal's own notification when something is new",
		setting: 'Also ask the terminal for a notification of its own when something is new, by this sequence.',
	},
	theme: {
		kind: 'value',
		of: oneOf(themeNames),
		fallback: 'default',
		as: 'theme',
		words: 'default, dim, high-contrast or colour-blind',
		value: 'NAME',
		alone: 'colours',
		setting: 'Colours.',
		also: ['replay'],
	},
	ascii: {
		kind: 'switch',
		as: 'isAscii',
		words: 'no signs but ASCII',
		setting: 'No signs but ASCII.',
		also: ['report', 'doctor', 'replay'],
	},
	mask: {
		kind: 'switch',
		as: 'isMasked',
		words: 'aliases for account ids and callers',
		more: ', where others see the screen',
		setting: 'Aliases for account ids and callers, where others see the screen.',
		also: ['report', 'doctor'],
	},
	keys: {
		kind: 'setting',
		of: keys,
		as: 'keys',
		words: '',
		setting: "Keys of your own: a command's name and the key, or the keys, that it gets instead of the usual ones.",
	},
} as const satisfies Readonly<Record<string, OptionRow>>;

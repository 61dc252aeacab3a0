import type {Binding, Keymap, Situation} from './keymap.ts';

const signs: Readonly<Record<string, string>> = {
	enter: 'Enter',
	escape: 'Esc',
	tab: 'Tab',
	'shift-tab': '⇧Tab',
	space: 'Space',
	up: '↑',
	down: '↓',
	left: '←',
	right: '→',
	pageup: 'PgUp',
	pagedown: 'PgDn',
	home: 'Home',
	end: 'End',
};

/** A key as it is written for people: `Enter`, `^C`, `j`. */
export const keySign = (key: string): string =>
	signs[key] ?? (key.startsWith('ctrl-') ? `^${key.slice(5).toUpperCase()}` : key);

/** One entry of footer or help: keys, and what they do. */
export type KeyHint = {readonly shown: string; readonly does: string};

const firstSign = ({keys: [key = '']}: Binding) => keySign(key);

/** `1–4` where the keys follow each other, else all of them: `a b c d`. */
const signsOf = (members: readonly Binding[]): string => {
	const keys = members.map(firstSign);
	const isRun = keys.every((key, index) => index === 0 || Number(key) === Number(keys[index - 1]) + 1);
	return members.length > 2 && isRun ? `${keys[0]}–${keys.at(-1)}` : keys.join(members.length === 2 ? '/' : ' ');
};

const grouped = (bindings: readonly Binding[]): readonly (readonly Binding[])[] => {
	const groups = new Map<string, Binding[]>();
	for (const binding of bindings) {
		const key = binding.group ?? binding.name;
		groups.set(key, [...(groups.get(key) ?? []), binding]);
	}
	return [...groups.values()];
};

/** What the footer offers in a situation, the most needed first. */
export const footerHints = ({bindings}: Keymap, situation: Situation): readonly KeyHint[] =>
	grouped(bindings.filter(({when}) => when?.(situation) === true)).map(members => {
		const [{does, short = does}] = members as [Binding];
		return {shown: signsOf(members), does: short};
	});

/** Every key with what it does. */
export const helpHints = ({bindings}: Keymap): readonly KeyHint[] =>
	grouped(bindings).map(members => {
		if (members.length > 2) return {shown: signsOf(members), does: (members[0] as Binding).does};
		const shown = members.flatMap(({keys}) => keys.map(keySign)).join(' ');
		return {shown, does: members.map(({does}) => does).join(', ')};
	});

type Pressed = {
	readonly ctrl: boolean;
	readonly shift: boolean;
	readonly tab: boolean;
	readonly escape: boolean;
	readonly return: boolean;
	readonly upArrow: boolean;
	readonly downArrow: boolean;
	readonly leftArrow: boolean;
	readonly rightArrow: boolean;
	readonly pageUp: boolean;
	readonly pageDown: boolean;
	readonly home: boolean;
	readonly end: boolean;
	readonly backspace: boolean;
	readonly delete: boolean;
};

const special: readonly (readonly [flag: keyof Pressed, name: string])[] = [
	['escape', 'escape'],
	['return', 'enter'],
	['upArrow', 'up'],
	['downArrow', 'down'],
	['leftArrow', 'left'],
	['rightArrow', 'right'],
	['pageUp', 'pageup'],
	['pageDown', 'pagedown'],
	['home', 'home'],
	['end', 'end'],
	['backspace', 'backspace'],
	['delete', 'backspace'],
];

const characterNames: Readonly<Record<string, string>> = {
	' ': 'space',
	'\r': 'enter',
	'\n': 'enter',
	'\t': 'tab',
	'\u007f': 'backspace',
	'\b': 'backspace',
};

/** Pressed keys by the names the keymap uses; keys that follow each other quickly arrive as one input. */
export const keyNames = (input: string, key: Pressed): readonly string[] => {
	if (key.tab) return [key.shift ? 'shift-tab' : 'tab'];
	const found = special.find(([flag]) => key[flag]);
	if (found !== undefined) return [found[1]];
	if (key.ctrl) return [`ctrl-${input}`];
	return [...input].map(character => characterNames[character] ?? character);
};

import {numberKey, type PaneId, paneIds} from '../panes/pane-table.ts';

/** What a key can do. */
export type Command =
	| {readonly type: 'focus'; readonly pane: PaneId}
	| {
			readonly type:
				| 'next'
				| 'previous'
				| 'down'
				| 'up'
				| 'pageDown'
				| 'pageUp'
				| 'first'
				| 'last'
				| 'open'
				| 'back'
				| 'trouble'
				| 'mine'
				| 'filter'
				| 'window'
				| 'freeze'
				| 'refresh'
				| 'copy'
				| 'help'
				| 'quit'
				| 'suspend'
				| 'interrupt';
	  };

/** What there is to act on: decides which keys the footer offers. */
export type Situation = {
	/** A card or the help covers the panes. */
	readonly isCard: boolean;
	/** It has more lines than fit. */
	readonly canScroll: boolean;
	/** A row is selected, or there is a refusal. */
	readonly canOpen: boolean;
	readonly canCopy: boolean;
	readonly canGoBack: boolean;
	/** A pane with rows has the focus. */
	readonly canMove: boolean;
	readonly isRibbon: boolean;
};

type When = (situation: Situation) => boolean;

/** One thing that keys do. */
export type Binding = {
	/** Its name in the config file's `keys`. */
	readonly name: string;
	readonly keys: readonly string[];
	readonly does: string;
	/** What the footer calls it, where that is shorter. */
	readonly short?: string;
	/** When the footer offers it; absent: in the help only. */
	readonly when?: When;
	/** Keys of one group stand together in footer and help, as `1–4 pane`. */
	readonly group?: string;
	readonly command: Command;
};

const onPanes: When = ({isCard, isRibbon}) => !(isCard || isRibbon);
const always: When = () => true;

const paneBinding = (id: PaneId): Binding => ({
	name: id,
	keys: [numberKey(id)],
	does: 'focus a pane; again: zoom',
	short: 'pane',
	group: 'pane',
	when: ({isCard}) => !isCard,
	command: {type: 'focus', pane: id},
});

/** Every key there is, in the order in which the footer offers them. Footer and help are made from this. */
const bindings: readonly Binding[] = [
	{name: 'copy', keys: ['y'], does: 'copy', when: ({canCopy, isCard}) => canCopy && isCard, command: {type: 'copy'}},
	{name: 'open', keys: ['enter'], does: 'open', when: ({canOpen}) => canOpen, command: {type: 'open'}},
	{name: 'back', keys: ['escape'], does: 'back', when: ({canGoBack}) => canGoBack, command: {type: 'back'}},
	{name: 'help', keys: ['?'], does: 'help', when: always, command: {type: 'help'}},
	{name: 'quit', keys: ['q'], does: 'quit', when: always, command: {type: 'quit'}},
	...paneIds.map(paneBinding),
	{
		name: 'down',
		keys: ['j', 'down'],
		does: 'down',
		group: 'move',
		short: 'move',
		when: ({canMove, canScroll, isCard}) => (isCard ? canScroll : canMove),
		command: {type: 'down'},
	},
	{
		name: 'up',
		keys: ['k', 'up'],
		does: 'up',
		group: 'move',
		short: 'move',
		when: ({canMove, canScroll, isCard}) => (isCard ? canScroll : canMove),
		command: {type: 'up'},
	},
	{
		name: 'trouble',
		keys: ['z'],
		does: 'trouble only',
		short: 'trouble',
		when: onPanes,
		command: {type: 'trouble'},
	},
	{name: 'filter', keys: ['/'], does: 'filter', when: onPanes, command: {type: 'filter'}},
	{name: 'mine', keys: ['m'], does: 'mine only', short: 'mine', when: onPanes, command: {type: 'mine'}},
	{
		name: 'window',
		keys: ['w'],
		does: 'window: today, 24h, 7d, 1h',
		short: 'window',
		when: ({isCard}) => !isCard,
		command: {type: 'window'},
	},
	{name: 'freeze', keys: ['f'], does: 'freeze', when: always, command: {type: 'freeze'}},
	{name: 'refresh', keys: ['r'], does: 'refresh now', short: 'refresh', when: always, command: {type: 'refresh'}},
	{name: 'next', keys: ['tab', 'right'], does: 'next pane', command: {type: 'next'}},
	{name: 'previous', keys: ['shift-tab', 'left'], does: 'previous pane', command: {type: 'previous'}},
	{name: 'pageDown', keys: ['pagedown', 'space'], does: 'page down', command: {type: 'pageDown'}},
	{name: 'pageUp', keys: ['pageup'], does: 'page up', command: {type: 'pageUp'}},
	{name: 'first', keys: ['g', 'home'], does: 'first row', command: {type: 'first'}},
	{name: 'last', keys: ['G', 'end'], does: 'last row', command: {type: 'last'}},
	{name: 'suspend', keys: ['ctrl-z'], does: 'back to the shell until fg', command: {type: 'suspend'}},
	{name: 'interrupt', keys: ['ctrl-c'], does: 'quit at once', command: {type: 'interrupt'}},
];

/** The keys in force. */
export type Keymap = {
	readonly bindings: readonly Binding[];
	/** The command of a key, or undefined for keys that do nothing. */
	commandOf(key: string): Command | undefined;
};

const named = new Set([
	...['enter', 'escape', 'tab', 'shift-tab', 'space', 'up', 'down', 'left', 'right'],
	...['pageup', 'pagedown', 'home', 'end'],
]);

/** Whether a config file may name a key like that: one character, a named key, or ctrl with a letter. */
const isKey = (key: unknown): key is string =>
	typeof key === 'string' && (named.has(key) || /^ctrl-[a-z]$/.test(key) || (/^\S$/u.test(key) && key.length === 1));

/** Always theirs, so that nobody can lock themselves in. */
const fixed: Readonly<Record<string, string>> = {back: 'escape', interrupt: 'ctrl-c'};

/** The commands that a config file can give other keys. */
export const rebindable: readonly string[] = bindings.map(({name}) => name).filter(name => name !== 'interrupt');

type Overrides = Readonly<Record<string, unknown>>;

/** What is wrong with a config file's `keys`, as a sentence; undefined where it can be used. */
export const keysFault = (overrides: Overrides): string | undefined => {
	for (const [name, value] of Object.entries(overrides)) {
		if (!rebindable.includes(name)) return `There is no command “${name}” to give keys to.`;
		const keys = Array.isArray(value) ? value : [value];
		const wrong = keys.find(key => !isKey(key));
		if (keys.length === 0 || wrong !== undefined) return `“${String(wrong ?? '')}” is not a key for “${name}”.`;
	}
	const owners = new Map<string, string>();
	for (const {name, keys} of rebound(overrides)) {
		for (const key of keys) {
			const owner = owners.get(key);
			if (owner !== undefined) return `The key “${key}” is given to both “${owner}” and “${name}”.`;
			owners.set(key, name);
		}
	}
	return undefined;
};

const rebound = (overrides: Overrides): readonly Binding[] =>
	bindings.map(binding => {
		const value = overrides[binding.name];
		if (value === undefined) return binding;
		const keys = (Array.isArray(value) ? value : [value]) as readonly string[];
		const always = fixed[binding.name];
		return {...binding, keys: always === undefined || keys.includes(always) ? keys : [...keys, always]};
	});

/** The keymap with what a config file rebinds; it has to be checked with keysFault before. */
export const createKeymap = (overrides: Overrides = {}): Keymap => {
	const inForce = rebound(overrides);
	const commands = new Map(inForce.flatMap(({keys, command}) => keys.map(key => [key, command] as const)));
	return {bindings: inForce, commandOf: key => commands.get(key)};
};

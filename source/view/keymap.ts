export type Command =
	| {readonly type: 'focus'; readonly pane: number}
	| {readonly type: 'next' | 'previous' | 'refresh' | 'help' | 'back' | 'quit' | 'interrupt'};

type Binding = {
	readonly keys: readonly string[];
	readonly shown: string;
	readonly does: string;
	/** Known to everybody, or of use to few: in the help only. */
	readonly isHelpOnly?: boolean;
	readonly command: Command | ((key: string) => Command);
};

/** Every key there is, in the order in which the footer shows them. Footer and help are made from this. */
export const keymap: readonly Binding[] = [
	{keys: ['?'], shown: '?', does: 'help', command: {type: 'help'}},
	{keys: ['q'], shown: 'q', does: 'quit', command: {type: 'quit'}},
	{
		keys: ['1', '2', '3', '4'],
		shown: '1–4',
		does: 'pane',
		command: key => ({type: 'focus', pane: Number(key) - 1}),
	},
	{keys: ['tab'], shown: 'Tab', does: 'next', command: {type: 'next'}},
	{keys: ['shift-tab'], shown: '⇧Tab', does: 'previous', isHelpOnly: true, command: {type: 'previous'}},
	{keys: ['r'], shown: 'r', does: 'refresh', command: {type: 'refresh'}},
	{keys: ['escape'], shown: 'Esc', does: 'back', command: {type: 'back'}},
	{keys: ['ctrl-c'], shown: '^C', does: 'quit', isHelpOnly: true, command: {type: 'interrupt'}},
];

/** The command of a key, or undefined for keys that do nothing. */
export const commandOf = (key: string): Command | undefined => {
	const binding = keymap.find(({keys}) => keys.includes(key));
	if (binding === undefined) return undefined;
	return typeof binding.command === 'function' ? binding.command(key) : binding.command;
};

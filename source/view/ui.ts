import type {Command} from './keymap.ts';
import {paneIds} from './layout.ts';

/** What the person is looking at; nothing of this is data. */
export type Ui = {readonly focus: number | undefined; readonly isHelp: boolean};

export const initialUi: Ui = {focus: undefined, isHelp: false};

const step = (focus: number | undefined, by: 1 | -1): number => {
	const from = focus ?? (by === 1 ? -1 : 0);
	return (from + by + paneIds.length) % paneIds.length;
};

/** Esc steps back: out of help, then out of focus. It never quits. */
export const reduceUi = (ui: Ui, command: Command): Ui => {
	switch (command.type) {
		case 'focus':
			return {isHelp: false, focus: ui.focus === command.pane && !ui.isHelp ? undefined : command.pane};
		case 'next':
			return {isHelp: false, focus: step(ui.focus, 1)};
		case 'previous':
			return {isHelp: false, focus: step(ui.focus, -1)};
		case 'help':
			return {...ui, isHelp: !ui.isHelp};
		case 'back':
			return ui.isHelp ? {...ui, isHelp: false} : {...ui, focus: undefined};
		default:
			return ui;
	}
};

type Modifiers = {readonly ctrl: boolean; readonly shift: boolean; readonly tab: boolean; readonly escape: boolean};

/** Pressed keys by the names the keymap uses; keys that follow each other quickly arrive as one input. */
export const keyNames = (input: string, key: Modifiers): readonly string[] => {
	if (key.escape) return ['escape'];
	if (key.tab) return [key.shift ? 'shift-tab' : 'tab'];
	return key.ctrl ? [`ctrl-${input}`] : [...input];
};

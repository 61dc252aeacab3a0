import {type Key, useInput, useStdin} from 'ink';
import {useReducer, useRef} from 'react';
import type {Clock} from '../polling/clock.ts';
import type {Store} from '../polling/store.ts';
import type {Command, Keymap} from '../screen/input/keymap.ts';
import {keyNames} from '../screen/input/keys.ts';
import {initialUi, reduceUi, type Scene, typeFilter, type Ui} from '../screen/input/ui.ts';
import type {Action, State} from '../state/state.ts';

/** What the person is looking at, as it is after every key so far, and the way to change it. */
type UiState = {readonly current: () => Ui; readonly change: (next: Ui) => void};

/**
 * Keeps what the person is looking at; freezes the store for as long as the screen stands still. Not React's own state:
 * several keys may come before the next frame, and each builds on the one before.
 */
export const useUi = ({freeze, thaw}: Store<State, Action>): UiState => {
	const ui = useRef(initialUi);
	const [, render] = useReducer((count: number) => count + 1, 0);
	return {
		current: () => ui.current,
		change(next) {
			const wasFrozen = ui.current.frozenAt !== undefined;
			const isFrozen = next.frozenAt !== undefined;
			ui.current = next;
			if (!wasFrozen && isFrozen) freeze();
			if (wasFrozen && !isFrozen) thaw();
			render();
		},
	};
};

type KeyHandling = {
	readonly ui: UiState;
	readonly keymap: Keymap;
	readonly clock: Clock;
	/** What keys can act on, as the screen is now. */
	readonly sceneOf: (ui: Ui) => Scene;
	/** What commands do beyond the screen: to the sources, the clipboard, the program. */
	readonly effects: Readonly<Partial<Record<Command['type'], () => void>>>;
};

/** What ends or leaves the program is no text, whatever is being typed. */
const isLeaving = (command: Command | undefined) => command?.type === 'interrupt' || command?.type === 'suspend';

/** Turns keys into changes of the screen, then into their effects. */
export const useKeys = ({ui, keymap, clock, sceneOf, effects}: KeyHandling): void => {
	const {isRawModeSupported} = useStdin();
	const onInput = (input: string, key: Key) => {
		for (const name of keyNames(input, key)) {
			const command = keymap.commandOf(name);
			const before = ui.current();
			const isTyping = before.draft !== undefined && !isLeaving(command);
			if (isTyping) ui.change(typeFilter(before, name));
			else if (command !== undefined) {
				const after = reduceUi(before, command, sceneOf(before), clock.now());
				if (after !== before) ui.change(after);
				effects[command.type]?.();
			}
		}
	};
	useInput(onInput, {isActive: isRawModeSupported});
};

import {setTimeout as sleep} from 'node:timers/promises';
import chalk from 'chalk';
import {App} from '../source/app/app.tsx';
import {collectOnce} from '../source/app/one-round.ts';
import {openSources} from '../source/app/open-sources.ts';
import {readOptions} from '../source/cli/read-options.ts';
import {windowAt} from '../source/domain/common/window.ts';
import {defaultBook} from '../source/domain/money/price-book.ts';
import {type Clock, systemClock} from '../source/polling/clock.ts';
import {createStore, type Store} from '../source/polling/store.ts';
import {createKeymap} from '../source/screen/input/keymap.ts';
import {createPaint} from '../source/screen/text/theme.ts';
import {type Action, initialState, reduce, type State} from '../source/state/state.ts';
import type {Cell} from '../test/support/cells.ts';
import {renderScreen, type ScreenUnderTest} from '../test/support/screen.ts';

/** How large a terminal is. */
export type Size = {readonly columns: number; readonly rows: number};

/** A terminal's content, row by row. */
export type Cells = readonly (readonly Cell[])[];

/** When the world of the pictures begins: an afternoon. */
const openedAt = Date.UTC(2026, 10, 23, 15, 4, 0);
/** So long after it was read the screen is drawn: ages other than "now" are to be seen. */
const lookedAtMs = 5000;

/** As long as nothing changes for so long, React has run its effects and Ink has drawn what they changed. */
const quietMs = 100;

const settle = async (screen: ScreenUnderTest): Promise<void> => {
	let before: string | undefined;
	while (screen.text() !== before) {
		before = screen.text();
		await sleep(quietMs);
		await screen.flushed();
	}
};

const options = readOptions({typed: {demo: true}}, true);

const createDemoStore = (now: number): Store<State, Action> => {
	const {limits, since, watchCap, refreshMs} = options;
	const window = windowAt(now, {limits, ...since});
	return createStore(reduce, initialState(defaultBook, {...window, askedRegions: [], limits, watchCap, refreshMs}));
};

/**
 * What `bedtop --demo` draws in terminals of these sizes: the real app over one round of the real sources, at a moment
 * that stands still. Timers do run, so that nothing waits for a time that never comes.
 */
export const demoScreens = async (sizes: readonly Size[]): Promise<readonly Cells[]> => {
	let now = openedAt;
	const clock: Clock = {...systemClock, now: () => now};
	const store = createDemoStore(now);
	const {sources, context, home, remove} = await openSources(
		options,
		store,
		{cacheDirectory: undefined, stateDirectory: undefined},
		clock,
	);
	try {
		await collectOnce({store, sources, context, clock});
	} finally {
		remove();
	}
	now += lookedAtMs;
	// 16 colours, whatever the terminal of whoever runs this can do.
	chalk.level = 1;
	const pictures: Cells[] = [];
	for (const {columns, rows} of sizes) {
		const screen = renderScreen(
			shown => (
				<App {...{store, clock, home}} {...shown} isDemo keymap={createKeymap()} paint={createPaint('default')} />
			),
			columns,
			rows,
		);
		await settle(screen);
		pictures.push(screen.cells());
		await screen.unmount();
	}
	return pictures;
};

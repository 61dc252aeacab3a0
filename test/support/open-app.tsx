import {App} from '../../source/app/app.tsx';
import {createWatching} from '../../source/app/watch.ts';
import type {Painter} from '../../source/components/row.tsx';
import {defaultBook} from '../../source/domain/money/price-book.ts';
import {createStore, type Store} from '../../source/polling/store.ts';
import {createKeymap} from '../../source/screen/input/keymap.ts';
import {paint} from '../../source/screen/text/theme.ts';
import type {Source} from '../../source/sources/source.ts';
import {type Action, initialState, reduce, type Settings, type State} from '../../source/state/state.ts';
import {contextOf} from './context.ts';
import type {FakeClock} from './fake-clock.ts';
import {morningSources} from './fixture.ts';
import {renderScreen, type ScreenUnderTest, type Shown} from './screen.ts';
import {settingsSince} from './settings.ts';

export type Opening = {
	readonly clock: FakeClock;
	readonly sources?: readonly Source[];
	readonly settings?: Partial<Settings>;
	readonly alarm?: (sentence: string) => void;
	readonly copy?: (text: string) => void;
	/** Takes rows in the display's place; `ink`: Ink writes them. */
	readonly painter?: Painter | 'ink';
	/** Of another app, to look at the same through a second terminal. */
	readonly store?: Store<State, Action>;
};

export type OpenedApp = ScreenUnderTest & {readonly store: Store<State, Action>};

/** The whole app over a working morning, in a terminal of that size. */
export const openApp = (columns: number, rows: number, opening: Opening): OpenedApp => {
	const {clock, sources = morningSources(clock.now()), settings, alarm, copy, painter} = opening;
	const midnight = new Date(clock.now()).setHours(0, 0, 0, 0);
	const store =
		opening.store ?? createStore<State, Action>(reduce, initialState(defaultBook, settingsSince(midnight, settings)));
	const appOf = (shown: Shown) => (
		<App
			{...shown}
			{...(typeof painter === 'function' && {painter})}
			store={store}
			watching={createWatching(sources, {store, clock, context: contextOf({store, clock}), random: () => 1})}
			clock={clock}
			isDemo={false}
			home="/home/dev"
			alarm={alarm}
			copy={copy}
			keymap={createKeymap()}
			paint={paint}
		/>
	);
	return {...renderScreen(appOf, columns, rows, painter === 'ink' ? 'ink' : 'painter'), store};
};

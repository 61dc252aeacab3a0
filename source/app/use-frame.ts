import {useRef} from 'react';
import {useNow} from '../hooks/use-now.ts';
import {useStore} from '../hooks/use-store.ts';
import type {Clock} from '../polling/clock.ts';
import type {Store} from '../polling/store.ts';
import type {Ui} from '../screen/input/ui.ts';
import {type Plan, planScreen, type ScreenInput} from '../screen/layout/plan.ts';
import {composeScreen, type Screen} from '../screen/layout/screen.ts';
import {nextOrders, type Orders} from '../screen/panes/registry.ts';
import {type Overview, overview} from '../state/overview.ts';
import type {Action, State} from '../state/state.ts';

/** Ages are shown in steps of 5 s. */
const ageTickMs = 5000;

type Views = {
	/** What is true now. */
	readonly live: Overview;
	/** The same, or what was true when the screen was frozen. */
	readonly shown: Overview;
};

/** What is known, renewed with each change of the store and as ages grow. `frozenAt` is epoch ms. */
export const useViews = (store: Store<State, Action>, clock: Clock, frozenAt: number | undefined): Views => {
	useStore(store);
	useNow(clock, ageTickMs);
	const live = overview(store.getState(), clock.now());
	return {live, shown: frozenAt === undefined ? live : overview(store.getShown(), frozenAt)};
};

/** Plans and composes the screen for what the person is looking at; rows keep their order from frame to frame. */
export const useFrame = ({live, shown}: Views, looks: Omit<ScreenInput, 'ui' | 'live' | 'orders'>) => {
	const orders = useRef<Orders>({});
	orders.current = nextOrders(orders.current, shown, live.now);
	const inputOf = (ui: Ui): ScreenInput => ({...looks, ui, live, orders: orders.current});
	return {
		planOf: (ui: Ui): Plan => planScreen(shown, inputOf(ui)),
		screenOf: (ui: Ui): Screen => composeScreen(shown, inputOf(ui)),
	};
};

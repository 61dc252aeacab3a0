import {useRef} from 'react';
import {equal} from '../domain/common/equal.ts';
import {useNow} from '../hooks/use-now.ts';
import {useStore} from '../hooks/use-store.ts';
import type {Clock} from '../polling/clock.ts';
import type {Store} from '../polling/store.ts';
import type {Ui} from '../screen/input/ui.ts';
import {type Frame, linesOf} from '../screen/layout/frame.ts';
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

const viewsAt = (store: Store<State, Action>, now: number, frozenAt: number | undefined): Views => {
	const live = overview(store.getState(), now);
	return {live, shown: frozenAt === undefined ? live : overview(store.getShown(), frozenAt)};
};

/** Whether time alone makes another screen of what is known; asked each time that ages may have grown. */
type Due = {current: () => boolean};

/** What is known, renewed with each change of the store and as ages grow. `frozenAt` is epoch ms. */
export const useViews = (
	store: Store<State, Action>,
	clock: Clock,
	frozenAt: number | undefined,
	isDue: Due,
): Views => {
	useStore(store);
	useNow(clock, ageTickMs, isDue);
	return viewsAt(store, clock.now(), frozenAt);
};

type Looks = Omit<ScreenInput, 'ui' | 'live' | 'orders'>;

/** Plans and composes the screen for what the person is looking at; rows keep their order from frame to frame. */
export const useFrame = ({live, shown}: Views, looks: Looks) => {
	const orders = useRef<Orders>({});
	orders.current = nextOrders(orders.current, shown, live.now);
	const inputOf = (ui: Ui): ScreenInput => ({...looks, ui, live, orders: orders.current});
	return {
		planOf: (ui: Ui): Plan => planScreen(shown, inputOf(ui)),
		screenOf: (ui: Ui): Screen => composeScreen(shown, inputOf(ui)),
		/** Whether a frame would be another one at that time (epoch ms). */
		hasAged(frame: Frame, store: Store<State, Action>, ui: Ui, now: number): boolean {
			const then = viewsAt(store, now, ui.frozenAt);
			const ordered = nextOrders(orders.current, then.shown, now);
			const next = composeScreen(then.shown, {...inputOf(ui), live: then.live, orders: ordered}).frame;
			return !equal(linesOf(frame), linesOf(next));
		},
	};
};

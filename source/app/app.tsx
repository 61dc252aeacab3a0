import {useApp, useWindowSize} from 'ink';
import {useMemo, useRef} from 'react';
import {type Painter, Painting} from '../components/row.tsx';
import {Screen, Sentences} from '../components/screen.tsx';
import {nextSpan, windowAt} from '../domain/common/window.ts';
import {Polling} from '../hooks/polling.tsx';
import {useToast} from '../hooks/use-toast.ts';
import type {Clock} from '../polling/clock.ts';
import type {Store} from '../polling/store.ts';
import type {Watching} from '../polling/watching.ts';
import type {Keymap} from '../screen/input/keymap.ts';
import {linesOf} from '../screen/layout/frame.ts';
import {formatSpan} from '../screen/text/format.ts';
import type {Line} from '../screen/text/line.ts';
import type {Action, State} from '../state/state.ts';
import {useAlarm} from './use-alarm.ts';
import {useFrame, useViews} from './use-frame.ts';
import {useSpeech} from './use-speech.ts';
import {useKeys, useUi} from './use-ui.ts';

export type AppProps = {
	readonly store: Store<State, Action>;
	readonly clock: Clock;
	/** The sources. Absent: none is asked. */
	readonly watching?: Watching | undefined;
	readonly isDemo: boolean;
	readonly keymap: Keymap;
	/** Gives a line its colours. */
	readonly paint: (line: Line) => string;
	/** Brings painted rows to the terminal. Absent: Ink does. */
	readonly painter?: Painter | undefined;
	/** Paints all of them again, whatever stands there. */
	readonly repaint?: (() => void) | undefined;
	/** Gives the terminal to the shell until the person comes back. */
	readonly suspend?: (() => void) | undefined;
	readonly home?: string | undefined;
	/** Takes a sentence about what is newly wrong. Absent: nobody is alarmed. */
	readonly alarm?: ((sentence: string) => void) | undefined;
	/** Where a recording is played: what is said of it. */
	readonly replay?: (() => string) | undefined;
	/** Puts a text on the clipboard. */
	readonly copy?: ((text: string) => void) | undefined;
};

/** What the app exits with when it was interrupted, so that the shell sees the usual code. */
export const interrupted = 'interrupted';

/** The live monitor: starts the polling, listens to keys, and shows one screen. */
export const App = (props: AppProps) => {
	const {store, clock, watching, keymap, isDemo, home, paint, painter} = props;
	const {exit} = useApp();
	const {columns, rows} = useWindowSize();
	const [toast, say] = useToast(clock);

	const state = useUi(store);
	const ui = state.current();
	const isDue = useRef<() => boolean>(() => true);
	const views = useViews(store, clock, ui.frozenAt, isDue);
	const {planOf, screenOf, hasAged} = useFrame(views, {
		columns,
		rows,
		keymap,
		isDemo,
		home,
		toast,
		replay: props.replay?.(),
	});
	useAlarm(views.live, watching?.names.has('cloudtrail') === true, props.alarm);
	useKeys({
		...{ui: state, keymap, clock},
		sceneOf: ui => planOf(ui).scene,
		effects: {
			quit: () => exit(),
			interrupt: () => exit(interrupted),
			suspend: () => props.suspend?.(),
			refresh() {
				props.repaint?.();
				watching?.refresh();
				say('asking every source now');
			},
			window() {
				const {limits, spanMs, longestMs} = store.getState();
				const next = nextSpan(spanMs);
				store.dispatch({type: 'window', ...windowAt(clock.now(), {limits, spanMs: next, longestMs})});
				say(`window: ${formatSpan(next)}`);
				watching?.refresh();
			},
			copy() {
				const copied = planOf(state.current()).copy();
				if (copied === undefined) return;
				props.copy?.(copied.text);
				say(`copied ${copied.what}`);
			},
		},
	});

	const isCovered = ui.card !== undefined || ui.draft !== undefined;
	const otherText = isCovered ? () => linesOf(screenOf(ui).frame).map(paint) : undefined;
	const sentences = useSpeech(views.live, {columns, rows, isDemo, home, otherText});
	const frame = sentences === undefined ? screenOf(ui).frame : undefined;
	// What is heard and what is played have a pace of their own.
	const isPaced = frame === undefined || props.replay !== undefined;
	isDue.current = () => isPaced || hasAged(frame, store, ui, clock.now());
	const painting = useMemo(() => ({paint, painter}), [paint, painter]);
	return (
		<>
			{watching !== undefined && <Polling watching={watching} subscribe={store.subscribe} />}
			<Painting value={painting}>
				{frame === undefined ? <Sentences lines={sentences ?? []} /> : <Screen frame={frame} />}
			</Painting>
		</>
	);
};

import {useApp, useWindowSize} from 'ink';
import {useCallback, useMemo, useRef} from 'react';
import {type Painter, Painting} from '../components/row.tsx';
import {Screen, Sentences} from '../components/screen.tsx';
import {nextSpan, windowAt} from '../domain/common/window.ts';
import {Polling, type PollingProps} from '../hooks/polling.tsx';
import {useToast} from '../hooks/use-toast.ts';
import type {Keymap} from '../screen/input/keymap.ts';
import {linesOf} from '../screen/layout/frame.ts';
import {formatSpan} from '../screen/text/format.ts';
import type {Line} from '../screen/text/line.ts';
import {useAlarm} from './use-alarm.ts';
import {useFrame, useViews} from './use-frame.ts';
import {useSpeech} from './use-speech.ts';
import {useKeys, useUi} from './use-ui.ts';

export type AppProps = Omit<PollingProps, 'onReady'> & {
	readonly isDemo: boolean;
	readonly keymap: Keymap;
	/** Gives a line its colours. */
	readonly paint: (line: Line) => string;
	/** Brings painted rows to the terminal. Absent: Ink does. */
	readonly painter?: Painter | undefined;
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
	const {store, clock, keymap, isDemo, home, paint, painter} = props;
	const {exit} = useApp();
	const {columns, rows} = useWindowSize();
	const [toast, say] = useToast(clock);
	const refresh = useRef<() => void>(undefined);
	const onReady = useCallback((refreshAll: () => void) => {
		refresh.current = refreshAll;
	}, []);

	const state = useUi(store);
	const ui = state.current();
	const views = useViews(store, clock, ui.frozenAt);
	const {planOf, screenOf} = useFrame(views, {columns, rows, keymap, isDemo, home, toast, replay: props.replay?.()});
	useAlarm(views.live, props.feeds.trail !== undefined, props.alarm);
	useKeys({
		...{ui: state, keymap, clock},
		sceneOf: ui => planOf(ui).scene,
		effects: {
			quit: () => exit(),
			interrupt: () => exit(interrupted),
			refresh() {
				refresh.current?.();
				say('asking every source now');
			},
			window() {
				const {limits, spanMs, longestMs} = store.getState();
				const next = nextSpan(spanMs);
				store.dispatch({type: 'window', ...windowAt(clock.now(), {limits, spanMs: next, longestMs})});
				say(`window: ${formatSpan(next)}`);
				refresh.current?.();
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
	const painting = useMemo(() => ({paint, painter}), [paint, painter]);
	return (
		<>
			<Polling {...props} onReady={onReady} />
			<Painting value={painting}>
				{sentences === undefined ? <Screen frame={screenOf(ui).frame} /> : <Sentences lines={sentences} />}
			</Painting>
		</>
	);
};

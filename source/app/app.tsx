import {useApp, useInput, useIsScreenReaderEnabled, useWindowSize} from 'ink';
import {useCallback, useReducer, useRef} from 'react';
import {Screen} from '../components/screen.tsx';
import {nextSpan, windowAt} from '../domain/common/window.ts';
import {Polling, type PollingProps} from '../hooks/polling.tsx';
import {useBell} from '../hooks/use-bell.ts';
import {useNow} from '../hooks/use-now.ts';
import {useOrders} from '../hooks/use-orders.ts';
import {useStore} from '../hooks/use-store.ts';
import {useToast} from '../hooks/use-toast.ts';
import type {Command, Keymap} from '../screen/input/keymap.ts';
import {keyNames} from '../screen/input/keys.ts';
import {settleOrder} from '../screen/input/order.ts';
import {initialUi, reduceUi, typeFilter, type Ui} from '../screen/input/ui.ts';
import {composeScreen} from '../screen/layout/screen.ts';
import {rankModels} from '../screen/panes/models.ts';
import {rankSpend} from '../screen/panes/spend.ts';
import {troubles} from '../screen/panes/trouble.ts';
import {fitSpeech, paceSpeech, type Speech} from '../screen/speech/speech.ts';
import {speak} from '../screen/speech/spoken.ts';
import {formatSpan} from '../screen/text/format.ts';
import {type Line, plainText} from '../screen/text/line.ts';
import {alarmsOf} from '../state/alarms.ts';
import {hasSpoken} from '../state/health.ts';
import {overview} from '../state/overview.ts';

export type AppProps = Omit<PollingProps, 'onReady'> & {
	readonly isDemo: boolean;
	readonly keymap: Keymap;
	readonly paint: (line: Line) => string;
	readonly home?: string | undefined;
	/** Told in a sentence of what is newly wrong. Absent: nobody is alarmed. */
	readonly alarm?: ((sentence: string) => void) | undefined;
	/** Where a recording is played: what is said of it. */
	readonly replay?: (() => string) | undefined;
	/** Puts a text on the clipboard. */
	readonly copy?: ((text: string) => void) | undefined;
};

/** What the app exits with when it was interrupted, so that the shell sees the usual code. */
export const interrupted = 'interrupted';

const ageTickMs = 5000;

/** The live monitor: starts the polling, listens to keys, and draws one screen of plain lines. */
export const App = (props: AppProps) => {
	const {store, feeds, clock, isDemo, home, keymap, paint} = props;
	const {exit} = useApp();
	const {columns, rows} = useWindowSize();
	useStore(store);
	useNow(clock, ageTickMs);
	const [toast, say] = useToast(clock);
	const [, draw] = useReducer((frames: number) => frames + 1, 0);
	// Not React's own state: several keys may come before the next frame, and each builds on the one before.
	const current = useRef<Ui>(initialUi);
	const refresh = useRef<() => void>(undefined);
	const onReady = useCallback((refreshAll: () => void) => {
		refresh.current = refreshAll;
	}, []);

	const now = clock.now();
	const live = overview(store.getState(), now);
	const {frozenAt} = current.current;
	const shown = frozenAt === undefined ? live : overview(store.getShown(), frozenAt);
	const orders = useOrders({models: rankModels(shown), spend: rankSpend(shown)}, settleOrder, now);
	const frameOf = (ui: Ui) =>
		composeScreen(shown, {
			...{columns, rows, ui, keymap, isDemo, home, live, toast, replay: props.replay?.()},
			orders: {models: orders.models?.keys, spend: orders.spend?.keys},
		});
	const isSpoken = useIsScreenReaderEnabled();
	const ui = current.current;
	// A card has no sparklines and few signs: it is read as it is.
	const spoken = isSpoken && ui.card === undefined && ui.draft === undefined;
	const speech = useRef<Speech>(undefined);
	if (spoken) speech.current = paceSpeech(speech.current, speak(live, {isDemo, home}), now);
	const heard = spoken && speech.current !== undefined ? fitSpeech(speech.current, {columns, rows}) : undefined;
	const frame = heard ?? frameOf(ui).lines.map(paint);

	const change = (ui: Ui) => {
		const before = current.current;
		current.current = ui;
		if (before.frozenAt === undefined && ui.frozenAt !== undefined) store.freeze();
		if (before.frozenAt !== undefined && ui.frozenAt === undefined) store.thaw();
		draw();
	};

	const choosing = () => {
		const {limits, spanMs, longestMs} = store.getState();
		const next = nextSpan(spanMs);
		store.dispatch({type: 'window', ...windowAt(clock.now(), {limits, spanMs: next, longestMs})});
		say(`window: ${formatSpan(next)}`);
		refresh.current?.();
	};

	const copying = (ui: Ui) => {
		const copied = frameOf(ui).copy();
		if (copied === undefined) return;
		props.copy?.(copied.text);
		say(`copied ${copied.what}`);
	};

	const execute = (command: Command) => {
		const ui = current.current;
		if (command.type === 'quit') exit();
		else if (command.type === 'interrupt') exit(interrupted);
		else if (command.type === 'copy') copying(ui);
		else {
			change(reduceUi(ui, command, frameOf(ui).scene, clock.now()));
			if (command.type === 'window') choosing();
			if (command.type === 'refresh') {
				refresh.current?.();
				say('asking every source now');
			}
		}
	};

	useInput((input, key) => {
		for (const name of keyNames(input, key)) {
			const command = keymap.commandOf(name);
			const isTyping = current.current.draft !== undefined && command?.type !== 'interrupt';
			if (isTyping) change(typeFilter(current.current, name));
			else if (command !== undefined) execute(command);
		}
	});

	const isTrailRead = feeds.trail === undefined || hasSpoken(live.state, 'cloudtrail');
	const isSettled = hasSpoken(live.state, 'transcripts') && isTrailRead;
	const {alarm} = props;
	const ring = alarm && (() => alarm(plainText(troubles(live)[0]?.what ?? [])));
	useBell(alarmsOf(live), isSettled, ring);
	return (
		<>
			<Polling {...props} onReady={onReady} />
			<Screen frame={frame.join('\n')} />
		</>
	);
};

import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {Text} from 'ink';
import {render} from 'ink-testing-library';
import {expect} from 'vitest';
import {defaultBook} from '../../source/domain/money/price-book.ts';
import {createAllowance} from '../../source/domain/watching/allowance.ts';
import type {Wiring} from '../../source/hooks/use-feed.ts';
import {useStore} from '../../source/hooks/use-store.ts';
import {wait} from '../../source/polling/clock.ts';
import {createStore, type Store} from '../../source/polling/store.ts';
import {createAws} from '../../source/sources/aws/aws.ts';
import type {MoneyContext} from '../../source/sources/money-feeds.ts';
import {type Action, initialState, reduce, type State} from '../../source/state/state.ts';
import {parseCassette, replayingHandler} from './cassette.ts';
import {createFakeClock, type FakeClock} from './fake-clock.ts';
import {settingsSince} from './settings.ts';

export type ProbeKit = {
	readonly clock: FakeClock;
	readonly store: Store<State, Action>;
	readonly wiring: Wiring;
	readonly context: MoneyContext;
	/** Presses `r`. */
	refresh(): void;
};

/** A store, a still clock and the real SDK clients over a cassette. */
export const createKit = (cassette?: string, unitMs = 6000): ProbeKit => {
	const clock = createFakeClock();
	const store = createStore<State, Action>(reduce, initialState(defaultBook, settingsSince(clock.now() - 3_600_000)));
	const listeners = new Set<() => void>();
	const exchanges =
		cassette === undefined
			? []
			: parseCassette(readFileSync(join(import.meta.dirname, '../cassettes', `${cassette}.jsonl`), 'utf8'));
	return {
		clock,
		store,
		wiring: {
			clock,
			random: () => 1,
			dispatch: store.dispatch,
			onRefresh(refresh) {
				listeners.add(refresh);
				return () => listeners.delete(refresh);
			},
		},
		context: {
			aws: createAws({
				requestHandler: replayingHandler(exchanges) as never,
				credentials: {accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example'},
			}),
			now: clock.now,
			wait: (ms, signal) => wait(clock, ms, signal),
			getState: store.getState,
			trailPaceMs: 0,
			unitMs,
			allowance: createAllowance(undefined, clock.now()),
		},
		refresh() {
			for (const refresh of listeners) refresh();
		},
	};
};

type ProbeProps = {
	readonly kit: ProbeKit;
	readonly useHook: () => void;
	readonly describe: (state: State) => string;
};

const Probe = ({kit, useHook, describe}: ProbeProps) => {
	const state = useStore(kit.store);
	useHook();
	return <Text>{describe(state)}</Text>;
};

/** Mounts a component that runs a hook and prints what the store then says, as one line. */
export const probe = (kit: ProbeKit, useHook: ProbeProps['useHook'], describe: ProbeProps['describe']) => {
	const {frames, lastFrame, unmount} = render(<Probe kit={kit} useHook={useHook} describe={describe} />);
	return {
		/** Each distinct line that was shown, in order. */
		frames: () => frames.filter((frame, index) => frame !== frames[index - 1]),
		unmount,
		/** Lets so much time pass and then waits for the line; the SDK's own promises need real turns of the loop. */
		async shows(content: string | RegExp) {
			await expect
				.poll(
					async () => {
						await kit.clock.advance(0);
						return lastFrame();
					},
					{timeout: 10_000, interval: 5},
				)
				.toMatch(content);
		},
	};
};

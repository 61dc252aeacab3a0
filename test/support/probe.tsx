import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {Text} from 'ink';
import {render} from 'ink-testing-library';
import {expect} from 'vitest';
import {watchSource} from '../../source/app/watch-source.ts';
import {defaultBook} from '../../source/domain/money/price-book.ts';
import {useStore} from '../../source/hooks/use-store.ts';
import {createStore, type Store} from '../../source/polling/store.ts';
import type {Running, Watched} from '../../source/polling/watching.ts';
import {createAws} from '../../source/sources/aws/aws.ts';
import type {Source, SourceContext} from '../../source/sources/source.ts';
import {type Action, initialState, reduce, type State} from '../../source/state/state.ts';
import {parseCassette, replayingHandler} from './cassette.ts';
import {contextOf} from './context.ts';
import {createFakeClock, type FakeClock} from './fake-clock.ts';
import {settingsSince} from './settings.ts';

export type ProbeKit = {
	readonly clock: FakeClock;
	readonly store: Store<State, Action>;
	readonly context: SourceContext;
	/** A source in one of its places, for `useSource`. */
	watch(source: Source, region?: string, others?: Partial<SourceContext>): Watched;
	/** Presses `r`. */
	refresh(): void;
};

/** A store, a still clock and the real SDK clients over a cassette. */
export const createKit = (cassette?: string, refreshMs = 60_000): ProbeKit => {
	const clock = createFakeClock();
	const store = createStore<State, Action>(reduce, initialState(defaultBook, settingsSince(clock.now() - 3_600_000)));
	const running = new Set<Running>();
	const exchanges =
		cassette === undefined
			? []
			: parseCassette(readFileSync(join(import.meta.dirname, '../cassettes', `${cassette}.jsonl`), 'utf8'));
	const aws = createAws({
		requestHandler: replayingHandler(exchanges) as never,
		credentials: {accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example'},
	});
	const context = contextOf({store, clock, options: {refreshMs}, others: {aws}});
	return {
		...{clock, store, context},
		watch(source, region, others) {
			const watched = watchSource(source, region, {
				...{store, clock, random: () => 1, context: {...context, ...others}},
			});
			const start = () => {
				const it = watched.start();
				running.add(it);
				return it;
			};
			return {...watched, start};
		},
		refresh() {
			for (const {refresh} of running) refresh();
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

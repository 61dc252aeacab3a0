import {type Clock, coalesce} from '../polling/clock.ts';
import {createPoller} from '../polling/poller.ts';
import type {Store} from '../polling/store.ts';
import type {Watched} from '../polling/watching.ts';
import {openSource, type Source, type SourceContext} from '../sources/source.ts';
import {type SourceStatus, sourceKey} from '../state/source-status.ts';
import type {Action, State} from '../state/state.ts';

export type WatchOptions = {
	readonly store: Store<State, Action>;
	readonly context: SourceContext;
	readonly clock: Clock;
	/** Uniform in [0, 1), for the jitter of retries. */
	readonly random: () => number;
	/** Called when a source of AWS's answers again, with the kinds of problems that may be over for others, too. */
	readonly onHealed?: ((kinds: ReadonlySet<string>) => void) | undefined;
};

/** What the sources of an account have in common: the way there, the keys, and often the policy. Throttles are each one's own. */
const sharedProblems: Readonly<Partial<Record<string, ReadonlySet<string>>>> = {
	network: new Set(['network', 'credentials']),
	credentials: new Set(['network', 'credentials', 'denied']),
	denied: new Set(['denied']),
};

/** Bursts of file changes become one reading. */
const burstMs = 50;

/** Reads one after the other: one that was given up may still be going on when its source is started again. */
const createQueue = () => {
	let last: Promise<unknown> | undefined;
	return async (signal: AbortSignal, read: () => Promise<void>): Promise<void> => {
		await last;
		signal.throwIfAborted();
		const reading = read();
		last = reading.catch(() => undefined);
		await reading;
	};
};

/** Calls back when the source's reason to be asked at once becomes another. Returns the way to stop. */
const onWake = ({wakes}: Source, {store, context}: WatchOptions, wake: () => void): (() => void) => {
	if (wakes === undefined) return () => undefined;
	const reasonNow = () => wakes(context.getState(), context.now());
	let reason = reasonNow();
	return store.subscribe(() => {
		const before = reason;
		reason = reasonNow();
		if (reason !== '' && reason !== before) wake();
	});
};

/** One source in one place: what asks it again and again once it is started. */
export const watchSource = (source: Source, region: string | undefined, options: WatchOptions): Watched => {
	const {store, context, clock, random} = options;
	const {name, pace} = source;
	const {refreshMs} = context.options;
	const [everyMs, maxDelayMs] =
		pace.everyMs === 'refresh' ? [refreshMs, Math.max(pace.maxDelayMs, refreshMs)] : [pace.everyMs, pace.maxDelayMs];
	const queue = createQueue();
	const start = () => {
		const opened = openSource(source, context, region);
		let isStopped = false;
		const dispatch = (action: Action) => {
			if (!isStopped) store.dispatch(action);
		};
		const dueInMs = () => opened.dueInMs?.() ?? 0;
		let problem: SourceStatus['problem'];
		const onStatus = (status: Omit<SourceStatus, 'name'>) => {
			dispatch({type: 'status', status: {...status, name, region}});
			const kinds = sharedProblems[problem?.kind ?? ''];
			const isHealed = kinds !== undefined && status.problem === undefined && source.requests !== undefined;
			problem = status.problem;
			if (isHealed) options.onHealed?.(kinds);
		};
		const poller = createPoller({
			fetch: signal => queue(signal, () => opened.read(dispatch, signal)),
			explain: opened.explain,
			onResult: () => undefined,
			onStatus,
			everyMs: () => Math.max(everyMs, dueInMs()),
			...{retryMs: pace.retryMs, maxDelayMs, clock, random},
		});
		const onChange = coalesce(clock, burstMs, poller.refresh);
		const unwatch = opened.watch?.(onChange);
		const stopWaking = onWake(source, options, () => {
			if (dueInMs() === 0) poller.refresh();
		});
		poller.start();
		return {
			refresh() {
				opened.refreshNow?.();
				poller.refresh();
			},
			retry(kinds: ReadonlySet<string>) {
				const isOurs = problem !== undefined && kinds.has(problem.kind);
				if (isOurs && source.requests !== undefined) poller.refresh();
			},
			stop() {
				isStopped = true;
				stopWaking();
				unwatch?.();
				onChange.cancel();
				poller.stop();
			},
		};
	};
	return {key: sourceKey(name, region), start};
};

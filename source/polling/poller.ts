import type {Clock} from './clock.ts';

/** How a polled source is doing. Data and network are two axes: an error never erases what was fetched before. */
export type PollStatus<P> = {
	readonly phase: 'idle' | 'fetching' | 'waiting';
	/** When it asks again, epoch ms. */
	readonly nextAt?: number | undefined;
	readonly lastSuccessAt?: number | undefined;
	/** Failures in a row. */
	readonly failures: number;
	readonly problem?: P | undefined;
};

type PollerOptions<T, P> = {
	readonly fetch: (signal: AbortSignal) => Promise<T>;
	readonly explain: (error: unknown) => P;
	readonly onResult: (result: T) => void;
	readonly onStatus: (status: PollStatus<P>) => void;
	/** The wait after a success, ms; asked anew each time so that the pace can follow what happens. */
	readonly everyMs: () => number;
	/** The wait after a first failure, ms; absent: as after a success. */
	readonly retryMs?: number | undefined;
	/** The longest wait after failures, ms. */
	readonly maxDelayMs: number;
	readonly clock: Clock;
	/** Uniform in [0, 1), for the jitter. */
	readonly random: () => number;
};

export type Poller = {start(): void; stop(): void; refresh(): void};

/** Only a person can mend these, and each attempt may leave a record in someone's audit: ask seldom. */
const needsAPerson = (kind: string) => kind === 'credentials' || kind === 'denied';

/**
 * Fetches again and again. The wait starts after a fetch has settled, so fetches never overlap; failures back off with
 * half jitter to a cap; stop aborts and drops a late result. A refresh during a fetch asks once more right after it.
 */
export const createPoller = <T, P extends {readonly kind: string}>(options: PollerOptions<T, P>): Poller => {
	const {clock} = options;
	let status: PollStatus<P> = {phase: 'idle', failures: 0};
	let abort: AbortController | undefined;
	let cancelTimer: (() => void) | undefined;
	let isAskedAgain = false;

	const report = (next: PollStatus<P>) => {
		status = next;
		options.onStatus(next);
	};

	const failureDelay = (failures: number, problem: P) => {
		const cap = options.maxDelayMs;
		const grown = needsAPerson(problem.kind)
			? cap
			: Math.min(cap, (options.retryMs ?? options.everyMs()) * 2 ** (failures - 1));
		return grown / 2 + (options.random() * grown) / 2;
	};

	const schedule = (ms: number, next: Omit<PollStatus<P>, 'phase' | 'nextAt'>) => {
		const delay = isAskedAgain ? 0 : ms;
		isAskedAgain = false;
		report({...next, phase: 'waiting', nextAt: clock.now() + delay});
		cancelTimer = clock.after(delay, run);
	};

	const run = () => {
		cancelTimer?.();
		const mine = new AbortController();
		abort = mine;
		report({...status, phase: 'fetching', nextAt: undefined});
		const settle = (act: () => void) => {
			if (mine.signal.aborted) return;
			abort = undefined;
			act();
		};
		options.fetch(mine.signal).then(
			result =>
				settle(() => {
					options.onResult(result);
					schedule(options.everyMs(), {failures: 0, lastSuccessAt: clock.now(), problem: undefined});
				}),
			error =>
				settle(() => {
					const problem = options.explain(error);
					const failures = status.failures + 1;
					schedule(failureDelay(failures, problem), {...status, failures, problem});
				}),
		);
	};

	return {
		start() {
			if (status.phase === 'idle') run();
		},
		stop() {
			abort?.abort(new Error('stopped'));
			abort = undefined;
			cancelTimer?.();
			isAskedAgain = false;
			status = {...status, phase: 'idle', nextAt: undefined};
		},
		refresh() {
			if (status.phase === 'fetching') isAskedAgain = true;
			else if (status.phase === 'waiting') run();
		},
	};
};

/** Time as everything here sees it: injected, so that tests own it. */
export type Clock = {
	/** Epoch ms. */
	now(): number;
	/** Runs the callback once after so many ms; the returned function cancels it. */
	after(ms: number, callback: () => void): () => void;
};

export const systemClock: Clock = {
	now: () => Date.now(),
	after(ms, callback) {
		const timer = setTimeout(callback, ms);
		return () => clearTimeout(timer);
	},
};

/** A promise that settles after so many ms, or rejects with the signal's reason as soon as that aborts. */
export const wait = (clock: Clock, ms: number, signal?: AbortSignal): Promise<void> =>
	new Promise((resolve, reject) => {
		if (signal?.aborted) {
			reject(signal.reason);
			return;
		}
		const abort = () => {
			cancel();
			reject(signal?.reason);
		};
		const cancel = clock.after(ms, () => {
			signal?.removeEventListener('abort', abort);
			resolve();
		});
		signal?.addEventListener('abort', abort, {once: true});
	});

/** To be called often, of which few become calls; `cancel` takes back the one that is still to come. */
type Coalesced = (() => void) & {cancel(): void};

/** Runs the callback at most once per interval: at once when it has been quiet, else at the interval's end. */
export const coalesce = (clock: Clock, everyMs: number, callback: () => void): Coalesced => {
	let stop: () => void = () => undefined;
	let isWaiting = false;
	let isDirty = false;
	const open = () => {
		isWaiting = false;
		if (isDirty) run();
	};
	const run = () => {
		isDirty = false;
		isWaiting = true;
		stop = clock.after(everyMs, open);
		callback();
	};
	const call = () => {
		if (isWaiting) isDirty = true;
		else run();
	};
	const cancel = () => {
		stop();
		[isWaiting, isDirty] = [false, false];
	};
	return Object.assign(call, {cancel});
};

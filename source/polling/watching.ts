/** Something that goes on until it is stopped. */
export type Running = {
	/** Asks at once, whatever the pace. */
	refresh(): void;
	/** Asks at once if it fails for such a reason: another source that did is well again. */
	retry?(kinds: ReadonlySet<string>): void;
	stop(): void;
};

/** One source in one place. Starting it asks at once and then again and again. */
export type Watched = {readonly key: string; start(): Running};

/** All sources of a run, of which some are to be watched at a time. */
export type Watching = {
	/** The sources that are switched on. */
	readonly names: ReadonlySet<string>;
	/** What is to be watched at this moment: the same objects, and the same list, for as long as that is the same. */
	wanted(): readonly Watched[];
	/** Asks everything that is running at once. */
	refresh(): void;
};

/** Keeps running what is wanted, and nothing else. Returns the way to stop all of it. */
export const keepRunning = ({wanted}: Watching, subscribe: (listener: () => void) => () => void): (() => void) => {
	const running = new Map<Watched, Running>();
	let isUpdating = false;
	let isOutdated = false;
	const updateOnce = () => {
		const now = new Set(wanted());
		for (const [watched, {stop}] of running) {
			if (now.has(watched)) continue;
			running.delete(watched);
			stop();
		}
		for (const watched of now) if (!running.has(watched)) running.set(watched, watched.start());
	};
	const update = () => {
		isOutdated = true;
		// Starting and stopping change the state, which leads here again.
		if (isUpdating) return;
		isUpdating = true;
		while (isOutdated) {
			isOutdated = false;
			updateOnce();
		}
		isUpdating = false;
	};
	const unsubscribe = subscribe(update);
	update();
	return () => {
		unsubscribe();
		for (const {stop} of running.values()) stop();
		running.clear();
	};
};

import type {Clock} from '../../source/polling/clock.ts';

type Timer = {readonly id: number; readonly at: number; readonly callback: () => void};

/** A clock that stands still until told otherwise, and knows what is still waiting on it. */
export type FakeClock = Clock & {
	/** Moves on by so many ms, running what falls due in order and letting promises settle in between. */
	advance(ms: number): Promise<void>;
	/** Sets the time without running timers, as a clock that jumps. */
	jump(to: number): void;
	pending(): number;
};

const settle = async () => {
	for (let turn = 0; turn < 10; turn++) await new Promise(resolve => setImmediate(resolve));
};

export const createFakeClock = (start = Date.UTC(2026, 10, 23, 9, 0, 0)): FakeClock => {
	let now = start;
	let nextId = 1;
	let timers: readonly Timer[] = [];
	return {
		now: () => now,
		after(ms, callback) {
			const timer = {id: nextId++, at: now + ms, callback};
			timers = [...timers, timer];
			return () => {
				timers = timers.filter(({id}) => id !== timer.id);
			};
		},
		async advance(ms) {
			const end = now + ms;
			await settle();
			for (;;) {
				const [due] = [...timers].filter(({at}) => at <= end).sort((a, b) => a.at - b.at || a.id - b.id);
				if (due === undefined) break;
				timers = timers.filter(timer => timer !== due);
				now = Math.max(now, due.at);
				due.callback();
				await settle();
			}
			now = end;
		},
		jump(to) {
			now = to;
		},
		pending: () => timers.length,
	};
};

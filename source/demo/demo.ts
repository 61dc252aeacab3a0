import {createClaudeDirectory} from './claude-directory.ts';
import {createRequestHandler} from './handler.ts';
import {createWorld} from './world.ts';

/** Time as the demo needs it; handed in, so that nothing here owns a timer. */
type DemoClock = {now(): number; after(ms: number, callback: () => void): () => void};

/** How often the people of the demo get to do something. */
const stepMs = 500;
const latencyMs = 40;

/** Opens the simulated account beside a temporary Claude Code folder, and keeps both living until removed. */
export const openDemo = async (clock: DemoClock) => {
	const world = createWorld({seed: 7, startAt: clock.now()});
	const claude = await createClaudeDirectory(world, {});
	await claude.update(clock.now());
	let cancel: () => void;
	const step = () => {
		cancel = clock.after(stepMs, () => {
			void claude.update(clock.now()).finally(step);
		});
	};
	step();
	return {
		directory: claude.directory,
		requestHandler: createRequestHandler(world, clock, latencyMs),
		remove() {
			cancel();
			claude.remove();
		},
	};
};

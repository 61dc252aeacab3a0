import {createRequestHandler} from './aws/handler.ts';
import {createClaudeDirectory} from './claude/claude-directory.ts';
import {createWorld} from './world/world.ts';

/** Time as the demo needs it; handed in, so that nothing here owns a timer. */
type DemoClock = {now(): number; after(ms: number, callback: () => void): () => void};

const seed = 7;
/** How often the people of the demo get to do something. */
const stepMs = 500;

/** Opens the simulated account beside a temporary Claude Code folder, and keeps both living until removed. */
export const openDemo = async (clock: DemoClock, temporaryFolder: string) => {
	const world = createWorld({seed, startAt: clock.now()});
	const claude = await createClaudeDirectory(world, temporaryFolder);
	await claude.update(clock.now());
	let cancel: () => void;
	const step = () => {
		cancel = clock.after(stepMs, () => {
			// A full disk must not end a demo; what could not be written is simply not seen.
			claude.update(clock.now()).then(step, step);
		});
	};
	step();
	return {
		home: claude.home,
		directory: claude.directory,
		requestHandler: createRequestHandler(world, clock),
		remove() {
			cancel();
			claude.remove();
		},
	};
};

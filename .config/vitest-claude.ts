import {defineConfig} from 'vitest/config';

/** Real Claude Code CLIs beside the built app: needs the npm registry, tmux and some ten minutes. */
export default defineConfig({
	root: new URL('..', import.meta.url).pathname,
	test: {
		include: ['test/claude/**/*.claude.ts'],
		setupFiles: ['test/support/env.ts'],
		globalSetup: ['test/support/build.ts'],
		testTimeout: 300_000,
		hookTimeout: 300_000,
	},
});

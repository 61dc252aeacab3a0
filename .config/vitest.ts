import {defineConfig} from 'vitest/config';

/** Functions of data: their files can share a process, which is started, and loads the sources, only once. */
const pure = ['test/{domain,state,screen,polling}/**/*.test.{ts,tsx}'];

const shared = {
	setupFiles: ['test/support/env.ts'],
	testTimeout: 30_000,
	hookTimeout: 60_000,
};

export default defineConfig({
	root: new URL('..', import.meta.url).pathname,
	test: {
		// Many tests wait for programs that they started: more run side by side than there are cores.
		maxWorkers: 3,
		globalSetup: ['test/support/build.ts'],
		projects: [
			{test: {...shared, name: 'pure', include: pure, isolate: false}},
			{test: {...shared, name: 'whole', include: ['test/**/*.test.{ts,tsx}'], exclude: pure}},
		],
	},
});

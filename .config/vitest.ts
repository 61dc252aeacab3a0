import {defineConfig} from 'vitest/config';

export default defineConfig({
	root: new URL('..', import.meta.url).pathname,
	test: {
		include: ['test/**/*.test.{ts,tsx}'],
		setupFiles: ['test/support/env.ts'],
		testTimeout: 30_000,
		hookTimeout: 60_000,
		globalSetup: ['test/support/build.ts'],
	},
});

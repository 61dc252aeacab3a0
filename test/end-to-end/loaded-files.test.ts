import {mkdirSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {command, runBedtop} from '../support/cli.ts';
import {spawnPty} from '../support/pty.ts';

let home = '';
beforeEach(() => {
	home = mkdtempSync(join(tmpdir(), 'bedtop-loaded-'));
	mkdirSync(join(home, '.claude', 'projects'), {recursive: true});
});
afterEach(() => rmSync(home, {recursive: true, force: true}));

/** Writes down the path of every file that is loaded, before it runs. */
const hook = `
import {appendFileSync} from 'node:fs';
import {registerHooks} from 'node:module';
registerHooks({load(url, context, next) {
	if (url.startsWith('file:')) appendFileSync(process.env.LOADED_FILES, new URL(url).pathname + '\\n');
	return next(url, context);
}});
`;
const env = () => ({
	HOME: home,
	LOADED_FILES: join(home, 'loaded'),
	NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(hook)}`,
});
const loaded = (): readonly string[] =>
	readFileSync(join(home, 'loaded'), 'utf8')
		.trim()
		.split('\n')
		.filter(path => path.includes('/dist/'));

const isInk = (path: string) => /ink-root|react\.transitional\.element/.test(readFileSync(path, 'utf8'));

test('the first frame takes two files, and Ink comes after it', async () => {
	const pty = spawnPty(command(), {columns: 60, rows: 15, env: env()});
	await pty.waitFor('Routing');
	await expect.poll(() => loaded().some(isInk), {timeout: 10_000}).toBe(true);
	pty.write('q');
	expect(await pty.exited).toBe(0);
	const files = loaded();
	expect(files.slice(0, 2).map(path => basename(path))).toEqual(['cli.js', 'run-cli.js']);
	expect(files.slice(0, 2).filter(isInk)).toEqual([]);
}, 30_000);

test.each([
	[['--version']],
	[['--help']],
	[['policy']],
	[['status']],
	[['--json', '--no-aws']],
	[['--check', '--no-aws']],
	[['--once', '--no-aws']],
	[['doctor', '--no-aws']],
	[['prices']],
])(
	'%j loads neither Ink nor React',
	async args => {
		await runBedtop(args, env());
		expect(loaded().length).toBeGreaterThan(1);
		expect(loaded().filter(isInk)).toEqual([]);
	},
	30_000,
);

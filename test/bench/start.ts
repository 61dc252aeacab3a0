import {type ChildProcess, execFileSync, spawn} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';

const root = join(import.meta.dirname, '../..');

/** Kills a program on a pseudo terminal for good: `script` alone would leave it behind. */
export const endPty = (child: ChildProcess) => {
	child.stdin?.end();
	child.kill('SIGKILL');
};

/** How large a terminal is. */
export type Size = {readonly columns: number; readonly rows: number};

/** Starts a command on a terminal through `script` and calls back with all output so far. */
export const openPty = (
	command: string,
	env: Record<string, string>,
	onOutput: (output: string) => void,
	{columns, rows}: Size = {columns: 100, rows: 30},
) => {
	const {CI: _, ...inherited} = process.env;
	const sized = `echo PID:$$:; stty cols ${columns} rows ${rows}; exec ${command}`;
	const child = spawn('script', ['-qefc', sized, '/dev/null'], {
		env: {...inherited, TERM: 'xterm-256color', SHELL: '/bin/sh', ...env},
		stdio: ['pipe', 'pipe', 'ignore'],
	});
	let output = '';
	child.stdout?.on('data', (chunk: Buffer) => {
		output += chunk.toString();
		onOutput(output);
	});
	return child;
};

/** From spawning to the content on the screen; the program then ends as a person would end it. */
const timeToContent = (command: string, env: Record<string, string>, content: string): Promise<number> =>
	new Promise(resolve => {
		const startedAt = performance.now();
		let elapsed: number | undefined;
		const child = openPty(command, env, output => {
			if (elapsed !== undefined || !output.includes(content)) return;
			elapsed = performance.now() - startedAt;
			child.stdin?.write('\u0003');
		});
		child.once('exit', () => resolve(elapsed ?? Number.NaN));
	});

export const median = (values: readonly number[]): number =>
	[...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Start to first frame of the built app against a bare bundled Ink app, in turn; the ratio is taken pair by pair. */
export const benchStart = async (folder: string, env: Record<string, string>, runs = 15) => {
	const bare = join(folder, 'bare');
	execFileSync(process.execPath, ['.config/build.ts', 'test/bench/bare.tsx', bare], {cwd: root, stdio: 'inherit'});
	writeFileSync(join(bare, 'package.json'), '{"type":"module"}');
	const commands = {
		bare: [`${process.execPath} ${bare}/bare.js`, 'first frame'],
		app: [`${process.execPath} ${join(root, 'dist/cli.js')}`, 'Routing'],
	} as const;
	const pairs: {bare: number; app: number}[] = [];
	for (let run = -1; run < runs; run++) {
		const bareMs = await timeToContent(commands.bare[0], env, commands.bare[1]);
		const appMs = await timeToContent(commands.app[0], env, commands.app[1]);
		if (run >= 0) pairs.push({bare: bareMs, app: appMs});
	}
	return {
		bareMs: median(pairs.map(pair => pair.bare)),
		appMs: median(pairs.map(pair => pair.app)),
		ratio: median(pairs.map(pair => pair.app / pair.bare)),
	};
};

import {type ChildProcess, spawn} from 'node:child_process';
import {constants} from 'node:os';
import {expect} from 'vitest';
import {afternoonZone} from './zone.ts';

/** A program on a terminal of its own, through `script`, which Linux and macOS bring along. */
export type Pty = {
	readonly child: ChildProcess;
	/** The program's own pid. */
	pid(): Promise<number>;
	output(): string;
	write(keys: string): void;
	/** Resolves with the exit code as a shell would show it. */
	exited: Promise<number>;
	waitFor(content: string | RegExp): Promise<void>;
};

type PtyOptions = {
	readonly columns: number;
	readonly rows: number;
	readonly env: Readonly<Record<string, string>>;
};

const quote = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;

const scriptArguments = (command: string) =>
	process.platform === 'darwin' ? ['-q', '/dev/null', 'sh', '-c', command] : ['-qefc', command, '/dev/null'];

/** Starts a command in a pseudo terminal of the given size. CI is unset, because the child has a real terminal. */
export const spawnPty = (command: readonly string[], {columns, rows, env}: PtyOptions): Pty => {
	const line = `echo PID:$$:; stty cols ${columns} rows ${rows}; exec ${command.map(quote).join(' ')}`;
	const {CI: _, ...inherited} = process.env;
	const child = spawn('script', scriptArguments(line), {
		env: {...inherited, TZ: afternoonZone(), TERM: 'xterm-256color', SHELL: '/bin/sh', ...env},
		stdio: ['pipe', 'pipe', 'pipe'],
	});
	let output = '';
	child.stdout?.on('data', (chunk: Buffer) => {
		output += chunk.toString();
	});
	const exited = new Promise<number>(resolve => {
		child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal ?? 'SIGKILL']));
	});
	const pidIn = () => Number(/PID:(\d+):/.exec(output)?.[1] ?? 0);
	return {
		child,
		output: () => output,
		async pid() {
			await expect.poll(pidIn, {timeout: 10_000}).toBeGreaterThan(0);
			return pidIn();
		},
		write: keys => {
			child.stdin?.write(keys);
		},
		exited,
		async waitFor(content) {
			await expect.poll(() => output, {timeout: 15_000, interval: 20}).toMatch(content);
		},
	};
};

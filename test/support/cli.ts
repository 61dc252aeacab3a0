import {spawn} from 'node:child_process';
import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {afternoonZone} from './zone.ts';

const root = join(import.meta.dirname, '../..');

/** The built program. */
export const bin = join(root, 'dist/cli.js');

/** Node as this test runs on; the bundle is what npm would install. */
export const command = (...args: readonly string[]): readonly string[] => [process.execPath, bin, ...args];

type Finished = {readonly code: number; readonly stdout: string; readonly stderr: string};

/** Runs the built program to its end with stdout as a pipe and only the given environment on top of the scrubbed one. */
export const runBedtop = (args: readonly string[], env: Record<string, string> = {}): Promise<Finished> => {
	if (!existsSync(bin)) throw new Error('build first');
	const child = spawn(process.execPath, [bin, ...args], {
		env: {...process.env, TZ: afternoonZone(), ...env},
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const [stdout, stderr]: [string[], string[]] = [[], []];
	child.stdout.setEncoding('utf8').on('data', (text: string) => stdout.push(text));
	child.stderr.setEncoding('utf8').on('data', (text: string) => stderr.push(text));
	return new Promise(resolve => {
		child.on('close', code => resolve({code: code ?? -1, stdout: stdout.join(''), stderr: stderr.join('')}));
	});
};

/** Fake keys, so that the SDK signs without looking for real ones. */
export const fakeKeys = {AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example'};

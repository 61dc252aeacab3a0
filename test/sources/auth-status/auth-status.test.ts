import {chmod, mkdir, mkdtemp, readFile, realpath, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {askClaude} from '../../../source/sources/auth-status/auth-status.ts';

let folder = '';
beforeEach(async () => {
	folder = await realpath(await mkdtemp(join(tmpdir(), 'bedtop-auth-status-')));
	await mkdir(join(folder, 'shop'));
});
afterEach(() => rm(folder, {recursive: true, force: true}));

/** A `claude` on a path of its own. */
const fake = async (script: string) => {
	await writeFile(join(folder, 'claude'), `#!/bin/sh\n${script}\n`);
	await chmod(join(folder, 'claude'), 0o755);
};
const ask = (timeoutMs = 5000, env: Readonly<Record<string, string>> = {}) =>
	askClaude({cwd: join(folder, 'shop'), home: folder, env: {PATH: `${folder}:/usr/bin:/bin`, ...env}, timeoutMs});

describe.skipIf(process.platform === 'win32')('askClaude', () => {
	test.each([
		['firstParty', 'first-party'],
		['bedrock', 'bedrock'],
		['mantle', 'mantle'],
		['vertex', 'vertex'],
		['foundry', 'foundry'],
		['anthropicAws', 'anthropic-aws'],
	])('%s is %s', async (apiProvider, provider) => {
		await fake(`echo '{"loggedIn": true, "apiProvider": "${apiProvider}"}'`);
		expect(await ask()).toEqual({provider});
	});

	test('a first party nobody is signed in to fails, and answers all the same', async () => {
		await fake(`echo '{"loggedIn": false, "apiProvider": "firstParty"}'; exit 1`);
		expect(await ask()).toEqual({provider: 'first-party'});
	});

	test.each([
		['an unknown provider', `echo '{"apiProvider": "anthropicGoogleCloud"}'`],
		['a name of JavaScript', `echo '{"apiProvider": "constructor"}'`],
		['no provider', `echo '{"loggedIn": true}'`],
		['something that is not an object', 'echo "[]"'],
		['text', 'echo "API provider: Amazon Bedrock"'],
		['nothing', 'exit 0'],
		['a failure', 'echo broken >&2; exit 2'],
		['an answer on standard error', `echo '{"apiProvider": "bedrock"}' >&2`],
		['its own death', `echo '{"apiProvider": "bedrock"}'; kill -9 $$`],
		['far too much', `echo '{"apiProvider": "bedrock"}'; head -c 200000 /dev/zero | tr '\\0' ' '`],
	])('%s is no opinion', async (_what, script) => {
		await fake(script);
		expect(await ask()).toBeUndefined();
	});

	test('a missing program, folder or right to run it is no opinion', async () => {
		const env = {PATH: folder};
		const question = {cwd: folder, home: folder, env, timeoutMs: 1000};
		expect(await askClaude(question)).toBeUndefined();
		await writeFile(join(folder, 'claude'), 'no program');
		expect(await askClaude(question)).toBeUndefined();
		await fake('true');
		expect(await askClaude({...question, cwd: join(folder, 'none')})).toBeUndefined();
		expect(await askClaude({...question, cwd: '\0'})).toBeUndefined();
	});

	test('it is asked in the folder, with the given environment and no input', async () => {
		await fake(`{ pwd; echo "$@"; cat; env; } > ${folder}/seen; echo '{"apiProvider": "bedrock"}'`);
		process.env.BEDTOP_LEAK = 'leaked';
		expect(await ask(5000, {MARK: 'here'})).toEqual({provider: 'bedrock'});
		delete process.env.BEDTOP_LEAK;
		const seen = await readFile(join(folder, 'seen'), 'utf8');
		expect(seen).toMatch(/^.*\/shop\nauth status\n/);
		expect(seen).toContain('MARK=here');
		expect(seen).toContain(`HOME=${folder}\n`);
		expect(seen).not.toContain('leaked');
	});

	test('one that hangs is given up and does not live on', async () => {
		await fake(`echo $$ > ${folder}/pid; echo '{"apiProvider": "bedrock"}'; exec sleep 60`);
		const startedAt = performance.now();
		expect(await ask(400)).toBeUndefined();
		expect(performance.now() - startedAt).toBeLessThan(4000);
		const pid = Number(await readFile(join(folder, 'pid'), 'utf8'));
		await expect
			.poll(() => {
				try {
					return process.kill(pid, 0);
				} catch {
					return false;
				}
			})
			.toBe(false);
	});
});

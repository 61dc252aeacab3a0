import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {beginFile} from '../../../source/app/recording/private-file.ts';

let folder = '';
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'bedtop-private-'));
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));
const at = (name: string) => join(folder, name);

describe.skipIf(process.platform === 'win32')('what a recording is begun over', () => {
	test('nothing: its owner alone can read it', () => {
		beginFile(at('new'), 'text', false);
		expect([readFileSync(at('new'), 'utf8'), statSync(at('new')).mode & 0o777]).toEqual(['text', 0o600]);
	});

	test('another file: only with leave, and then its owner alone can read it', () => {
		writeFileSync(at('old'), 'precious and long', {mode: 0o644});
		expect(() => beginFile(at('old'), 'text', false)).toThrow(expect.objectContaining({code: 'EEXIST'}));
		expect(readFileSync(at('old'), 'utf8')).toBe('precious and long');
		beginFile(at('old'), 'text', true);
		expect([readFileSync(at('old'), 'utf8'), statSync(at('old')).mode & 0o777]).toEqual(['text', 0o600]);
	});

	test.each([true, false])('a link, a pipe or a device: never, with leave: %s', mayReplace => {
		writeFileSync(at('notes'), 'precious');
		symlinkSync(at('notes'), at('link'));
		symlinkSync(at('nowhere'), at('dangling'));
		execFileSync('mkfifo', [at('pipe')]);
		const begin = (path: string) => () => beginFile(path, 'text', mayReplace);
		expect(begin(at('link'))).toThrow(expect.objectContaining({code: 'ELOOP'}));
		expect(begin(at('dangling'))).toThrow(expect.objectContaining({code: 'ELOOP'}));
		expect(begin(at('pipe'))).toThrow(expect.objectContaining({code: 'ENOTFILE'}));
		expect(begin('/dev/null')).toThrow(expect.objectContaining({code: 'ENOTFILE'}));
		expect(readFileSync(at('notes'), 'utf8')).toBe('precious');
	});
});

test('what is appended goes to the file that was begun, whatever has taken its name since', () => {
	const file = beginFile(at('a'), 'one\n', false);
	renameSync(at('a'), at('b'));
	writeFileSync(at('notes'), 'precious');
	symlinkSync(at('notes'), at('a'));
	file.append('two\n');
	file.close();
	expect([readFileSync(at('b'), 'utf8'), readFileSync(at('notes'), 'utf8')]).toEqual(['one\ntwo\n', 'precious']);
});

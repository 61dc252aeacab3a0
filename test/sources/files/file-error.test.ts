import {expect, test} from 'vitest';
import {codeOf, isGone} from '../../../source/sources/files/file-error.ts';

const error = (code: string) => Object.assign(new Error(code), {code});

test.each([
	['ENOENT', true],
	['ENOTDIR', true],
	['ELOOP', true],
	['EACCES', false],
	['EIO', false],
])('%s: what it names is gone: %s', (code, gone) => {
	expect([codeOf(error(code)), isGone(error(code))]).toEqual([code, gone]);
});

test('what has no code is still a problem', () => {
	expect([undefined, new Error('odd')].map(codeOf)).toEqual(['unknown error', 'unknown error']);
});

import {expect, test} from 'vitest';
import {codeOf, isGone, pathProblem} from '../../../source/sources/files/file-error.ts';

const error = (code: string) => Object.assign(new Error(code), {code});

test.each([
	['ENOENT', true, '/x (ENOENT)'],
	['ENOTDIR', true, '/x (ENOTDIR)'],
	['ELOOP', true, '/x (ELOOP)'],
	['EACCES', false, '/x (permission denied)'],
	['EPERM', false, '/x (permission denied)'],
	['EIO', false, '/x (EIO)'],
])('%s: what it names is gone: %s, in words: %s', (code, gone, words) => {
	expect([codeOf(error(code)), isGone(error(code)), pathProblem('/x', error(code))]).toEqual([code, gone, words]);
});

test('what has no code is still a problem', () => {
	expect([undefined, new Error('odd')].map(one => pathProblem('/x', one))).toEqual([
		...['/x (unknown error)', '/x (unknown error)'],
	]);
});

import {expect, test} from 'vitest';
import {fileProblemWords} from '../../../source/screen/words/file-problem.ts';

test.each([
	['ENOENT', '/x (not there)'],
	['EACCES', '/x (permission denied)'],
	['EPERM', '/x (permission denied)'],
	['EISDIR', '/x (a folder)'],
	['ENOTFILE', '/x (not a plain file)'],
	['EFBIG', '/x (too large)'],
	['EIO', '/x (EIO)'],
])('%s is said as %s', (code, words) => expect(fileProblemWords({path: '/x', code})).toBe(words));

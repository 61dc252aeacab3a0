import {expect, test} from 'vitest';
import {existsAsProcess} from '../../../source/sources/sessions/process.ts';

test('this process exists, and so does one of somebody else; one that no system has does not', () => {
	expect(existsAsProcess(process.pid)).toBe(true);
	expect(existsAsProcess(1)).toBe(true);
	expect(existsAsProcess(2 ** 30)).toBe(false);
});

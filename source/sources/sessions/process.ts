import {codeOf} from '../files/file-error.ts';

/** Signal 0 asks only whether the pid exists; EPERM means it does and belongs to somebody else. */
export const existsAsProcess = (pid: number): boolean => {
	try {
		return process.kill(pid, 0);
	} catch (error) {
		return codeOf(error) === 'EPERM';
	}
};

import type {FileProblem} from '../../domain/common/problem.ts';

/** What file systems and the readers of files say, where the code alone would not be understood. */
const reasons: Readonly<Record<string, string>> = {
	EACCES: 'permission denied',
	EPERM: 'permission denied',
	ENOENT: 'not there',
	ENOTDIR: 'not there',
	EISDIR: 'a folder',
	EROFS: 'read-only',
	EMFILE: 'too many open files',
	EEXIST: 'it is there already; --force replaces it',
	ELOOP: 'a link',
	EFBIG: 'too large',
	ENOTFILE: 'not a plain file',
	ETIMEDOUT: 'no answer',
	ENOSPC: 'no space left',
};

/** Why a file or folder could not be used: `permission denied`, or the code where there are no better words. */
export const fileReason = (code: string): string => reasons[code] ?? code;

/** `path (permission denied)`: what could not be read and why, to be put into a sentence. */
export const fileProblemWords = ({path, code}: FileProblem): string => `${path} (${fileReason(code)})`;

/** The code of a file system error, such as `EACCES`. */
export const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException | undefined)?.code ?? 'unknown error';

/** Whether a file or folder is not there (any more), which happens all the time, rather than could not be read. */
export const isGone = (error: unknown): boolean => ['ENOENT', 'ENOTDIR', 'ELOOP'].includes(codeOf(error));

/** `path (permission denied)`: what could not be read and why, to be put into a sentence. */
export const pathProblem = (path: string, error: unknown): string => {
	const code = codeOf(error);
	const isDenied = code === 'EACCES' || code === 'EPERM';
	return `${path} (${isDenied ? 'permission denied' : code})`;
};

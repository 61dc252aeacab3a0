/** The code of a file system error, such as `EACCES`. */
export const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException | undefined)?.code ?? 'unknown error';

/** Whether a file or folder is not there (any more), which happens all the time, rather than could not be read. */
export const isGone = (error: unknown): boolean => ['ENOENT', 'ENOTDIR', 'ELOOP'].includes(codeOf(error));

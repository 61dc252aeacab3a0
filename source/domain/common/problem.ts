/**
 * Why a source could not answer, in words for the person at the terminal.
 * `late`: it had no time to answer in full. `message` is one sentence; `fix`, where there is one, the command or permission that mends it.
 */
export type Problem = {
	readonly kind: 'network' | 'late' | 'throttled' | 'credentials' | 'denied' | 'unexpected';
	readonly message: string;
	readonly fix?: string;
};

/** A file or folder that could not be read, and the file system's code, such as `EACCES`. */
export type FileProblem = {readonly path: string; readonly code: string};

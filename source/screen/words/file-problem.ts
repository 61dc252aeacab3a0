import type {FileProblem} from '../../domain/common/problem.ts';

/** `path (permission denied)`: what could not be read and why, to be put into a sentence. */
export const fileProblemWords = ({path, code}: FileProblem): string => {
	const isDenied = code === 'EACCES' || code === 'EPERM';
	return `${path} (${isDenied ? 'permission denied' : code})`;
};

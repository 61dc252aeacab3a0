import type {Denial} from '../denial.ts';
import {writeSentence} from '../iam-sentence.ts';
import {causes} from './index.ts';

/** AWS's standard words for what a refusal was understood to say: read again, they give the same cause. */
export const standardText = (denial: Denial): string => {
	if (denial.action !== undefined) return writeSentence(denial);
	const {standard = 'Words that are left out of recordings'} = causes[denial.cause];
	const said = typeof standard === 'string' ? standard : standard(denial.credentials);
	return denial.model === undefined ? `${said}.` : `${said}: ${denial.model}`;
};

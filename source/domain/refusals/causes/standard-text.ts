import type {Denial, DenialDetails} from '../denial.ts';
import {causes} from './index.ts';

const reasonOf = ({policyKind, isExplicit, action}: DenialDetails): string => {
	if (isExplicit === undefined) return '';
	if (isExplicit) return ` with an explicit deny in ${policyKind === undefined ? 'a policy' : `a ${policyKind}`}`;
	return ` because no ${policyKind ?? 'policy'} allows the ${action} action`;
};

/** The sentence that IAM would write for these details; `readSentence` reads them back from it. */
export const writeSentence = (details: DenialDetails): string => {
	const {principalArn, action, resource} = details;
	const who = principalArn === undefined ? '' : `User: ${principalArn} `;
	const what = resource === undefined ? '' : ` on resource: ${resource}`;
	return `${who}is not authorized to perform: ${action}${what}${reasonOf(details)}`;
};

/** AWS's standard words for what a refusal was understood to say: read again, they give the same cause. */
export const standardText = (denial: Denial): string => {
	if (denial.action !== undefined) return writeSentence(denial);
	const {standard = 'Words that are left out of recordings'} = causes[denial.cause];
	const said = typeof standard === 'string' ? standard : standard(denial.credentials);
	return denial.model === undefined ? `${said}.` : `${said}: ${denial.model}`;
};

import {causes} from './causes/index.ts';
import {type FixContext, type Remedy, situationOf} from './causes/situation.ts';
import type {Denial} from './denial.ts';

/** What mends a refusal, and the same in at most 60 characters for a row of the screen. */
export type Fix = Remedy & {readonly short: string};

/** The one thing to do about a refusal. */
export const fixFor = (denial: Denial, context: FixContext): Fix => {
	const {fix, short} = causes[denial.cause];
	const situation = situationOf(denial, context);
	return {...fix(situation), short: typeof short === 'string' ? short : short(situation)};
};

import type {Action} from '../action.ts';
import type {Field} from '../fields/field.ts';
import {createMasking} from './masking.ts';

/**
 * Hides whose account this is, for a screen that others see: account ids, callers and roles, addresses and keys become
 * aliases. Folders, sessions and models stay readable; whoever gives a recording away needs `createRedactor`.
 */
export const createMasker = (field: Field<Action>): ((action: Action) => Action) => {
	const masking = createMasking();
	return it => field.mask(it, masking);
};

import type {Action} from '../action.ts';
import {action} from '../fields/action.ts';
import {createMasking} from './masking.ts';

/**
 * Hides whose account this is, for a screen that others see: account ids, callers and roles, addresses and keys become
 * aliases. Folders, sessions and models stay readable; whoever gives a recording away needs `createRedactor`.
 */
export const createMasker = (): ((action: Action) => Action) => {
	const masking = createMasking();
	return it => action.mask(it, masking);
};

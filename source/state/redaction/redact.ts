import type {Action} from '../action.ts';
import type {Field} from '../fields/field.ts';
import {createAliases} from './aliases.ts';
import {createNames} from './names.ts';

/** Of use only while the program runs. */
const unrecordedTypes: ReadonlySet<Action['type']> = new Set(['progress', 'notes', 'recording']);

/**
 * Makes what can happen fit to be given away: no account, person, role, address, key, folder, session or request id, no
 * error's own words, nothing that was asked or answered. Every field has a rule of its own, and what has none is not
 * there. The same name becomes the same alias for as long as one redactor lives, so that joins, callers, causes, proofs
 * and prices come out as they were. Undefined for what is not worth keeping.
 */
export const createRedactor = (field: Field<Action>): ((action: Action) => Action | undefined) => {
	const names = createNames(createAliases());
	return it => (unrecordedTypes.has(it.type) ? undefined : field.redact(it, names));
};

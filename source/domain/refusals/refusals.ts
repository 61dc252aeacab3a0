import type {Cause} from './causes/index.ts';
import type {Fix} from './fix.ts';
import {calledName, type Group, grouped} from './grouping.ts';
import type {Observation} from './observation.ts';

/** Refused calls of one kind: who may not do what with which model, how often, and who saw it. */
export type Refusal = Group & {
	readonly cause: Cause;
	/** The sessions that met it go on answering with another model: it is one that works in the background. */
	readonly isBackground?: boolean;
	readonly fix?: Fix | undefined;
};

/** The name of a group of refusals, which stays the same while it grows: its cause, what was called, and by whom. */
export const refusalKey = ({cause, model, caller}: Pick<Refusal, 'cause' | 'model' | 'caller'>): string =>
	JSON.stringify([cause, calledName(model), caller]);

/** The refused ones, one per cause, called profile and caller, newest first. */
export const refusalsOf = (observations: readonly Observation[]): readonly Refusal[] =>
	grouped(
		observations.filter(({isRefused}) => isRefused),
		({cause}) => cause,
	).map(({kind: cause, ...group}) => ({...group, cause}));

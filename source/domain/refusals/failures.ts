import {type Group, grouped} from './grouping.ts';
import type {Observation} from './observation.ts';

/** Calls that failed although nobody refused them: the server's fault, the request's, or nothing answered. */
export type Failure = Group & {readonly code: string};

/** The failed ones, one per code, called profile and caller, newest first. */
export const failuresOf = (observations: readonly Observation[]): readonly Failure[] =>
	grouped(
		observations.filter(({isRefused}) => !isRefused),
		({code}) => code,
	).map(({kind: code, ...group}) => ({...group, code}));

/** A last good reply as old as this, ms, says nothing of now once calls have failed since. */
const staleMs = 15 * 60_000;

/**
 * Since when (epoch ms) calls of this machine have done nothing but fail; undefined where one was answered since. What was
 * wrong with the request itself is no matter of the connection, and a fault of the server's may be over in a minute.
 */
export const failingSince = (
	observations: readonly Observation[],
	{answeredAt, now}: {readonly answeredAt: number | undefined; readonly now: number},
): number | undefined => {
	if (answeredAt === undefined) return undefined;
	const after = observations.filter(({by, isFinal, at}) => by === 'transcript' && isFinal === true && at > answeredAt);
	const isOld = now - answeredAt > staleMs;
	const telling = after.filter(({isRefused, code}) => isRefused || (isOld && code !== 'ValidationException'));
	return telling.length === 0 ? undefined : Math.min(...telling.map(({at}) => at));
};

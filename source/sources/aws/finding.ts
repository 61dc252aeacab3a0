import {normaliseErrorCode} from '../../domain/calls/call.ts';
import {record, text} from '../../domain/common/json.ts';
import type {Problem} from '../../domain/common/problem.ts';
import type {Finding} from '../../domain/refusals/prerequisites.ts';
import type {Aws} from './aws.ts';
import {explainAwsError} from './problem.ts';

/** Asks independent questions, each of which may fail without the others. */
export type Asker = {
	readonly aws: Aws;
	readonly signal: AbortSignal;
	/** What the question finds out; a failure becomes the reason for knowing nothing, with the actions to allow. */
	find<T>(actions: readonly [string, ...string[]], ask: () => Promise<T>): Promise<Finding<T>>;
	/** Throws the first failure when none of the questions reached anybody. */
	assertReached(): void;
};

/** The error's name as AWS's documents have it: `ResourceNotFound`, `NoSuchEntity`. */
export const errorName = (error: unknown): string => normaliseErrorCode(text(record(error)?.name) ?? '');

/** Whether a failure is over soon by itself: a throttle, a network that is down, a fault of the service's own. */
const isPassing = (error: unknown, kind: Problem['kind']): boolean => {
	const status = record(record(error)?.$metadata)?.httpStatusCode;
	return kind === 'throttled' || kind === 'network' || (typeof status === 'number' && status >= 500);
};

/** A network that is down or credentials that do not work: there asking again soon may help. */
const unreached = new Set<Problem['kind']>(['network', 'credentials']);

/** `onPassing` is told of each question that may well be answered when it is asked again soon. */
export const createAsker = (aws: Aws, signal: AbortSignal, onPassing?: () => void): Asker => {
	const failures: unknown[] = [];
	let hasReached = false;
	return {
		aws,
		signal,
		async find(actions, ask) {
			try {
				const value = await ask();
				hasReached = true;
				return {state: 'known', value};
			} catch (error) {
				// Who stops listening has not been refused anything.
				signal.throwIfAborted();
				const service = actions[0].startsWith('iam:') ? 'IAM' : 'Bedrock';
				const {kind, message, fix = null} = explainAwsError(error, {service, actions, profile: aws.profile});
				failures.push(error);
				if (isPassing(error, kind)) onPassing?.();
				hasReached ||= !unreached.has(kind);
				return {state: 'unknown', reason: message, fix};
			}
		},
		assertReached() {
			if (!hasReached && failures.length > 0) throw failures[0];
		},
	};
};

import {parseModelId} from '../domain/models/model-id.ts';
import {resolutionKey} from '../domain/models/resolution.ts';
import type {State} from './state.ts';

/** Replies of the last minutes mean that somebody is working. */
const busyMs = 5 * 60_000;

/**
 * What this machine's sessions have called within the last five minutes, by called id and by model: the ids CloudWatch
 * should be asked about first.
 */
export const calledJustNow = ({proofs}: Pick<State, 'proofs'>, now: number): ReadonlySet<string> => {
	const fresh = [...proofs.since(now - busyMs + 1)];
	return new Set(
		fresh.flatMap(({requestedModel, model}) => {
			if (requestedModel !== undefined) return [resolutionKey(requestedModel)];
			return [parseModelId(model).model ?? model];
		}),
	);
};

/** Whether an id of CloudWatch's is among them. */
export const isAmong = (called: ReadonlySet<string>, profile: string): boolean =>
	called.has(resolutionKey(profile)) || called.has(parseModelId(profile).model ?? profile);

import {parseModelId} from '../domain/models/model-id.ts';
import {needsResolution} from '../domain/models/resolution.ts';
import {entryByRequest} from '../domain/spend/ledger.ts';
import type {State} from './state.ts';

/** More than this many different ids are not looked up. */
const mostAsked = 8;

/**
 * The profile ids that this machine's sessions call or are pinned to, and those that were refused them: what access and
 * permission are asked for.
 */
export const calledIds = ({proofs, configuration, configurations, failures, log, ledger}: State): readonly string[] => {
	const pinned = [configuration, ...configurations.values()].map(one => one?.model);
	const requested = [...proofs.since(Number.NEGATIVE_INFINITY)].map(({requestedModel}) => requestedModel);
	const wanted = failures.map(({fallback, model}) => fallback?.from ?? model);
	const refused = log.calls
		.filter(({outcome, requestId}) => outcome !== 'ok' && entryByRequest(ledger, requestId) === undefined)
		.map(({profile}) => profile);
	const ids = [...pinned, ...requested, ...wanted, ...refused].filter(id => id !== undefined);
	const isCallable = (id: string) => {
		const ref = parseModelId(id);
		return ref.kind === 'inference-profile' || ref.kind === 'foundation-model' || needsResolution(ref);
	};
	return [...new Set(ids)].filter(isCallable).slice(0, mostAsked);
};

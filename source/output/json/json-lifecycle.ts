import {stageOf} from '../../domain/models/lifecycle.ts';
import type {Overview} from '../../state/overview.ts';
import {iso} from './json-values.ts';

/** The `lifecycle` list: what Bedrock says of the models in use; `stage` is what its dates make of them at this moment. */
export const lifecycleJson = ({state: {slices}, now}: Overview) =>
	(slices.lifecycle ?? []).map(lifecycle => ({
		model: lifecycle.model,
		status: lifecycle.status,
		legacyAt: iso(lifecycle.legacyAt),
		extendedAccessAt: iso(lifecycle.extendedAccessAt),
		endOfLifeAt: iso(lifecycle.endOfLifeAt),
		stage: stageOf(lifecycle, now),
		region: lifecycle.region,
	}));

import {knownModels} from '../models/known-models.ts';
import {parseModelId, shortModelName} from '../models/model-id.ts';
import {causes} from './causes/index.ts';
import type {FixContext} from './causes/situation.ts';
import {isRegion} from './iam-identifiers.ts';
import type {Prerequisites} from './prerequisites.ts';
import type {Refusal} from './refusals.ts';

const familyOf = (model: string) => shortModelName(model).split('-')[0];

/** Models stand in the order of their age, the newest of a family first. */
const ageOf = (id: string) => [...knownModels.keys()].indexOf(parseModelId(id).model ?? '');

/** Profiles of the region that could be called instead: of the same model, or of a newer one where it is retired. */
const suggestionsFor = ({model: called, cause}: Refusal, available: readonly string[]): readonly string[] => {
	const model = called === undefined ? undefined : parseModelId(called).model;
	if (model === undefined) return [];
	if (causes[cause].isRetired !== true) return available.filter(id => parseModelId(id).model === model);
	const isYounger = (id: string) => ageOf(id) >= 0 && ageOf(id) < ageOf(model);
	const isRelated = (id: string) => familyOf(parseModelId(id).model ?? '') === familyOf(model);
	return available.filter(id => isRelated(id) && isYounger(id)).sort((a, b) => ageOf(a) - ageOf(b));
};

/** The region that a refused profile is called in, as IAM names it; a model's own ARN names where a profile leads to. */
const regionOfProfile = ({denial: {resource = '', resourceRegion = ''}}: Refusal): string | undefined =>
	isRegion(resourceRegion) && /:(?:application-)?inference-profile\//.test(resource) ? resourceRegion : undefined;

/** What a fix can build upon: where the called profile leads, and what the region offers in its place. */
export const fixContextOf = (
	refusal: Refusal,
	prerequisites: Prerequisites | undefined,
	{region, profile, gateway}: Pick<FixContext, 'region' | 'profile' | 'gateway'>,
): FixContext => ({
	called: refusal.model,
	region: refusal.region ?? regionOfProfile(refusal) ?? region,
	profile,
	gateway,
	destinations: refusal.model === undefined ? undefined : prerequisites?.destinations.get(refusal.model),
	suggestions: suggestionsFor(refusal, prerequisites?.available ?? []),
});

/**
 * Claude Code 2.1.330 replaces AWS's 404 by words of its own (`is not available on your bedrock deployment`). Where
 * Bedrock says that the use-case form is missing, that is the reason.
 */
export const withUseCaseForm = (refusal: Refusal, prerequisites: Prerequisites | undefined): Refusal => {
	const form = prerequisites?.useCaseForm;
	const isWithoutReason = refusal.cause === 'model-access' && refusal.denial.action === undefined;
	const isFormMissing = form?.state === 'known' && !form.value;
	if (!isWithoutReason || !isFormMissing) return refusal;
	return {...refusal, cause: 'use-case-form', denial: {...refusal.denial, cause: 'use-case-form'}};
};

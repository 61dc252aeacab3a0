import {countSince, type Metrics} from '../domain/metrics/metrics.ts';
import {knownModels} from '../domain/models/known-models.ts';
import {parseModelId, shortModelName} from '../domain/models/model-id.ts';
import {fixFor} from '../domain/refusals/fix.ts';
import type {Prerequisites} from '../domain/refusals/prerequisites.ts';
import {type Refusal, refusalsSince} from '../domain/refusals/refusals.ts';
import type {State} from './state.ts';

const minuteMs = 60_000;

/** CloudWatch counts client errors and throttles per model: a third witness, minutes after the first. */
const isCounted = (metrics: Metrics, {model, firstAt}: Refusal): boolean =>
	[...metrics.values()].some(one => {
		const isSame = model !== undefined && parseModelId(one.profile).model === parseModelId(model).model;
		const from = Math.floor(firstAt / minuteMs) * minuteMs;
		return isSame && countSince(one, 'InvocationClientErrors', from) + countSince(one, 'InvocationThrottles', from) > 0;
	});

/** A session that was refused a model and has answered with another one since then works on without it. */
const isBackground = ({proofs, failures}: State, {model, sessionIds, lastAt}: Refusal): boolean => {
	const refused = parseModelId(model ?? '').model;
	const hasFallen = failures.some(
		({fallback}) => fallback !== undefined && parseModelId(fallback.from).model === refused,
	);
	if (sessionIds.length === 0 || refused === undefined || hasFallen) return false;
	return sessionIds.every(id => {
		const proof = proofs.get(id);
		return (
			proof !== undefined && proof.at > lastAt && parseModelId(proof.requestedModel ?? proof.model).model !== refused
		);
	});
};

const destinationsOf = (prerequisites: Prerequisites | undefined, called: string | undefined) =>
	called === undefined ? undefined : prerequisites?.destinations.get(called);

const familyOf = (model: string) => shortModelName(model).split('-')[0];

/** Models stand in the order of their age, the newest of a family first. */
const rank = (id: string) => [...knownModels.keys()].indexOf(parseModelId(id).model ?? '');

/** Profiles of the region that could be called instead: of the same model, or of a newer one where it is retired. */
const suggestionsFor = (
	prerequisites: Prerequisites | undefined,
	{model: called, cause}: Refusal,
): readonly string[] => {
	const model = called === undefined ? undefined : parseModelId(called).model;
	const available = prerequisites?.available ?? [];
	if (model === undefined) return [];
	if (cause !== 'legacy-model' && cause !== 'end-of-life')
		return available.filter(id => parseModelId(id).model === model);
	const isYounger = (id: string) => rank(id) >= 0 && rank(id) < rank(model);
	const isRelated = (id: string) => familyOf(parseModelId(id).model ?? '') === familyOf(model);
	return available.filter(id => isRelated(id) && isYounger(id)).sort((a, b) => rank(a) - rank(b));
};

/**
 * Claude Code 2.1.330 replaces AWS's 404 by words of its own (`is not available on your bedrock deployment`). Where
 * Bedrock says that the use-case form is missing, that is the reason.
 */
const isForm = ({cause, denial}: Refusal, prerequisites: Prerequisites | undefined): boolean => {
	const form = prerequisites?.useCaseForm;
	return cause === 'model-access' && denial.action === undefined && form?.state === 'known' && !form.value;
};

const explain = (state: State, found: Refusal): Refusal => {
	const isMissingForm = isForm(found, state.prerequisites);
	const refusal: Refusal = isMissingForm
		? {...found, cause: 'use-case-form', denial: {...found.denial, cause: 'use-case-form'}}
		: found;
	const {prerequisites, metrics, configuration, awsProfile} = state;
	const called = refusal.model;
	const fix = fixFor(refusal.denial, {
		...(called !== undefined && {called}),
		...{region: refusal.region ?? configuration?.region, profile: awsProfile},
		destinations: destinationsOf(prerequisites, called),
		suggestions: suggestionsFor(prerequisites, refusal),
	});
	const {seenBy} = refusal;
	const isThird = isCounted(metrics, refusal);
	return {
		...refusal,
		seenBy: isThird
			? (['transcript', 'cloudwatch', 'cloudtrail'] as const).filter(by => by === 'cloudwatch' || seenBy.includes(by))
			: seenBy,
		isBackground: isBackground(state, refusal),
		fix,
	};
};

/** What the answer hangs on, besides the window. */
const parts = [
	'failures',
	'log',
	'prerequisites',
	'metrics',
	'proofs',
	'models',
	'identity',
	'configuration',
] as const satisfies readonly (keyof State)[];

type Parts = Pick<State, (typeof parts)[number]>;

let remembered: {readonly parts: Parts; readonly minute: number; readonly refusals: readonly Refusal[]} | undefined;

/**
 * Refusals since then (epoch ms) with what mends each. The last answer is kept while nothing it hangs on changes: a frame
 * asks for it several times, and an account may have thousands.
 */
export const explainedRefusals = (state: State, since: number): readonly Refusal[] => {
	const minute = Math.floor(since / minuteMs);
	const before = remembered;
	if (before !== undefined && before.minute === minute && parts.every(key => before.parts[key] === state[key])) {
		return before.refusals;
	}
	const me = {
		name: state.identity?.name,
		region: state.configuration?.region,
		calledBy: (sessionId: string) => {
			const proof = state.proofs.get(sessionId);
			return state.models.get(sessionId)?.model ?? proof?.requestedModel ?? proof?.model;
		},
	};
	const refusals = refusalsSince(state.failures, state.log.calls, {since, me}).map(refusal => explain(state, refusal));
	remembered = {parts: state, minute, refusals};
	return refusals;
};

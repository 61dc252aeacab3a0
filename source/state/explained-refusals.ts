import {countSince, type Metrics} from '../domain/metrics/metrics.ts';
import {parseModelId} from '../domain/models/model-id.ts';
import {fixFor} from '../domain/refusals/fix.ts';
import {fixContextOf, withUseCaseForm} from '../domain/refusals/fix-context.ts';
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

const explain = (state: State, found: Refusal): Refusal => {
	const {slices, metrics, configuration, awsProfile} = state;
	const refusal = withUseCaseForm(found, slices.prerequisites);
	const {seenBy} = refusal;
	const isThird = isCounted(metrics, refusal);
	return {
		...refusal,
		seenBy: isThird
			? (['transcript', 'cloudwatch', 'cloudtrail'] as const).filter(by => by === 'cloudwatch' || seenBy.includes(by))
			: seenBy,
		isBackground: isBackground(state, refusal),
		fix: fixFor(
			refusal.denial,
			fixContextOf(refusal, slices.prerequisites, {region: configuration?.region, profile: awsProfile}),
		),
	};
};

/** What the answer hangs on, besides the window. */
const parts = [
	'failures',
	'log',
	'slices',
	'metrics',
	'proofs',
	'models',
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
		name: state.slices.identity?.name,
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

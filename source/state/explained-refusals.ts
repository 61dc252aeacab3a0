import {weakMapMemoize} from 'reselect';
import type {Call} from '../domain/calls/call.ts';
import {countSince, type Metrics} from '../domain/metrics/metrics.ts';
import {parseModelId} from '../domain/models/model-id.ts';
import {fixFor} from '../domain/refusals/fix.ts';
import {fixContextOf, withUseCaseForm} from '../domain/refusals/fix-context.ts';
import {type Refusal, refusalsSince} from '../domain/refusals/refusals.ts';
import type {LocalFailure} from '../domain/replies/failure.ts';
import type {Proof} from '../domain/routing/proof.ts';
import {createSelector} from './selector.ts';
import type {State} from './state.ts';

const minuteMs = 60_000;

/** CloudWatch counts client errors and throttles per model: a third witness, minutes after the first. */
const isCounted = (metrics: Metrics, {model, firstAt}: Refusal): boolean =>
	[...metrics.values()].some(one => {
		const isSame = model !== undefined && parseModelId(one.profile).model === parseModelId(model).model;
		const from = Math.floor(firstAt / minuteMs) * minuteMs;
		return isSame && countSince(one, 'InvocationClientErrors', from) + countSince(one, 'InvocationThrottles', from) > 0;
	});

type Evidence = {
	readonly failures: readonly LocalFailure[];
	readonly proofOf: (sessionId: string) => Proof | undefined;
	readonly prerequisites: State['slices']['prerequisites'];
	readonly region: string | undefined;
	readonly profile: string | undefined;
};

/** A session that was refused a model and has answered with another one since then works on without it. */
const isBackground = ({proofOf, failures}: Evidence, {model, sessionIds, lastAt}: Refusal): boolean => {
	const refused = parseModelId(model ?? '').model;
	const hasFallen = failures.some(
		({fallback}) => fallback !== undefined && parseModelId(fallback.from).model === refused,
	);
	if (sessionIds.length === 0 || refused === undefined || hasFallen) return false;
	return sessionIds.every(id => {
		const proof = proofOf(id);
		return (
			proof !== undefined && proof.at > lastAt && parseModelId(proof.requestedModel ?? proof.model).model !== refused
		);
	});
};

const explain = (evidence: Evidence, found: Refusal): Refusal => {
	const {prerequisites, region, profile} = evidence;
	const refusal = withUseCaseForm(found, prerequisites);
	return {
		...refusal,
		isBackground: isBackground(evidence, refusal),
		fix: fixFor(refusal.denial, fixContextOf(refusal, prerequisites, {region, profile})),
	};
};

const witnesses = ['transcript', 'cloudwatch', 'cloudtrail'] as const;

const withThirdWitness = (metrics: Metrics, refusal: Refusal): Refusal => {
	if (!isCounted(metrics, refusal)) return refusal;
	return {...refusal, seenBy: witnesses.filter(by => by === 'cloudwatch' || refusal.seenBy.includes(by))};
};

const refusedCalls = weakMapMemoize((calls: readonly Call[]) => calls.filter(({outcome}) => outcome !== 'ok'));

const sinceOf = (_: State, since: number) => since;

const callsSince = createSelector([({log}: State) => refusedCalls(log.calls), sinceOf], (calls, since) =>
	calls.filter(({at}) => at >= since),
);

const failuresSince = createSelector([({failures}: State) => failures, sinceOf], (failures, since) =>
	failures.filter(({at}) => at >= since),
);

/** What is known of the sessions that failed: the replies of others explain no refusal. */
const proofsOfFailed = createSelector(
	[({failures}: State) => failures, ({proofs}: State) => proofs],
	(failures, proofs) => failures.map(({sessionId}) => proofs.get(sessionId)).filter(proof => proof !== undefined),
);

const modelsOfFailed = createSelector(
	[({failures}: State) => failures, ({models}: State) => models],
	(failures, models) =>
		failures.map(({sessionId}) => models.get(sessionId)?.at(-1)).filter(model => model !== undefined),
);

const explained = createSelector(
	[
		({failures}: State) => failures,
		failuresSince,
		callsSince,
		proofsOfFailed,
		modelsOfFailed,
		({slices}: State) => slices.prerequisites,
		({slices}: State) => slices.identity?.name,
		({configuration}: State) => configuration?.region,
		({awsProfile}: State) => awsProfile,
	],
	(all, failures, calls, proofList, modelList, prerequisites, name, region, profile) => {
		const proofs = new Map(proofList.map(proof => [proof.sessionId, proof]));
		const models = new Map(modelList.map(model => [model.sessionId, model]));
		const calledBy = (sessionId: string) => {
			const proof = proofs.get(sessionId);
			return models.get(sessionId)?.model ?? proof?.requestedModel ?? proof?.model;
		};
		const evidence = {failures: all, proofOf: (id: string) => proofs.get(id), prerequisites, region, profile};
		const found = refusalsSince(failures, calls, {since: Number.NEGATIVE_INFINITY, me: {name, region, calledBy}});
		return found.map(refusal => explain(evidence, refusal));
	},
);

/** Refusals since then (epoch ms) with what mends each. */
export const explainedRefusals = createSelector(
	[explained, ({metrics}: State) => metrics],
	(refusals, metrics): readonly Refusal[] => refusals.map(refusal => withThirdWitness(metrics, refusal)),
);
